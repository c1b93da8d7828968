-- Peterson's filter lock at the granularity of specs/filter-lock.ts.
const N: 3;
type
  Process: 0 .. N - 1;
  Level: 0 .. N - 1;
  Counter: 0 .. N;
  Point: enum { Start, MoreLevels, WriteLevel, WriteVictim, Wait, Up, Leave };
var
  level: array [Process] of Level;
  victim: array [1 .. N - 1] of Process;
  l: array [Process] of Counter;
  point: array [Process] of Point;

startstate begin
  for p: Process do level[p] := 0; l[p] := 0; point[p] := Start; end;
  for k: 1 .. N - 1 do victim[k] := 0; end;
end;

ruleset p: Process do
  rule "l := 1" point[p] = Start ==> begin l[p] := 1; point[p] := MoreLevels; end;
  rule "more levels?" point[p] = MoreLevels ==>
    begin if l[p] < N then point[p] := WriteLevel; else point[p] := Leave; end; end;
  rule "level[me] := l" point[p] = WriteLevel ==> begin level[p] := l[p]; point[p] := WriteVictim; end;
  rule "victim[l] := me" point[p] = WriteVictim ==> begin victim[l[p]] := p; point[p] := Wait; end;
  rule "wait" point[p] = Wait & (victim[l[p]] != p | forall k: Process do k = p | level[k] < l[p] end) ==>
    begin point[p] := Up; end;
  rule "l := l + 1" point[p] = Up ==> begin l[p] := l[p] + 1; point[p] := MoreLevels; end;
  rule "leave" point[p] = Leave ==> begin level[p] := 0; point[p] := Start; end;
end;

invariant "mutual exclusion"
  forall p: Process do forall q: Process do p = q | point[p] != Leave | point[q] != Leave end end;
