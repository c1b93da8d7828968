/* Two-phase commit at the granularity of specs/two-phase-commit.ts; sets are masks. */
#ifndef N
#define N 7
#endif
#define ALL ((1 << N) - 1)
#define BIT(i) (1 << (i))
#define WORKING 0
#define PREPARED 1
#define COMMITTED 2
#define ABORTED 3

byte rm[N];
byte tm;            /* 0 init, 1 committed, 2 aborted */
short heard;
short saidPrepared;
bit saidCommit;
bit saidAbort;

#define MANAGER(i) \
  :: d_step { tm == 0 && (saidPrepared & BIT(i)) != 0 -> heard = heard | BIT(i) } \
  :: d_step { rm[i] == WORKING -> rm[i] = PREPARED; saidPrepared = saidPrepared | BIT(i) } \
  :: d_step { rm[i] == WORKING -> rm[i] = ABORTED } \
  :: d_step { saidCommit -> rm[i] = COMMITTED } \
  :: d_step { saidAbort -> rm[i] = ABORTED }

active proctype system()
{
  do
  :: d_step { tm == 0 && heard == ALL -> tm = 1; saidCommit = 1 }
  :: d_step { tm == 0 -> tm = 2; saidAbort = 1 }
  MANAGER(0)
  MANAGER(1)
  MANAGER(2)
#if N > 3
  MANAGER(3)
#endif
#if N > 4
  MANAGER(4)
#endif
#if N > 5
  MANAGER(5)
#endif
#if N > 6
  MANAGER(6)
#endif
#if N > 7
  MANAGER(7)
#endif
#if N > 8
  MANAGER(8)
#endif
  od
}

#define TWO(i, j, s) (rm[i] == s || rm[j] == s)
#if N == 3
#define ANY(s) (TWO(0, 1, s) || rm[2] == s)
#elif N == 7
#define ANY(s) (TWO(0, 1, s) || TWO(2, 3, s) || TWO(4, 5, s) || rm[6] == s)
#elif N == 8
#define ANY(s) (TWO(0, 1, s) || TWO(2, 3, s) || TWO(4, 5, s) || TWO(6, 7, s))
#else
#define ANY(s) (TWO(0, 1, s) || TWO(2, 3, s) || TWO(4, 5, s) || TWO(6, 7, s) || rm[8] == s)
#endif

active proctype monitor()
{
end:
  d_step { ANY(COMMITTED) && ANY(ABORTED) -> assert(false) }
}
