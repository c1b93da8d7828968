---- MODULE FilterLock ----
\* Peterson's filter lock at the granularity of specs/filter-lock.ts.
EXTENDS Naturals, FiniteSets
CONSTANT N
VARIABLES level, victim, l, point
vars == <<level, victim, l, point>>
Process == 0 .. N - 1

Init ==
  /\ level = [p \in Process |-> 0]
  /\ victim = [k \in 1 .. N - 1 |-> 0]
  /\ l = [p \in Process |-> 0]
  /\ point = [p \in Process |-> 0]

MayPass(p) == victim[l[p]] # p \/ \A k \in Process : k = p \/ level[k] < l[p]

Go(p, from, to) == point[p] = from /\ point' = [point EXCEPT ![p] = to]

Next == \E p \in Process :
  \/ Go(p, 0, 1) /\ l' = [l EXCEPT ![p] = 1] /\ UNCHANGED <<level, victim>>
  \/ Go(p, 1, IF l[p] < N THEN 2 ELSE 6) /\ UNCHANGED <<level, victim, l>>
  \/ Go(p, 2, 3) /\ level' = [level EXCEPT ![p] = l[p]] /\ UNCHANGED <<victim, l>>
  \/ Go(p, 3, 4) /\ victim' = [victim EXCEPT ![l[p]] = p] /\ UNCHANGED <<level, l>>
  \/ Go(p, 4, 5) /\ (IF MayPass(p) THEN TRUE ELSE FALSE) /\ UNCHANGED <<level, victim, l>>
  \/ Go(p, 5, 1) /\ l' = [l EXCEPT ![p] = @ + 1] /\ UNCHANGED <<level, victim>>
  \/ Go(p, 6, 0) /\ level' = [level EXCEPT ![p] = 0] /\ UNCHANGED <<victim, l>>

Correct == Cardinality({p \in Process : point[p] = 6}) <= 1
====
