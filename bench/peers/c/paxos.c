/* Single-decree Paxos at the granularity of specs/paxos.ts, packed by hand: three acceptors, two values, up to four ballots. */
#include "search.h"
#ifndef N
#define N 3
#endif

/*
 * What an acceptor promised last (1 + ballot, or 0) in three bits each; what it promised in a ballot: 0 not sent, 1 before any vote, or
 * 2 + the ballot of its last vote, which is an earlier one, in as many bits as that takes; the proposal of each ballot (0, or 1 + value)
 * in two bits; a bit for each ballot that is prepared, and one for each acceptor and ballot that is accepted. The last vote of an
 * acceptor is the latest that is accepted, its value the one proposed in that ballot.
 */
enum { promised_bits = 3, promise_at = 9, proposal_at = 33, prepare_at = 41, accepted_at = 45 };
static const int promise_offset[] = {0, 1, 3, 5}, promise_mask[] = {1, 3, 3, 7};
#define PROMISED(s, a) ((int)((s) >> promised_bits * (a) & 7))
#define PROMISE_SHIFT(a, b) (promise_at + 8 * (a) + promise_offset[b])
#define PROMISE(s, a, b) ((int)((s) >> PROMISE_SHIFT(a, b)) & promise_mask[b])
#define PROPOSAL(s, b) ((int)((s) >> (proposal_at + 2 * (b)) & 3))
#define PROPOSE(b, v) ((state)((v) + 1) << (proposal_at + 2 * (b)))
#define PREPARE(b) ((state)1 << (prepare_at + (b)))
#define ACCEPTED(a, b) ((state)1 << (accepted_at + 4 * (a) + (b)))

static state *initials(state *out, uint64_t number) { return number == 0 ? put(out, 0) : out; }

static state with_promised(state s, int a, int b) {
  return (s & ~((state)7 << promised_bits * a)) | (state)(b + 1) << promised_bits * a;
}

/* 1 + the ballot of the last vote, or 0. */
static int last_vote(state s, int a) {
  const unsigned accepted = s >> (accepted_at + 4 * a) & 15;
  return accepted == 0 ? 0 : 32 - __builtin_clz(accepted);
}

static int later(state s, int p, int q, int v) { return p >= 2 && PROPOSAL(s, p - 2) == v + 1 && q <= p; }

static int lets(state s, int p, int q, int v) {
  return p != 0 && q != 0 && ((p == 1 && q == 1) || later(s, p, q, v) || later(s, q, p, v));
}

static state *successors(state s, state *out) {
#pragma GCC unroll 4
  for (int b = 0; b < N; b++) {
    out = put(out, s | PREPARE(b));
    const int proposal = PROPOSAL(s, b);
    if (proposal == 0) {
      const int p = PROMISE(s, 0, b), q = PROMISE(s, 1, b), r = PROMISE(s, 2, b);
      for (int v = 0; v < 2; v++)
        if (lets(s, p, q, v) || lets(s, p, r, v) || lets(s, q, r, v)) out = put(out, s | PROPOSE(b, v));
    }
    for (int a = 0; a < 3; a++) {
      const int promised = PROMISED(s, a);
      if ((s & PREPARE(b)) && promised < b + 1)
        out = put(out, with_promised(s, a, b) | (state)(1 + last_vote(s, a)) << PROMISE_SHIFT(a, b));
      if (proposal != 0 && promised <= b + 1) out = put(out, with_promised(s, a, b) | ACCEPTED(a, b));
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
