/* Termination detection in a ring, EWD 840, at the granularity of specs/ewd840.ts, packed by hand. */
#include "search.h"
#ifndef N
#define N 8
#endif

/* Bits: node i is active at i; node i is black at N+i; the token is black at 2N; its position from 2N+1 on. */
#define BIT(p) ((state)1 << (p))
#define ACTIVE(i) BIT(i)
#define BLACK(i) BIT(N + (i))
#define TOKEN_BLACK BIT(2 * N)
#define POSITION(s) ((int)((s) >> (2 * N + 1)))
#define WITH_POSITION(s, p) (((s) & (BIT(2 * N + 1) - 1)) | (state)(p) << (2 * N + 1))

static state *initials(state *out, uint64_t number) {
  if (number >> 2 * N >= N) return out;
  return put(out, (number & (BIT(2 * N) - 1)) | TOKEN_BLACK | number >> 2 * N << (2 * N + 1));
}

static state *successors(state s, state *out) {
  const int at = POSITION(s);
  if (at == 0 && (s & (TOKEN_BLACK | BLACK(0)))) out = put(out, WITH_POSITION(s & ~(TOKEN_BLACK | BLACK(0)), N - 1));
  if (at != 0 && (!(s & ACTIVE(at)) || (s & (BLACK(at) | TOKEN_BLACK)))) {
    const state token = s & BLACK(at) ? TOKEN_BLACK : 0;
    out = put(out, WITH_POSITION((s | token) & ~BLACK(at), at - 1));
  }
  for (int i = 0; i < N; i++) {
    if (!(s & ACTIVE(i))) continue;
    for (int j = 0; j < N; j++)
      if (j != i) out = put(out, s | ACTIVE(j) | (j > i ? BLACK(i) : 0));
    out = put(out, s & ~ACTIVE(i));
  }
  return out;
}

/* Termination is announced while somebody works. */
static int is_bad(state s) {
  const int announced = POSITION(s) == 0 && !(s & (TOKEN_BLACK | BLACK(0) | ACTIVE(0)));
  return announced && (s & (BIT(N) - 1)) != 0;
}
