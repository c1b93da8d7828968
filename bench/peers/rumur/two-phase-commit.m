-- Two-phase commit at the granularity of specs/two-phase-commit.ts: messages are bits that are never cleared.
const N: 3;
type
  Manager: 0 .. N - 1;
  ManagerState: enum { Working, Prepared, Committed, Aborted };
  CoordinatorState: enum { Init, HasCommitted, HasAborted };
var
  rm: array [Manager] of ManagerState;
  tm: CoordinatorState;
  heard: array [Manager] of boolean;
  saidPrepared: array [Manager] of boolean;
  saidCommit: boolean;
  saidAbort: boolean;

startstate begin
  for m: Manager do rm[m] := Working; heard[m] := false; saidPrepared[m] := false; end;
  tm := Init;
  saidCommit := false;
  saidAbort := false;
end;

ruleset m: Manager do
  rule "TM receives prepared" tm = Init & saidPrepared[m] ==> begin heard[m] := true; end;
  rule "RM prepares" rm[m] = Working ==> begin rm[m] := Prepared; saidPrepared[m] := true; end;
  rule "RM chooses to abort" rm[m] = Working ==> begin rm[m] := Aborted; end;
  rule "RM commits" saidCommit ==> begin rm[m] := Committed; end;
  rule "RM aborts" saidAbort ==> begin rm[m] := Aborted; end;
end;

rule "TM commits" tm = Init & forall m: Manager do heard[m] end ==> begin tm := HasCommitted; saidCommit := true; end;
rule "TM aborts" tm = Init ==> begin tm := HasAborted; saidAbort := true; end;

invariant "consistent"
  !((exists m: Manager do rm[m] = Committed end) & (exists m: Manager do rm[m] = Aborted end));
