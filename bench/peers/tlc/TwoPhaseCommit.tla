---- MODULE TwoPhaseCommit ----
\* Two-phase commit at the granularity of specs/two-phase-commit.ts.
\* Source: Gray and Lamport 2006, doi:10.1145/1132863.1132867 (the specification TwoPhase).
EXTENDS Naturals
CONSTANT N
VARIABLES rm, tm, heard, prepared, orders
RM == 0 .. N - 1

Init ==
  /\ rm = [m \in RM |-> "working"]
  /\ tm = "init"
  /\ heard = {}
  /\ prepared = {} \* messages of managers, and of the coordinator: two sets, because TLC compares no number with a string
  /\ orders = {}

Next ==
  \/ /\ tm = "init" /\ heard = RM
     /\ tm' = "committed" /\ orders' = orders \cup {"commit"} /\ UNCHANGED <<rm, heard, prepared>>
  \/ /\ tm = "init"
     /\ tm' = "aborted" /\ orders' = orders \cup {"abort"} /\ UNCHANGED <<rm, heard, prepared>>
  \/ \E m \in RM :
     \/ /\ tm = "init" /\ m \in prepared
        /\ heard' = heard \cup {m} /\ UNCHANGED <<rm, tm, prepared, orders>>
     \/ /\ rm[m] = "working"
        /\ rm' = [rm EXCEPT ![m] = "prepared"] /\ prepared' = prepared \cup {m} /\ UNCHANGED <<tm, heard, orders>>
     \/ /\ rm[m] = "working"
        /\ rm' = [rm EXCEPT ![m] = "aborted"] /\ UNCHANGED <<tm, heard, prepared, orders>>
     \/ /\ "commit" \in orders
        /\ rm' = [rm EXCEPT ![m] = "committed"] /\ UNCHANGED <<tm, heard, prepared, orders>>
     \/ /\ "abort" \in orders
        /\ rm' = [rm EXCEPT ![m] = "aborted"] /\ UNCHANGED <<tm, heard, prepared, orders>>

Correct == ~ (\E a, b \in RM : rm[a] = "aborted" /\ rm[b] = "committed")
====
