-- QRCU at the granularity of specs/qrcu.ts: N readers, two updaters.
const N: 3;
type
  Reader: 0 .. N - 1;
  Updater: 0 .. 1;
  Side: 0 .. 1;
  ReaderPoint: enum { Look, CountIn, ReadLock, ReadUnlock, CountOut, HasRead };
  UpdaterPoint: enum {
    Note, One, Other, AtMostOne, OneAgain, OtherAgain, More, Lock, Open, Flip, Close, Wait, Unlock, Free, HasFreed
  };
var
  index: Side;
  counter: array [Side] of 0 .. N + 1;
  reading: array [Reader] of boolean;
  mutex: boolean;
  mine: array [Reader] of Side;
  readerAt: array [Reader] of ReaderPoint;
  before: array [Updater] of array [Reader] of boolean;
  sum: array [Updater] of 0 .. 2 * N + 2;
  unread: array [Updater] of Side;
  updaterAt: array [Updater] of UpdaterPoint;

startstate begin
  index := 0;
  counter[0] := 1;
  counter[1] := 0;
  mutex := false;
  for r: Reader do reading[r] := false; mine[r] := 0; readerAt[r] := Look; end;
  for u: Updater do
    for r: Reader do before[u][r] := false; end;
    sum[u] := 0;
    unread[u] := 0;
    updaterAt[u] := Note;
  end;
end;

ruleset r: Reader do
  rule "mine := index" readerAt[r] = Look ==> begin mine[r] := index; readerAt[r] := CountIn; end;
  rule "count in" readerAt[r] = CountIn & counter[mine[r]] > 0 ==>
    begin counter[mine[r]] := counter[mine[r]] + 1; readerAt[r] := ReadLock; end;
  rule "closed" readerAt[r] = CountIn & counter[mine[r]] = 0 ==> begin readerAt[r] := Look; end;
  rule "read lock" readerAt[r] = ReadLock ==> begin reading[r] := true; readerAt[r] := ReadUnlock; end;
  rule "read unlock" readerAt[r] = ReadUnlock ==> begin reading[r] := false; readerAt[r] := CountOut; end;
  rule "count out" readerAt[r] = CountOut ==>
    begin counter[mine[r]] := counter[mine[r]] - 1; readerAt[r] := HasRead; end;
end;

ruleset u: Updater; one: Side do
  rule "sum := one" updaterAt[u] = One | updaterAt[u] = OneAgain ==> begin
    sum[u] := counter[one];
    unread[u] := 1 - one;
    if updaterAt[u] = One then updaterAt[u] := Other; else updaterAt[u] := OtherAgain; end;
  end;
end;

ruleset u: Updater do
  rule "note the readers" updaterAt[u] = Note ==>
    begin for r: Reader do before[u][r] := reading[r]; end; updaterAt[u] := One; end;
  rule "sum += other" updaterAt[u] = Other | updaterAt[u] = OtherAgain ==> begin
    sum[u] := sum[u] + counter[unread[u]];
    if updaterAt[u] = Other then updaterAt[u] := AtMostOne; else updaterAt[u] := More; end;
  end;
  rule "sum <= 1?" updaterAt[u] = AtMostOne ==>
    begin if sum[u] <= 1 then updaterAt[u] := OneAgain; else updaterAt[u] := More; end; end;
  rule "sum > 1?" updaterAt[u] = More ==>
    begin if sum[u] > 1 then updaterAt[u] := Lock; else updaterAt[u] := Free; end; end;
  rule "lock" updaterAt[u] = Lock & !mutex ==> begin mutex := true; updaterAt[u] := Open; end;
  rule "open the other" updaterAt[u] = Open ==>
    begin counter[1 - index] := counter[1 - index] + 1; updaterAt[u] := Flip; end;
  rule "flip" updaterAt[u] = Flip ==> begin index := 1 - index; updaterAt[u] := Close; end;
  rule "close the old" updaterAt[u] = Close ==>
    begin counter[1 - index] := counter[1 - index] - 1; updaterAt[u] := Wait; end;
  rule "wait" updaterAt[u] = Wait & counter[1 - index] = 0 ==> begin updaterAt[u] := Unlock; end;
  rule "unlock" updaterAt[u] = Unlock ==> begin mutex := false; updaterAt[u] := Free; end;
  rule "free" updaterAt[u] = Free ==> begin updaterAt[u] := HasFreed; end;
end;

invariant "no reader loses its data"
  forall u: Updater do updaterAt[u] != Free | forall r: Reader do !(before[u][r] & reading[r]) end end;
