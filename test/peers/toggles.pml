/* Two bits that are turned over, each by a process of its own; the same claims as in toggles.ts.
   Spin's fair search does not come to an end on `<> [] !(x == 1 && y == 1)`, which is therefore not among them. */
bit x, y;

active proctype p() { do :: x = 1 - x od }
active proctype q() { do :: y = 1 - y od }

ltl again { [] <> (x == 1) }
ltl for_good { <> [] (x == 1) }
ltl together { [] <> (x == 1 && y == 1) }
ltl once { <> (x == 1) }
ltl in_turn { (x == 0) U (y == 1) }
ltl answered { [] ((x == 1) -> <> (y == 1)) }
ltl one_for_the_other { ([] <> (x == 1)) -> ([] <> (y == 1)) }
ltl freed { (x == 1) V (y == 0) }
ltl held { ((x == 0) U (y == 1)) || [] (x == 0) }
