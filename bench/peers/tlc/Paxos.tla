---- MODULE Paxos ----
\* Single-decree Paxos at the granularity of specs/paxos.ts: three acceptors, two values, N ballots; messages are sets.
\* Guards with a quantifier are an IF, because TLC would make a successor of each way to satisfy them.
EXTENDS Integers, FiniteSets
CONSTANT N
VARIABLES promised, last, prepare, promise, propose, accepted
Acceptor == {"a0", "a1", "a2"}
Value == {"v0", "v1"}
Ballot == 0 .. N - 1
Quorum == {q \in SUBSET Acceptor : Cardinality(q) = 2}

Init ==
  /\ promised = [a \in Acceptor |-> -1]
  /\ last = [a \in Acceptor |-> [voted |-> -1, for |-> "nothing"]]
  /\ prepare = {}
  /\ promise = {}
  /\ propose = {}
  /\ accepted = {}

Prepare(b) == prepare' = prepare \cup {b} /\ UNCHANGED <<promised, last, promise, propose, accepted>>

Promise(a, b) ==
  /\ promised[a] < b
  /\ promised' = [promised EXCEPT ![a] = b]
  /\ promise' = promise \cup {[from |-> a, ballot |-> b, voted |-> last[a].voted, for |-> last[a].for]}
  /\ UNCHANGED <<last, prepare, propose, accepted>>

Lets(quorum, b, v) ==
  LET counted == {m \in promise : m.ballot = b /\ m.from \in quorum}
  IN /\ \A a \in quorum : \E m \in counted : m.from = a
     /\ \/ \A m \in counted : m.voted = -1
        \/ \E m \in counted : m.for = v /\ \A other \in counted : other.voted <= m.voted

Propose(b, v) ==
  /\ \A m \in propose : m.ballot # b
  /\ IF \E quorum \in Quorum : Lets(quorum, b, v) THEN TRUE ELSE FALSE
  /\ propose' = propose \cup {[ballot |-> b, value |-> v]}
  /\ UNCHANGED <<promised, last, prepare, promise, accepted>>

Accept(a, m) ==
  /\ promised[a] <= m.ballot
  /\ promised' = [promised EXCEPT ![a] = m.ballot]
  /\ last' = [last EXCEPT ![a] = [voted |-> m.ballot, for |-> m.value]]
  /\ accepted' = accepted \cup {[from |-> a, ballot |-> m.ballot, value |-> m.value]}
  /\ UNCHANGED <<prepare, promise, propose>>

Next ==
  \/ \E b \in Ballot : Prepare(b) \/ \E v \in Value : Propose(b, v)
  \/ \E a \in Acceptor : (\E b \in prepare : Promise(a, b)) \/ (\E m \in propose : Accept(a, m))

IsChosen(v) ==
  \E b \in Ballot : Cardinality({a \in Acceptor : [from |-> a, ballot |-> b, value |-> v] \in accepted}) >= 2
Correct == Cardinality({v \in Value : IsChosen(v)}) <= 1
====
