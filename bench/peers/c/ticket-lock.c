/* A ticket lock at the granularity of specs/ticket-lock.ts, packed by hand. */
#include "search.h"
#ifndef N
#define N 6
#endif

/* Three bits each: mine[i] at 3i, point[i] at 3(N+i) (0 take, 1 wait, 2 critical, 3 leave), the next ticket, the called one. */
#define AT(s, p) ((int)((s) >> 3 * (p) & 7))
#define WITH(s, p, v) (((s) & ~((state)7 << 3 * (p))) | (state)(v) << 3 * (p))
#define MINE(i) (i)
#define POINT(i) (N + (i))
#define NEXT (2 * N)
#define CALLED (2 * N + 1)
#define AFTER(ticket) ((ticket) + 1 == N ? 0 : (ticket) + 1)

static state *initials(state *out, uint64_t number) { return number == 0 ? put(out, 0) : out; }

static state *successors(state s, state *out) {
  const int next = AT(s, NEXT), called = AT(s, CALLED);
#pragma GCC unroll 8
  for (int i = 0; i < N; i++) {
    switch (AT(s, POINT(i))) {
      case 0: out = put(out, WITH(WITH(WITH(s, MINE(i), next), NEXT, AFTER(next)), POINT(i), 1)); break;
      case 1: if (AT(s, MINE(i)) == called) out = put(out, WITH(s, POINT(i), 2)); break;
      case 2: out = put(out, WITH(s, POINT(i), 3)); break;
      case 3: out = put(out, WITH(WITH(s, CALLED, AFTER(called)), POINT(i), 0)); break;
    }
  }
  return out;
}

static int is_bad(state s) {
  int inside = 0;
  for (int i = 0; i < N; i++) inside += AT(s, POINT(i)) == 2;
  return inside > 1;
}
