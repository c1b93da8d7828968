---- MODULE TicketLock ----
\* A ticket lock at the granularity of specs/ticket-lock.ts.
EXTENDS Naturals, FiniteSets
CONSTANT N
VARIABLES nextTicket, called, mine, point
Process == 0 .. N - 1

Init ==
  /\ nextTicket = 0
  /\ called = 0
  /\ mine = [p \in Process |-> 0]
  /\ point = [p \in Process |-> "take"]

Go(p, from, to) == point[p] = from /\ point' = [point EXCEPT ![p] = to]

Next == \E p \in Process :
  \/ /\ Go(p, "take", "wait")
     /\ mine' = [mine EXCEPT ![p] = nextTicket] /\ nextTicket' = (nextTicket + 1) % N /\ UNCHANGED called
  \/ Go(p, "wait", "critical") /\ called = mine[p] /\ UNCHANGED <<nextTicket, called, mine>>
  \/ Go(p, "critical", "leave") /\ UNCHANGED <<nextTicket, called, mine>>
  \/ Go(p, "leave", "take") /\ called' = (called + 1) % N /\ UNCHANGED <<nextTicket, mine>>

Correct == Cardinality({p \in Process : point[p] = "critical"}) <= 1
====
