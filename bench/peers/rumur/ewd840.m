-- Termination detection in a ring, EWD 840, at the granularity of specs/ewd840.ts.
const
  N: 3;
  Subsets: 1 << N;
type
  Node: 0 .. N - 1;
  Subset: 0 .. Subsets - 1;
  -- One value more than needed: Rumur 2022.08.20 takes the last of 256 for an undefined one.
  Rest: 0 .. Subsets;
var
  active: array [Node] of boolean;
  isBlack: array [Node] of boolean;
  position: Node;
  isTokenBlack: boolean;

ruleset actives: Subset; blacks: Subset; start: Node do
  startstate
  var
    a: Rest;
    b: Rest;
  begin
    a := actives;
    b := blacks;
    for n: Node do
      active[n] := a % 2 = 1;
      a := a / 2;
      isBlack[n] := b % 2 = 1;
      b := b / 2;
    end;
    position := start;
    isTokenBlack := true;
  end;
end;

rule "initiate probe" position = 0 & (isTokenBlack | isBlack[0]) ==> begin
  position := N - 1;
  isTokenBlack := false;
  isBlack[0] := false;
end;

ruleset i: 1 .. N - 1 do
  rule "pass token" position = i & (!active[i] | isBlack[i] | isTokenBlack) ==> begin
    isTokenBlack := isTokenBlack | isBlack[i];
    isBlack[i] := false;
    position := i - 1;
  end;
end;

ruleset i: Node; j: Node do
  rule "send" i != j & active[i] ==> begin
    active[j] := true;
    if j > i then isBlack[i] := true; end;
  end;
end;

ruleset i: Node do
  rule "deactivate" active[i] ==> begin active[i] := false; end;
end;

invariant "announced means terminated"
  position = 0 & !isTokenBlack & !isBlack[0] & !active[0] -> forall n: Node do !active[n] end;
