/*
 * Single-decree Paxos at the granularity of specs/paxos.ts: three acceptors, two values, N ballots.
 * A vote is 0 for none, or 1 + 2 * ballot + value. An acceptor promises once in a ballot, so its message is an array element.
 */
#ifndef N
#define N 2
#endif
#define BIT(i) (1 << (i))

byte promised[3];       /* 1 + ballot */
byte vote[3];
byte prepare;           /* a bit for each ballot */
byte promise[3 * N];    /* by acceptor and ballot: 0 not sent, or 1 + vote */
byte proposed[N];       /* 0 nothing, or 1 + value */
short accepted;         /* a bit for each acceptor and ballot */

#define PREPARE(b) :: d_step { true -> prepare = prepare | BIT(b) }
#define PROMISE(a, b) \
  :: d_step { (prepare & BIT(b)) != 0 && promised[a] < b + 1 -> promised[a] = b + 1; promise[a * N + b] = 1 + vote[a] }
#define ACCEPT(a, b) \
  :: d_step { proposed[b] != 0 && promised[a] <= b + 1 -> \
       promised[a] = b + 1; vote[a] = 2 * b + proposed[b]; accepted = accepted | BIT(a * N + b) }

/* Of two promises p and q: nobody had voted, or the later vote was for v. */
#define LATER(p, q, v) (p >= 2 && p % 2 == v && q / 2 <= p / 2)
#define SAFE(p, q, v) (p != 0 && q != 0 && ((p == 1 && q == 1) || LATER(p, q, v) || LATER(q, p, v)))
#define QUORUM(a, c, b, v) SAFE(promise[a * N + b], promise[c * N + b], v)
#define PROPOSE(b, v) \
  :: d_step { proposed[b] == 0 && (QUORUM(0, 1, b, v) || QUORUM(0, 2, b, v) || QUORUM(1, 2, b, v)) -> proposed[b] = 1 + v }

#define BALLOT(b) \
  PREPARE(b) PROMISE(0, b) PROMISE(1, b) PROMISE(2, b) PROPOSE(b, 0) PROPOSE(b, 1) ACCEPT(0, b) ACCEPT(1, b) ACCEPT(2, b)

active proctype system()
{
  do
  BALLOT(0)
  BALLOT(1)
#if N > 2
  BALLOT(2)
#endif
#if N > 3
  BALLOT(3)
#endif
  od
}

#define HAS(a, b) ((accepted >> (a * N + b)) & 1)
#define CHOSEN(b, v) (proposed[b] == 1 + v && HAS(0, b) + HAS(1, b) + HAS(2, b) >= 2)
#if N == 2
#define ANY_CHOSEN(v) (CHOSEN(0, v) || CHOSEN(1, v))
#elif N == 3
#define ANY_CHOSEN(v) (CHOSEN(0, v) || CHOSEN(1, v) || CHOSEN(2, v))
#else
#define ANY_CHOSEN(v) (CHOSEN(0, v) || CHOSEN(1, v) || CHOSEN(2, v) || CHOSEN(3, v))
#endif

active proctype monitor()
{
end:
  d_step { ANY_CHOSEN(0) && ANY_CHOSEN(1) -> assert(false) }
}
