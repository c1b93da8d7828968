---- MODULE Qrcu ----
\* QRCU at the granularity of specs/qrcu.ts: N readers, two updaters. A disjunction in a guard would be two successors.
EXTENDS Naturals
CONSTANT N
VARIABLES index, counter, reading, mutex, mine, before, sum, unread, point
vars == <<index, counter, reading, mutex, mine, before, sum, unread, point>>
Reader == 1 .. N
Updater == N + 1 .. N + 2

Init ==
  /\ index = 0
  /\ counter = [side \in 0 .. 1 |-> 1 - side]
  /\ reading = {}
  /\ mutex = FALSE
  /\ mine = [r \in Reader |-> 0]
  /\ before = [u \in Updater |-> {}]
  /\ sum = [u \in Updater |-> 0]
  /\ unread = [u \in Updater |-> 0]
  /\ point = [t \in Reader \cup Updater |-> IF t \in Reader THEN "look" ELSE "note"]

Go(t, from, to) == point[t] = from /\ point' = [point EXCEPT ![t] = to]
Shared == <<index, counter, reading, mutex>>
Locals == <<mine, before, sum, unread>>

Read(r) ==
  \/ Go(r, "look", "count") /\ mine' = [mine EXCEPT ![r] = index] /\ UNCHANGED <<Shared, before, sum, unread>>
  \/ /\ Go(r, "count", IF counter[mine[r]] > 0 THEN "lock" ELSE "look")
     /\ counter' = IF counter[mine[r]] > 0 THEN [counter EXCEPT ![mine[r]] = @ + 1] ELSE counter
     /\ UNCHANGED <<index, reading, mutex, Locals>>
  \/ Go(r, "lock", "unlock") /\ reading' = reading \cup {r} /\ UNCHANGED <<index, counter, mutex, Locals>>
  \/ Go(r, "unlock", "count out") /\ reading' = reading \ {r} /\ UNCHANGED <<index, counter, mutex, Locals>>
  \/ /\ Go(r, "count out", "done") /\ counter' = [counter EXCEPT ![mine[r]] = @ - 1]
     /\ UNCHANGED <<index, reading, mutex, Locals>>

AddUp(u, one, other, next) ==
  \/ /\ Go(u, one, other)
     /\ \E side \in 0 .. 1 : sum' = [sum EXCEPT ![u] = counter[side]] /\ unread' = [unread EXCEPT ![u] = 1 - side]
     /\ UNCHANGED <<Shared, mine, before>>
  \/ /\ Go(u, other, next) /\ sum' = [sum EXCEPT ![u] = @ + counter[unread[u]]]
     /\ UNCHANGED <<Shared, mine, before, unread>>

Update(u) ==
  \/ Go(u, "note", "one") /\ before' = [before EXCEPT ![u] = reading] /\ UNCHANGED <<Shared, mine, sum, unread>>
  \/ AddUp(u, "one", "other", "at most one?")
  \/ Go(u, "at most one?", IF sum[u] <= 1 THEN "one again" ELSE "more?") /\ UNCHANGED <<Shared, Locals>>
  \/ AddUp(u, "one again", "other again", "more?")
  \/ Go(u, "more?", IF sum[u] > 1 THEN "lock" ELSE "free") /\ UNCHANGED <<Shared, Locals>>
  \/ Go(u, "lock", "open") /\ ~mutex /\ mutex' = TRUE /\ UNCHANGED <<index, counter, reading, Locals>>
  \/ /\ Go(u, "open", "flip") /\ counter' = [counter EXCEPT ![1 - index] = @ + 1]
     /\ UNCHANGED <<index, reading, mutex, Locals>>
  \/ Go(u, "flip", "close") /\ index' = 1 - index /\ UNCHANGED <<counter, reading, mutex, Locals>>
  \/ /\ Go(u, "close", "wait") /\ counter' = [counter EXCEPT ![1 - index] = @ - 1]
     /\ UNCHANGED <<index, reading, mutex, Locals>>
  \/ Go(u, "wait", "unlock") /\ counter[1 - index] = 0 /\ UNCHANGED <<Shared, Locals>>
  \/ Go(u, "unlock", "free") /\ mutex' = FALSE /\ UNCHANGED <<index, counter, reading, Locals>>
  \/ Go(u, "free", "done") /\ UNCHANGED <<Shared, Locals>>

Next == (\E r \in Reader : Read(r)) \/ (\E u \in Updater : Update(u))

Correct == \A u \in Updater : point[u] = "free" => before[u] \cap reading = {}
====
