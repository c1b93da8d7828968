/* One step from 0 to 1. Spin considers runs that go on while they can: the claim holds without any fairness. */
byte x;

active proctype p() { x = 1 }

ltl it_comes { <> (x == 1) }
