-- A ticket lock at the granularity of specs/ticket-lock.ts.
const N: 3;
type
  Process: 0 .. N - 1;
  Ticket: 0 .. N - 1;
  Point: enum { Take, Wait, Critical, Leave };
var
  nextTicket: Ticket;
  called: Ticket;
  mine: array [Process] of Ticket;
  point: array [Process] of Point;

startstate begin
  nextTicket := 0;
  called := 0;
  for p: Process do mine[p] := 0; point[p] := Take; end;
end;

ruleset p: Process do
  rule "take" point[p] = Take ==>
    begin mine[p] := nextTicket; nextTicket := (nextTicket + 1) % N; point[p] := Wait; end;
  rule "wait" point[p] = Wait & called = mine[p] ==> begin point[p] := Critical; end;
  rule "critical" point[p] = Critical ==> begin point[p] := Leave; end;
  rule "leave" point[p] = Leave ==> begin called := (called + 1) % N; point[p] := Take; end;
end;

invariant "mutual exclusion"
  forall p: Process do forall q: Process do p = q | point[p] != Critical | point[q] != Critical end end;
