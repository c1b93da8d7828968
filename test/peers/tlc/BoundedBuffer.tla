---- MODULE BoundedBuffer ----
\* Producers and consumers, as in specs/bounded-buffer.ts. Where the conditions are one, waiting is a set for both kinds.
EXTENDS Naturals
CONSTANTS Producer, Consumer, First, Room, Full, Empty, All
VARIABLES used, waiting
vars == <<used, waiting>>

Init == used = 0 /\ waiting = [c \in {Full, Empty} |-> {}]

Notified(some) == IF All \/ some = {} THEN {{}} ELSE {some \ {one} : one \in some}
Notify(c) == \E left \in Notified(waiting[c]) : waiting' = [waiting EXCEPT ![c] = left]
Wait(c, i) == waiting' = [waiting EXCEPT ![c] = @ \cup {i}] /\ UNCHANGED used

Put(i) == i \notin waiting[Full] /\ used < Room /\ used' = used + 1 /\ Notify(Empty)
WaitToPut(i) == i \notin waiting[Full] /\ used = Room /\ Wait(Full, i)
Get(i) == i \notin waiting[Empty] /\ used > 0 /\ used' = used - 1 /\ Notify(Full)
WaitToGet(i) == i \notin waiting[Empty] /\ used = 0 /\ Wait(Empty, i)
Next == (\E i \in Producer : Put(i) \/ WaitToPut(i)) \/ (\E i \in Consumer : Get(i) \/ WaitToGet(i))

Spec ==
  /\ Init /\ [][Next]_vars
  /\ \A i \in Producer : WF_vars(Put(i)) /\ WF_vars(WaitToPut(i))
  /\ \A i \in Consumer : WF_vars(Get(i)) /\ WF_vars(WaitToGet(i))
SomethingIsPut == []<><<\E i \in Producer : Put(i)>>_vars
FirstDoesNotWait == (First \in waiting[Empty]) ~> (First \notin waiting[Empty])
====
