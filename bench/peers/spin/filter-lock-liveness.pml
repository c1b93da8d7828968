/*
 * Peterson's filter lock at the granularity of specs/filter-lock.ts, and the claim that process 0 gets in when it waits.
 * Spin's weak fairness (-f) is per process and has no exempt steps: nobody rests for ever here.
 */
#ifndef N
#define N 3
#endif
byte level[N];
byte victim[N];

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
start:
  l = 1;
more_levels:
  if
  :: (l < N) -> goto write_level
  :: !(l < N) -> goto leave
  fi;
write_level:
  level[_pid] = l;
  victim[l] = _pid;
wait:
  (victim[l] != _pid || ALL_BELOW);
  l = l + 1;
  goto more_levels;
leave:
  level[_pid] = 0;
  goto start
}

ltl gets_in { [] ((process[0]@wait) -> <> (process[0]@leave)) }
