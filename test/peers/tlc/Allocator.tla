---- MODULE Allocator ----
\* The simple allocator for two clients and two resources, as in test/ports/tla-allocator.ts.
EXTENDS Naturals
VARIABLES wants, holds
vars == <<wants, holds>>
Client == {1, 2}
Resource == {1, 2}
Bundle == SUBSET Resource \ {{}}

Init ==
  /\ wants = [c \in Client |-> {}]
  /\ holds = [c \in Client |-> {}]

Free == Resource \ UNION {holds[c] : c \in Client}
Request(c, some) ==
  /\ wants[c] = {} /\ holds[c] = {}
  /\ wants' = [wants EXCEPT ![c] = some] /\ UNCHANGED holds
Allocate(c, some) ==
  /\ some \subseteq Free \cap wants[c]
  /\ holds' = [holds EXCEPT ![c] = @ \cup some]
  /\ wants' = [wants EXCEPT ![c] = @ \ some]
Return(c, some) ==
  /\ some # {} /\ some \subseteq holds[c]
  /\ holds' = [holds EXCEPT ![c] = @ \ some] /\ UNCHANGED wants
Next == \E c \in Client, some \in Bundle : Request(c, some) \/ Allocate(c, some) \/ Return(c, some)

Returns == \A c \in Client : WF_vars(Return(c, holds[c]))
ReturnsWhenSatisfied == \A c \in Client : WF_vars(wants[c] = {} /\ Return(c, holds[c]))
None == Init /\ [][Next]_vars
StronglyServed == None /\ Returns /\ \A c \in Client : SF_vars(\E some \in Bundle : Allocate(c, some))
WeaklyServed == None /\ Returns /\ \A c \in Client : WF_vars(\E some \in Bundle : Allocate(c, some))
Reluctant == None /\ ReturnsWhenSatisfied /\ \A c \in Client : SF_vars(\E some \in Bundle : Allocate(c, some))

Correct == holds[1] \cap holds[2] = {}
ClientsWillReturn == \A c \in Client : (wants[c] = {}) ~> (holds[c] = {})
ClientsWillObtain == \A c \in Client, r \in Resource : (r \in wants[c]) ~> (r \in holds[c])
InfOftenSatisfied == \A c \in Client : []<>(wants[c] = {})
====
