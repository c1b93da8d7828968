/* Peterson's filter lock at the granularity of specs/filter-lock.ts, packed by hand. */
#include "search.h"
#ifndef N
#define N 5
#endif

/* Three bits each: level[i] at 3i, l[i] at 3(N+i), point[i] at 3(2N+i), victim[k] (k from 1) at 3(3N+k-1). */
#define AT(s, p) ((int)((s) >> 3 * (p) & 7))
#define WITH(s, p, v) (((s) & ~((state)7 << 3 * (p))) | (state)(v) << 3 * (p))
#define LEVEL(i) (i)
#define L(i) (N + (i))
#define POINT(i) (2 * N + (i))
#define VICTIM(k) (3 * N + (k) - 1)

static state *initials(state *out, uint64_t number) { return number == 0 ? put(out, 0) : out; }

static int may_pass(state s, int i, int l) {
  if (AT(s, VICTIM(l)) != i) return 1;
  for (int k = 0; k < N; k++)
    if (k != i && AT(s, LEVEL(k)) >= l) return 0;
  return 1;
}

static state *successors(state s, state *out) {
#pragma GCC unroll 8
  for (int i = 0; i < N; i++) {
    const int l = AT(s, L(i));
    switch (AT(s, POINT(i))) {
      case 0: out = put(out, WITH(WITH(s, L(i), 1), POINT(i), 1)); break;
      case 1: out = put(out, WITH(s, POINT(i), l < N ? 2 : 6)); break;
      case 2: out = put(out, WITH(WITH(s, LEVEL(i), l), POINT(i), 3)); break;
      case 3: out = put(out, WITH(WITH(s, VICTIM(l), i), POINT(i), 4)); break;
      case 4: if (may_pass(s, i, l)) out = put(out, WITH(s, POINT(i), 5)); break;
      case 5: out = put(out, WITH(WITH(s, L(i), l + 1), POINT(i), 1)); break;
      case 6: out = put(out, WITH(WITH(s, LEVEL(i), 0), POINT(i), 0)); break;
    }
  }
  return out;
}

static int is_bad(state s) {
  int inside = 0;
  for (int i = 0; i < N; i++) inside += AT(s, POINT(i)) == 6;
  return inside > 1;
}
