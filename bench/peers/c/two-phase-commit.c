/* Two-phase commit at the granularity of specs/two-phase-commit.ts, packed by hand. */
#include "search.h"
#ifndef N
#define N 7
#endif

/* Bits: manager i's state (0 working, 1 prepared, 2 committed, 3 aborted) at 2i; heard of i at 2N+i; said prepared at 3N+i; then commit, abort, and the coordinator. */
#define RM(s, i) ((s) >> 2 * (i) & 3)
#define SET_RM(s, i, v) (((s) & ~((state)3 << 2 * (i))) | (state)(v) << 2 * (i))
#define BIT(p) ((state)1 << (p))
#define HEARD(i) BIT(2 * N + (i))
#define PREPARED(i) BIT(3 * N + (i))
#define COMMIT BIT(4 * N)
#define ABORT BIT(4 * N + 1)
#define TM_COMMITTED BIT(4 * N + 2)
#define TM_ABORTED BIT(4 * N + 3)
#define ALL_HEARD (((BIT(N) - 1)) << 2 * N)

static state *initials(state *out, uint64_t number) { return number == 0 ? put(out, 0) : out; }

static state *successors(state s, state *out) {
  const int is_init = (s & (TM_COMMITTED | TM_ABORTED)) == 0;
  if (is_init) {
    for (int i = 0; i < N; i++)
      if (s & PREPARED(i)) out = put(out, s | HEARD(i));
    if ((s & ALL_HEARD) == ALL_HEARD) out = put(out, s | COMMIT | TM_COMMITTED);
    out = put(out, s | ABORT | TM_ABORTED);
  }
  for (int i = 0; i < N; i++) {
    if (RM(s, i) == 0) {
      out = put(out, SET_RM(s, i, 1) | PREPARED(i));
      out = put(out, SET_RM(s, i, 3));
    }
    if (s & COMMIT) out = put(out, SET_RM(s, i, 2));
    if (s & ABORT) out = put(out, SET_RM(s, i, 3));
  }
  return out;
}

static int is_bad(state s) {
  int committed = 0, aborted = 0;
  for (int i = 0; i < N; i++) {
    committed |= RM(s, i) == 2;
    aborted |= RM(s, i) == 3;
  }
  return committed && aborted;
}
