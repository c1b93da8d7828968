/*
 * Peterson's filter lock at the granularity of specs/filter-lock.ts: one step for each of its seven program points.
 * `inside` counts who is in the critical section, for the assertion.
 */
#ifndef N
#define N 3
#endif
byte level[N];
byte victim[N];
byte inside;

#define BELOW(k) (_pid == k || level[k] < l)
#if N == 3
#define ALL_BELOW (BELOW(0) && BELOW(1) && BELOW(2))
#elif N == 4
#define ALL_BELOW (BELOW(0) && BELOW(1) && BELOW(2) && BELOW(3))
#else
#define ALL_BELOW (BELOW(0) && BELOW(1) && BELOW(2) && BELOW(3) && BELOW(4))
#endif

active [N] proctype process()
{
  byte l;
  do
  :: l = 1;
     do
     :: (l < N) ->
        level[_pid] = l;
        victim[l] = _pid;
        (victim[l] != _pid || ALL_BELOW);
        l = l + 1
     :: atomic { !(l < N) -> inside = inside + 1; assert(inside == 1) };
        d_step { level[_pid] = 0; inside = inside - 1 };
        break
     od
  od
}
