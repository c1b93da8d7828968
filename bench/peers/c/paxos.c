/* Single-decree Paxos at the granularity of specs/paxos.ts, packed by hand: three acceptors, two values, up to three ballots. */
#include "search.h"
#ifndef N
#define N 3
#endif

/*
 * A vote is 0 for none, or 1 + 2 * ballot + value. Three bits each: promised[a] (1 + ballot) at 3a, vote[a] at 3(3+a),
 * what a promised in b (0 not sent, or 1 + vote) at 3(6+aN+b). From there on the proposal of b (0, or 1 + value) in two bits,
 * then a bit for each ballot that is prepared, and one for each acceptor and ballot that is accepted.
 */
#define AT(s, p) ((int)((s) >> 3 * (p) & 7))
#define WITH(s, p, v) (((s) & ~((state)7 << 3 * (p))) | (state)(v) << 3 * (p))
#define PROMISED(a) (a)
#define VOTE(a) (3 + (a))
#define PROMISE(a, b) (6 + (a) * N + (b))
#define BASE (3 * (6 + 3 * N))
#define PROPOSAL(s, b) ((int)((s) >> (BASE + 2 * (b)) & 3))
#define PROPOSE(b, v) ((state)((v) + 1) << (BASE + 2 * (b)))
#define PREPARE(b) ((state)1 << (BASE + 2 * N + (b)))
#define ACCEPTED(a, b) ((state)1 << (BASE + 3 * N + (a) * N + (b)))

static state *initials(state *out, uint64_t number) { return number == 0 ? put(out, 0) : out; }

static int later(int p, int q, int v) { return p >= 2 && p % 2 == v && q / 2 <= p / 2; }

static int lets(int p, int q, int v) {
  return p != 0 && q != 0 && ((p == 1 && q == 1) || later(p, q, v) || later(q, p, v));
}

static state *successors(state s, state *out) {
#pragma GCC unroll 4
  for (int b = 0; b < N; b++) {
    out = put(out, s | PREPARE(b));
    const int proposal = PROPOSAL(s, b);
    if (proposal == 0) {
      const int p = AT(s, PROMISE(0, b)), q = AT(s, PROMISE(1, b)), r = AT(s, PROMISE(2, b));
      for (int v = 0; v < 2; v++)
        if (lets(p, q, v) || lets(p, r, v) || lets(q, r, v)) out = put(out, s | PROPOSE(b, v));
    }
    for (int a = 0; a < 3; a++) {
      const int promised = AT(s, PROMISED(a));
      if ((s & PREPARE(b)) && promised < b + 1)
        out = put(out, WITH(WITH(s, PROMISED(a), b + 1), PROMISE(a, b), 1 + AT(s, VOTE(a))));
      if (proposal != 0 && promised <= b + 1)
        out = put(out, WITH(WITH(s, PROMISED(a), b + 1), VOTE(a), 2 * b + proposal) | ACCEPTED(a, b));
    }
  }
  return out;
}

static int is_bad(state s) {
  int chosen = 0;
  for (int b = 0; b < N; b++) {
    int votes = 0;
    for (int a = 0; a < 3; a++) votes += (s & ACCEPTED(a, b)) != 0;
    if (votes >= 2) chosen |= PROPOSAL(s, b);
  }
  return chosen == 3;
}
