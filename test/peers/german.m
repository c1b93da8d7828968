-- German's cache coherence at the granularity of specs/german.ts.
const
  Nodes: 3;
type
  Node: scalarset(Nodes);
  Datum: 0 .. 1;
  Permission: enum { Invalid, Shared, Exclusive };
  Request: enum { Nothing, Share, Own };
  Kind: enum { NoOrder, Invalidate, LetShare, LetOwn };
  Copy: record may: Permission; data: Datum; end;
  Order: record kind: Kind; data: Datum; end;
  Reply: record acknowledges: boolean; data: Datum; end;
var
  cache: array [Node] of Copy;
  asks: array [Node] of Request;
  orders: array [Node] of Order;
  replies: array [Node] of Reply;
  must_invalidate, sharers: array [Node] of boolean;
  exclusive: boolean;
  current: Request;
  asker: Node;
  memory, latest: Datum;

ruleset first: Node do
  startstate begin
    for n: Node do
      cache[n].may := Invalid; cache[n].data := 0;
      asks[n] := Nothing;
      orders[n].kind := NoOrder; orders[n].data := 0;
      replies[n].acknowledges := false; replies[n].data := 0;
      must_invalidate[n] := false; sharers[n] := false;
    end;
    exclusive := false; current := Nothing; asker := first; memory := 0; latest := 0;
  end;
end;

ruleset n: Node; data: Datum do
  rule "write" cache[n].may = Exclusive ==> begin cache[n].data := data; latest := data; end;
end;

ruleset n: Node do
  rule "ask to share" asks[n] = Nothing & cache[n].may = Invalid ==> begin asks[n] := Share; end;
  rule "ask to own" asks[n] = Nothing & cache[n].may != Exclusive ==> begin asks[n] := Own; end;
  rule "take up" current = Nothing & asks[n] != Nothing ==> begin
    current := asks[n]; asker := n; asks[n] := Nothing;
    for other: Node do must_invalidate[other] := sharers[other]; end;
  end;
  rule "order to invalidate"
    orders[n].kind = NoOrder & must_invalidate[n] & (current = Own | current = Share & exclusive) ==> begin
    orders[n].kind := Invalidate; must_invalidate[n] := false;
  end;
  rule "invalidate" orders[n].kind = Invalidate & !replies[n].acknowledges ==> begin
    orders[n].kind := NoOrder; replies[n].acknowledges := true;
    if cache[n].may = Exclusive then replies[n].data := cache[n].data; end;
    cache[n].may := Invalid;
  end;
  rule "hear of it" replies[n].acknowledges & current != Nothing ==> begin
    if exclusive then exclusive := false; memory := replies[n].data; end;
    replies[n].acknowledges := false; replies[n].data := 0; sharers[n] := false;
  end;
  rule "let share" current = Share & asker = n & orders[n].kind = NoOrder & !exclusive ==> begin
    orders[n].kind := LetShare; orders[n].data := memory; sharers[n] := true; current := Nothing;
  end;
  rule "let own"
    current = Own & asker = n & orders[n].kind = NoOrder & !exclusive & forall other: Node do !sharers[other] end ==> begin
    orders[n].kind := LetOwn; orders[n].data := memory; sharers[n] := true; current := Nothing; exclusive := true;
  end;
  rule "share" orders[n].kind = LetShare ==> begin
    cache[n].may := Shared; cache[n].data := orders[n].data; orders[n].kind := NoOrder; orders[n].data := 0;
  end;
  rule "own" orders[n].kind = LetOwn ==> begin
    cache[n].may := Exclusive; cache[n].data := orders[n].data; orders[n].kind := NoOrder; orders[n].data := 0;
  end;
end;

invariant "one writes, or others read"
  forall n: Node do forall other: Node do n = other | (cache[n].may = Exclusive -> cache[other].may = Invalid) end end;
invariant "what is read was written last" forall n: Node do cache[n].may != Invalid -> cache[n].data = latest end;
