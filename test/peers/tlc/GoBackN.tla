---- MODULE GoBackN ----
\* specs/go-back-n.ts; NUMBERS is one more than WINDOW, or as many. A message is its number and its body.
EXTENDS Naturals, Sequences
CONSTANTS WINDOW, CAPACITY, MESSAGES, NUMBERS
VARIABLES acked, sent, received, last, data, acks
vars == <<acked, sent, received, last, data, acks>>

Init == acked = 0 /\ sent = 0 /\ received = 0 /\ last = 0 /\ data = <<>> /\ acks = <<>>

Put(i) == Len(data) < CAPACITY /\ data' = Append(data, <<i % NUMBERS, i>>)

Send == /\ sent < acked + WINDOW
        /\ sent < MESSAGES
        /\ Put(sent)
        /\ sent' = sent + 1
        /\ UNCHANGED <<acked, received, last, acks>>

SendAgain(ahead) == acked + ahead < sent /\ Put(acked + ahead) /\ UNCHANGED <<acked, sent, received, last, acks>>

IsNext == Head(data)[1] = received % NUMBERS /\ received < MESSAGES

Receive(isAwaited) ==
  /\ data # <<>>
  /\ IsNext = isAwaited
  /\ received' = IF isAwaited THEN received + 1 ELSE received
  /\ last' = IF isAwaited THEN Head(data)[2] ELSE last
  /\ data' = Tail(data)
  /\ acks' = IF Len(acks) < CAPACITY THEN Append(acks, received' % NUMBERS) ELSE acks
  /\ UNCHANGED <<acked, sent>>

Answers(by) == acked + by <= sent /\ Head(acks) = (acked + by) % NUMBERS

Acknowledge(by) == acks # <<>> /\ Answers(by) /\ acked' = acked + by /\ acks' = Tail(acks) /\ UNCHANGED <<sent, received, last, data>>

Ignore == /\ acks # <<>>
          /\ ~(\E by \in 0..WINDOW : Answers(by))
          /\ acks' = Tail(acks)
          /\ UNCHANGED <<acked, sent, received, last, data>>

LoseData == data # <<>> /\ data' = Tail(data) /\ UNCHANGED <<acked, sent, received, last, acks>>
LoseAnswer == acks # <<>> /\ acks' = Tail(acks) /\ UNCHANGED <<acked, sent, received, last, data>>

Next == \/ Send
        \/ \E ahead \in 0..(WINDOW - 1) : SendAgain(ahead)
        \/ \E isAwaited \in BOOLEAN : Receive(isAwaited)
        \/ \E by \in 0..WINDOW : Acknowledge(by)
        \/ Ignore
        \/ LoseData
        \/ LoseAnswer

Spec == /\ Init
        /\ [][Next]_vars
        /\ WF_vars(Send)
        /\ SF_vars(SendAgain(0))
        /\ SF_vars(Receive(TRUE))
        /\ SF_vars(Receive(FALSE))
        /\ SF_vars(\E by \in 1..WINDOW : Acknowledge(by))
        /\ WF_vars(Acknowledge(0) \/ Ignore)

\* A pipe, of which sent and received are the counts.
PipeNext == (sent' = sent + 1 /\ UNCHANGED received) \/ (received < sent /\ received' = received + 1 /\ UNCHANGED sent)
IsPipe == (sent = 0 /\ received = 0) /\ [][PipeNext]_<<sent, received>>

InOrder == received = 0 \/ last = received - 1
AcknowledgedIsReceived == acked <= received
WhatIsSentIsReceived == (sent > received) ~> (sent = received)
AllIsReceived == <>(received = MESSAGES)
AllIsAcknowledged == <>[](acked = MESSAGES)
====
