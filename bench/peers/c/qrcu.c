/* QRCU at the granularity of specs/qrcu.ts, packed by hand: up to four readers, two updaters. */
#include "search.h"
#ifndef N
#define N 3
#endif

/*
 * Bits: index 0, mutex 1, counters at 2 and 5, who reads from 8. Reader r at 12 + 4r: its index, then its point.
 * Updater u at 12 + 4N + 13u: whom it saw (4), the sum (4), the counter it has not read (1), its point (4).
 */
#define FIELD(s, p, width) ((int)((s) >> (p) & ((1 << (width)) - 1)))
#define SET(s, p, width, v) (((s) & ~((state)((1 << (width)) - 1) << (p))) | (state)(v) << (p))
#define COUNTER(side) (2 + 3 * (side))
#define ADD(s, side, by) SET(s, COUNTER(side), 3, FIELD(s, COUNTER(side), 3) + (by))
#define READING(r) ((state)1 << (8 + (r)))
#define MINE(r) (12 + 4 * (r))
#define AT_READER(r) (MINE(r) + 1)
#define SEEN(u) (12 + 4 * N + 13 * (u))
#define SUM(u) (SEEN(u) + 4)
#define UNREAD(u) (SEEN(u) + 8)
#define AT_UPDATER(u) (SEEN(u) + 9)
#define GO(s, p) SET(s, AT_UPDATER(u), 4, p)

static state *initials(state *out, uint64_t number) { return number == 0 ? put(out, (state)1 << COUNTER(0)) : out; }

static state *read_on(state s, int r, state *out) {
  const int mine = FIELD(s, MINE(r), 1), count = FIELD(s, COUNTER(mine), 3);
#define GO_READER(s, p) SET(s, AT_READER(r), 3, p)
  switch (FIELD(s, AT_READER(r), 3)) {
    case 0: return put(out, GO_READER(SET(s, MINE(r), 1, FIELD(s, 0, 1)), 1));
    case 1: return put(out, count > 0 ? GO_READER(ADD(s, mine, 1), 2) : GO_READER(s, 0));
    case 2: return put(out, GO_READER(s | READING(r), 3));
    case 3: return put(out, GO_READER(s & ~READING(r), 4));
    case 4: return put(out, GO_READER(ADD(s, mine, -1), 5));
  }
  return out;
}

static state *sum_one(state s, int u, state *out, int next) {
  for (int side = 0; side < 2; side++)
    out = put(out, GO(SET(SET(s, SUM(u), 4, FIELD(s, COUNTER(side), 3)), UNREAD(u), 1, 1 - side), next));
  return out;
}

static state *update_on(state s, int u, state *out) {
  const int index = FIELD(s, 0, 1), sum = FIELD(s, SUM(u), 4), point = FIELD(s, AT_UPDATER(u), 4);
  switch (point) {
    case 0: return put(out, GO(SET(s, SEEN(u), 4, FIELD(s, 8, 4)), 1));
    case 1: case 4: return sum_one(s, u, out, point + 1);
    case 2: case 5: return put(out, GO(SET(s, SUM(u), 4, sum + FIELD(s, COUNTER(FIELD(s, UNREAD(u), 1)), 3)), point + 1));
    case 3: return put(out, GO(s, sum <= 1 ? 4 : 6));
    case 6: return put(out, GO(s, sum > 1 ? 7 : 13));
    case 7: return FIELD(s, 1, 1) ? out : put(out, GO(SET(s, 1, 1, 1), 8));
    case 8: return put(out, GO(ADD(s, 1 - index, 1), 9));
    case 9: return put(out, GO(SET(s, 0, 1, 1 - index), 10));
    case 10: return put(out, GO(ADD(s, 1 - index, -1), 11));
    case 11: return FIELD(s, COUNTER(1 - index), 3) != 0 ? out : put(out, GO(s, 12));
    case 12: return put(out, GO(SET(s, 1, 1, 0), 13));
    case 13: return put(out, GO(s, 14));
  }
  return out;
}

static state *successors(state s, state *out) {
  for (int r = 0; r < N; r++) out = read_on(s, r, out);
  for (int u = 0; u < 2; u++) out = update_on(s, u, out);
  return out;
}

/* An updater frees what a reader still reads. */
static int is_bad(state s) {
  int bad = 0;
  for (int u = 0; u < 2; u++) bad |= FIELD(s, AT_UPDATER(u), 4) == 13 && (FIELD(s, SEEN(u), 4) & FIELD(s, 8, 4)) != 0;
  return bad;
}
