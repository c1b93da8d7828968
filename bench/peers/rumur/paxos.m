-- Single-decree Paxos at the granularity of specs/paxos.ts: three acceptors, two values, N ballots.
-- An acceptor promises once in a ballot, and a ballot has one proposal, so messages are array elements.
const N: 3;
type
  Acceptor: 0 .. 2;
  Ballot: 0 .. N - 1;
  Value: 0 .. 1;
  -- A vote: 0 for none, or 1 + 2 * ballot + value.
  Vote: 0 .. 2 * N;
var
  promised: array [Acceptor] of 0 .. N; -- 1 + ballot
  vote: array [Acceptor] of Vote;
  prepare: array [Ballot] of boolean;
  hasPromised: array [Acceptor] of array [Ballot] of boolean;
  told: array [Acceptor] of array [Ballot] of Vote;
  proposed: array [Ballot] of 0 .. 2; -- 0 for nothing, or 1 + value
  accepted: array [Acceptor] of array [Ballot] of boolean;

function later(p: Vote; q: Vote; v: Value): boolean;
begin
  return p != 0 & (p + 1) % 2 = v & (q + 1) / 2 <= (p + 1) / 2;
end;

function lets(a: Acceptor; c: Acceptor; b: Ballot; v: Value): boolean;
begin
  return hasPromised[a][b] & hasPromised[c][b] &
    ((told[a][b] = 0 & told[c][b] = 0) | later(told[a][b], told[c][b], v) | later(told[c][b], told[a][b], v));
end;

startstate begin
  for b: Ballot do prepare[b] := false; proposed[b] := 0; end;
  for a: Acceptor do
    promised[a] := 0;
    vote[a] := 0;
    for b: Ballot do hasPromised[a][b] := false; told[a][b] := 0; accepted[a][b] := false; end;
  end;
end;

ruleset b: Ballot do
  rule "prepare" true ==> begin prepare[b] := true; end;
end;

ruleset b: Ballot; v: Value do
  rule "propose" proposed[b] = 0 & (lets(0, 1, b, v) | lets(0, 2, b, v) | lets(1, 2, b, v)) ==>
    begin proposed[b] := v + 1; end;
end;

ruleset a: Acceptor; b: Ballot do
  rule "promise" prepare[b] & promised[a] < b + 1 ==>
    begin promised[a] := b + 1; hasPromised[a][b] := true; told[a][b] := vote[a]; end;
  rule "accept" proposed[b] != 0 & promised[a] <= b + 1 ==>
    begin promised[a] := b + 1; vote[a] := 2 * b + proposed[b]; accepted[a][b] := true; end;
end;

invariant "at most one value is chosen"
  !((exists b: Ballot do proposed[b] = 1 &
      ((accepted[0][b] & accepted[1][b]) | (accepted[0][b] & accepted[2][b]) | (accepted[1][b] & accepted[2][b])) end) &
    (exists b: Ballot do proposed[b] = 2 &
      ((accepted[0][b] & accepted[1][b]) | (accepted[0][b] & accepted[2][b]) | (accepted[1][b] & accepted[2][b])) end));
