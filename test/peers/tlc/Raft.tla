---- MODULE Raft ----
\* Raft, as in specs/raft.ts: messages are sets that only grow.
EXTENDS Naturals, FiniteSets
CONSTANTS Server, Terms, Entries, Nobody
VARIABLES role, current, votedFor, log, committed, ask, vote, append, accept
vars == <<role, current, votedFor, log, committed, ask, vote, append, accept>>
logged == <<log, committed>>
answered == <<vote, append, accept>>

Index == 1..Entries
Majority == {some \in SUBSET Server : 2 * Cardinality(some) > Cardinality(Server)}
LengthOf(s) == Cardinality({i \in Index : log[s][i] # 0})
LastTerm(s) == IF LengthOf(s) = 0 THEN 0 ELSE log[s][LengthOf(s)]
Min(a, b) == IF a < b THEN a ELSE b
Max(a, b) == IF a > b THEN a ELSE b

Init ==
  /\ role = [s \in Server |-> "follower"] /\ current = [s \in Server |-> 0]
  /\ votedFor = [s \in Server |-> Nobody] /\ log = [s \in Server |-> [i \in Index |-> 0]]
  /\ committed = [s \in Server |-> 0]
  /\ ask = {} /\ vote = {} /\ append = {} /\ accept = {}

TimesOut(s) ==
  /\ role[s] # "leader" /\ current[s] < Terms
  /\ role' = [role EXCEPT ![s] = "candidate"] /\ current' = [current EXCEPT ![s] = @ + 1]
  /\ votedFor' = [votedFor EXCEPT ![s] = s]
  /\ ask' = ask \cup {[from |-> s, term |-> current[s] + 1, last |-> LastTerm(s), length |-> LengthOf(s)]}
  /\ UNCHANGED <<logged, answered>>

HearsOf(s, later) ==
  /\ current[s] < later
  /\ current' = [current EXCEPT ![s] = later] /\ role' = [role EXCEPT ![s] = "follower"]
  /\ votedFor' = [votedFor EXCEPT ![s] = Nobody]
  /\ UNCHANGED <<logged, ask, answered>>

Votes(s, m) ==
  /\ m.from # s /\ m.term = current[s] /\ votedFor[s] \in {Nobody, m.from}
  /\ LastTerm(s) < m.last \/ (LastTerm(s) = m.last /\ LengthOf(s) <= m.length)
  /\ votedFor' = [votedFor EXCEPT ![s] = m.from]
  /\ vote' = vote \cup {[from |-> s, to |-> m.from, term |-> m.term]}
  /\ UNCHANGED <<role, current, logged, ask, append, accept>>

Leads(s) ==
  /\ role[s] = "candidate"
  /\ {s} \cup {o \in Server : [from |-> o, to |-> s, term |-> current[s]] \in vote} \in Majority
  /\ role' = [role EXCEPT ![s] = "leader"]
  /\ UNCHANGED <<current, votedFor, logged, ask, answered>>

TakesEntry(s, i) ==
  /\ role[s] = "leader" /\ LengthOf(s) = i - 1
  /\ log' = [log EXCEPT ![s][i] = current[s]]
  /\ UNCHANGED <<role, current, votedFor, committed, ask, answered>>

Sends(s, i) ==
  /\ role[s] = "leader" /\ log[s][i] # 0
  /\ append' = append \cup {[from |-> s, term |-> current[s], index |-> i, entry |-> log[s][i],
       previous |-> IF i = 1 THEN 0 ELSE log[s][i - 1], committed |-> committed[s]]}
  /\ UNCHANGED <<role, current, votedFor, logged, ask, vote, accept>>

Accepts(s, m) ==
  /\ m.from # s /\ m.term = current[s]
  /\ m.previous = IF m.index = 1 THEN 0 ELSE log[s][m.index - 1]
  /\ role' = [role EXCEPT ![s] = "follower"]
  /\ log' = IF log[s][m.index] = m.entry THEN log
            ELSE [log EXCEPT ![s] = [i \in Index |-> IF i < m.index THEN @[i] ELSE IF i = m.index THEN m.entry ELSE 0]]
  /\ committed' = [committed EXCEPT ![s] = Max(@, Min(m.committed, m.index))]
  /\ accept' = accept \cup {[from |-> s, to |-> m.from, term |-> m.term, index |-> m.index]}
  /\ UNCHANGED <<current, votedFor, ask, vote, append>>

Commits(s, i) ==
  /\ role[s] = "leader" /\ log[s][i] = current[s] /\ committed[s] < i
  /\ {s} \cup {o \in Server : [from |-> o, to |-> s, term |-> current[s], index |-> i] \in accept} \in Majority
  /\ committed' = [committed EXCEPT ![s] = i]
  /\ UNCHANGED <<role, current, votedFor, log, ask, answered>>

Next == \E s \in Server :
  \/ TimesOut(s) \/ Leads(s)
  \/ \E later \in {m.term : m \in ask} : HearsOf(s, later)
  \/ \E m \in ask : Votes(s, m)
  \/ \E m \in append : Accepts(s, m)
  \/ \E i \in Index : TakesEntry(s, i) \/ Sends(s, i) \/ Commits(s, i)
None == Init /\ [][Next]_vars

OneLeader == \A a, b \in Server : (a # b /\ role[a] = "leader" /\ role[b] = "leader") => current[a] # current[b]
Same == \A a, b \in Server, i \in Index : (committed[a] >= i /\ committed[b] >= i) => log[a][i] = log[b][i]
Correct == OneLeader /\ Same
====
