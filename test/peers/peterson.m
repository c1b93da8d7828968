-- Peterson's mutual exclusion at the granularity of specs/peterson.ts.
type
  Process: 0 .. 1;
  Point: enum { Idle, Announce, Wait, Critical, Leave };
var
  point: array [Process] of Point;
  flag: array [Process] of boolean;
  turn: Process;

startstate begin
  for p: Process do point[p] := Idle; flag[p] := false; end;
  turn := 0;
end;

ruleset p: Process do
  rule "idle" point[p] = Idle ==> begin flag[p] := true; point[p] := Announce; end;
  rule "announce" point[p] = Announce ==> begin turn := 1 - p; point[p] := Wait; end;
  rule "wait" point[p] = Wait & (!flag[1 - p] | turn = p) ==> begin point[p] := Critical; end;
  rule "critical" point[p] = Critical ==> begin point[p] := Leave; end;
  rule "leave" point[p] = Leave ==> begin flag[p] := false; point[p] := Idle; end;
end;

invariant "mutual exclusion" !(point[0] = Critical & point[1] = Critical);
