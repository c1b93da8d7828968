---- MODULE Ewd840 ----
\* Termination detection in a ring, EWD 840, at the granularity of specs/ewd840.ts.
\* Guards with a disjunction are an IF, because TLC would make a successor of each disjunct.
EXTENDS Naturals
CONSTANT N
VARIABLES active, isBlack, position, isTokenBlack
Node == 0 .. N - 1

Init ==
  /\ active \in [Node -> BOOLEAN]
  /\ isBlack \in [Node -> BOOLEAN]
  /\ position \in Node
  /\ isTokenBlack = TRUE

InitiateProbe ==
  /\ position = 0
  /\ IF isTokenBlack THEN TRUE ELSE isBlack[0]
  /\ position' = N - 1
  /\ isTokenBlack' = FALSE
  /\ isBlack' = [isBlack EXCEPT ![0] = FALSE]
  /\ UNCHANGED active

PassToken(i) ==
  /\ position = i
  /\ IF active[i] THEN (IF isBlack[i] THEN TRUE ELSE isTokenBlack) ELSE TRUE
  /\ position' = i - 1
  /\ isTokenBlack' = (isTokenBlack \/ isBlack[i])
  /\ isBlack' = [isBlack EXCEPT ![i] = FALSE]
  /\ UNCHANGED active

Send(i, j) ==
  /\ active[i]
  /\ active' = [active EXCEPT ![j] = TRUE]
  /\ isBlack' = [isBlack EXCEPT ![i] = @ \/ j > i]
  /\ UNCHANGED <<position, isTokenBlack>>

Deactivate(i) ==
  /\ active[i]
  /\ active' = [active EXCEPT ![i] = FALSE]
  /\ UNCHANGED <<isBlack, position, isTokenBlack>>

Next ==
  \/ InitiateProbe
  \/ \E i \in Node \ {0} : PassToken(i)
  \/ \E i \in Node : (\E j \in Node \ {i} : Send(i, j)) \/ Deactivate(i)

Announced == position = 0 /\ ~isTokenBlack /\ ~isBlack[0] /\ ~active[0]
Correct == Announced => \A i \in Node : ~active[i]
====
