---- MODULE QSpinlock ----
\* The kernel's queued spinlock, as in specs/qspinlock.ts.
EXTENDS Naturals, FiniteSets
CONSTANTS Cpu, First, Nobody, Kind
VARIABLES pc, word, next, isHead, val, prev
vars == <<pc, word, next, isHead, val, prev>>

Free == [tail |-> Nobody, pending |-> FALSE, locked |-> FALSE]
Held == [Free EXCEPT !.locked = TRUE]
HandedOver == [Free EXCEPT !.pending = TRUE]
Contended(w) == <<w.pending, w.tail>> # <<FALSE, Nobody>>

Init ==
  /\ pc = [i \in Cpu |-> "rest"] /\ word = Free
  /\ next = [i \in Cpu |-> Nobody] /\ isHead = [i \in Cpu |-> FALSE]
  /\ val = [i \in Cpu |-> Free] /\ prev = [i \in Cpu |-> Nobody]

Go(i, place) == pc' = [pc EXCEPT ![i] = place]
Node == UNCHANGED <<next, isHead>>
Read(i) == val' = [val EXCEPT ![i] = word]
Write(w) == word' = w /\ UNCHANGED <<next, isHead, val, prev>>
ReadAnd(i, w) == Read(i) /\ word' = w /\ UNCHANGED <<next, isHead, prev>>
Same == UNCHANGED <<word, next, isHead, val, prev>>

Rest(i) == pc[i] = "rest" /\ Go(i, "lock") /\ Same

Lock(i) == pc[i] = "lock" /\ IF word = Free
  THEN Write(Held) /\ Go(i, "critical")
  ELSE ReadAnd(i, word) /\ Go(i, IF Kind = "unbounded" THEN "begin" ELSE "read")

\* Where several places lead to the same step, its condition is theirs.
AtTry(i) ==
  \/ pc[i] = "queue"
  \/ pc[i] \in {"read", "read again", "begin"} /\ val[i] # HandedOver /\ Contended(val[i])
  \/ pc[i] \in {"was read", "loop"} /\ Contended(val[i])
  \/ pc[i] = "set" /\ Contended(val[i]) /\ val[i].pending
AtSet(i) ==
  \/ pc[i] \in {"read", "read again"} /\ val[i] # HandedOver /\ ~Contended(val[i])
  \/ pc[i] = "was read" /\ ~Contended(val[i])
AtWait(i) == val[i].locked /\ (pc[i] = "swapped" \/ (pc[i] = "set" /\ ~Contended(val[i])))
AtTake(i) == pc[i] = "take" \/ (pc[i] = "set" /\ ~Contended(val[i]) /\ ~val[i].locked)

ReadAgain(i) ==
  /\ pc[i] \in {"read", "read again"} /\ val[i] = HandedOver
  /\ ReadAnd(i, word) /\ Go(i, IF pc[i] = "read" THEN "read again" ELSE "was read")
SetPending(i) == AtSet(i) /\ ReadAnd(i, [word EXCEPT !.pending = TRUE]) /\ Go(i, "set")
WaitForOwner(i) == AtWait(i) /\ ~word.locked /\ Same /\ Go(i, "take")
Take(i) == AtTake(i) /\ Write([word EXCEPT !.pending = FALSE, !.locked = TRUE]) /\ Go(i, "critical")
Undo(i) ==
  /\ pc[i] = "set" /\ Contended(val[i]) /\ ~val[i].pending
  /\ Write([word EXCEPT !.pending = FALSE]) /\ Go(i, "queue")

WaitForTaker(i) == pc[i] = "begin" /\ val[i] = HandedOver /\ word # HandedOver /\ ReadAnd(i, word) /\ Go(i, "loop")
Swap(i) ==
  /\ pc[i] = "loop" \/ (pc[i] = "begin" /\ val[i] # HandedOver)
  /\ ~Contended(val[i])
  /\ IF word = val[i]
     THEN Write(IF val[i].locked THEN [word EXCEPT !.pending = TRUE] ELSE Held) /\ Go(i, "swapped")
     ELSE ReadAnd(i, word) /\ Go(i, "loop")

Try(i) == AtTry(i) /\ IF word = Free THEN Write(Held) /\ Go(i, "critical") ELSE Same /\ Go(i, "tail")
ExchangeTail(i) ==
  /\ pc[i] = "tail" /\ prev' = [prev EXCEPT ![i] = word.tail] /\ word' = [word EXCEPT !.tail = i]
  /\ UNCHANGED <<next, isHead, val>> /\ Go(i, "link")
Link(i) ==
  /\ pc[i] = "link" /\ prev[i] # Nobody /\ next' = [next EXCEPT ![prev[i]] = i]
  /\ UNCHANGED <<word, isHead, val, prev>> /\ Go(i, "linked")
WaitToBeHead(i) == pc[i] = "linked" /\ isHead[i] /\ Same /\ Go(i, "head")
WaitAsHead(i) ==
  /\ pc[i] = "head" \/ (pc[i] = "link" /\ prev[i] = Nobody)
  /\ ~word.locked /\ (IF word.pending THEN Kind = "impatient" ELSE TRUE)
  /\ ReadAnd(i, word) /\ Go(i, "claim")
SwapTail(i) ==
  /\ pc[i] = "claim" /\ val[i].tail = i
  /\ IF word = val[i] THEN Write(Held) /\ Go(i, "critical") ELSE Same /\ Go(i, "not alone")
SetLocked(i) ==
  /\ pc[i] = "not alone" \/ (pc[i] = "claim" /\ val[i].tail # i)
  /\ Write([word EXCEPT !.locked = TRUE]) /\ Go(i, "locked")
WaitForLink(i) == pc[i] = "locked" /\ next[i] # Nobody /\ Same /\ Go(i, "hand over")
MakeNextHead(i) ==
  /\ pc[i] = "hand over" /\ isHead' = [isHead EXCEPT ![next[i]] = TRUE]
  /\ UNCHANGED <<word, next, val, prev>> /\ Go(i, "critical")

AtCritical(i) == pc[i] = "critical" \/ (pc[i] = "swapped" /\ ~val[i].locked)
Critical(i) ==
  /\ AtCritical(i) /\ UNCHANGED word /\ Go(i, "unlock")
  /\ next' = [next EXCEPT ![i] = Nobody] /\ isHead' = [isHead EXCEPT ![i] = FALSE]
  /\ val' = [val EXCEPT ![i] = Free] /\ prev' = [prev EXCEPT ![i] = Nobody]
Unlock(i) == pc[i] = "unlock" /\ Write([word EXCEPT !.locked = FALSE]) /\ Go(i, "rest")

Work(i) ==
  \/ Lock(i) \/ ReadAgain(i) \/ SetPending(i) \/ WaitForOwner(i) \/ Take(i) \/ Undo(i) \/ WaitForTaker(i) \/ Swap(i) \/ Try(i)
  \/ ExchangeTail(i) \/ Link(i) \/ WaitToBeHead(i) \/ WaitAsHead(i) \/ SwapTail(i) \/ SetLocked(i) \/ WaitForLink(i)
  \/ MakeNextHead(i) \/ Critical(i) \/ Unlock(i)
Spec == Init /\ [][\E i \in Cpu : Rest(i) \/ Work(i)]_vars /\ \A i \in Cpu : WF_vars(Work(i))

MutualExclusion == Cardinality({i \in Cpu : AtCritical(i)}) <= 1
FirstGetsIn == (pc[First] = "lock") ~> AtCritical(First)
====
