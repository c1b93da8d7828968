---- MODULE Peterson ----
\* Peterson's mutual exclusion at the granularity of test/ports/tla-peterson.ts.
EXTENDS Naturals
VARIABLES pc, wants, turn
vars == <<pc, wants, turn>>
Process == {1, 2}
Other(p) == 3 - p

Init ==
  /\ pc = [p \in Process |-> "ncs"]
  /\ wants = [p \in Process |-> FALSE]
  /\ turn = 1

Move(p, from, to) == pc[p] = from /\ pc' = [pc EXCEPT ![p] = to]
Rest(p) == Move(p, "ncs", "want") /\ UNCHANGED <<wants, turn>>
Busy(p) ==
  \/ Move(p, "want", "defer") /\ wants' = [wants EXCEPT ![p] = TRUE] /\ UNCHANGED turn
  \/ Move(p, "defer", "wait") /\ turn' = Other(p) /\ UNCHANGED wants
  \/ /\ IF wants[Other(p)] THEN turn = p ELSE TRUE
     /\ Move(p, "wait", "cs") /\ UNCHANGED <<wants, turn>>
  \/ Move(p, "cs", "leave") /\ UNCHANGED <<wants, turn>>
  \/ Move(p, "leave", "ncs") /\ wants' = [wants EXCEPT ![p] = FALSE] /\ UNCHANGED turn
Step(p) == Rest(p) \/ Busy(p)
Next == \E p \in Process : Step(p)

\* The kinds of fairness.
None == Init /\ [][Next]_vars
EachProcess == None /\ \A p \in Process : WF_vars(Step(p))
UnlessResting == None /\ \A p \in Process : WF_vars(Busy(p))
Somebody == None /\ WF_vars(Next)
FirstOnly == None /\ WF_vars(Step(1))

In(p) == pc[p] = "cs"
Correct == ~(In(1) /\ In(2))
Starv == \A p \in Process : (pc[p] = "want") ~> In(p)
GFcs == \A p \in Process : []<>In(p)
Some == []<>(In(1) \/ In(2))
====
