---- MODULE Ewd840Fair ----
\* EWD 840 under the fairness of test/ports/tla-ewd840.ts.
EXTENDS Ewd840
vars == <<active, isBlack, position, isTokenBlack>>

System == InitiateProbe \/ \E i \in Node \ {0} : PassToken(i)
Sending == \E i \in Node : \E j \in Node \ {i} : Send(i, j)
None == Init /\ [][Next]_vars
TokenMoves == None /\ WF_vars(System)
SomethingHappens == None /\ WF_vars(Next)
ProbesStart == None /\ WF_vars(InitiateProbe)

AllIdle == \A i \in Node : ~active[i]
Liveness == AllIdle ~> Announced
FalseLiveness == (\A i \in Node : []<>~active[i]) ~> Announced
AllNodesTerminateIfNoMessages == <>[][~Sending]_vars => <>AllIdle
====
