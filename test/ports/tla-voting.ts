/**
 * The voting algorithm that Paxos implements: an acceptor votes in a ballot only for what a quorum shows to be safe.
 * Source: TLA+ examples, Paxos (MCVoting without symmetry: 3 acceptors, 2 values, 2 ballots).
 * TLC generates a state for each quorum that shows it.
 */

import {
  action, all, always, constant, count, each, exists, forall, model, names, not, range, record, oneOf, set, setOf, state,
  subsets,
} from 'modelcheck'

export const voting = model('tla-voting', { ballots: constant(range(1, 3), 2) }, ({ ballots: n }) => {
  const acceptors = names('a', 3)
  const values = names('v', 2)
  const quorums = subsets(acceptors).filter((some) => some.length === 2)
  const { votes, promised } = state({
    votes: each(acceptors, setOf(record({ ballot: range(0, n - 1), value: oneOf(values) }))).starts([]),
    promised: each(acceptors, range(-1, n - 1)).starts(-1),
  })

  const between = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
  const voted = (a: string, ballot: number, value: string) => votes.at(a).has({ ballot, value })
  /** Nobody of the quorum can vote below ballot b any more, and the latest vote among them, if any, was for the value. */
  const showsSafe = (quorum: readonly string[], b: number, value: string) => all(
    forall(quorum, (a) => promised.at(a).ge(b)),
    exists(between(-1, b), (c) => all(
      c === -1 || exists(quorum, (a) => voted(a, c, value)),
      forall(between(c + 1, b), (d) => forall(quorum, (a) => forall(values, (v) => not(voted(a, d, v))))),
    )),
  )

  const promise = action('promise', { a: acceptors, b: n }, ({ a, b }) => ({
    lane: a,
    when: promised.at(a).lt(b),
    then: set(promised.at(a), b),
  }))
  const vote = action('vote', { a: acceptors, b: n, value: values }, ({ a, b, value }) => ({
    lane: a,
    when: {
      'no later promise': promised.at(a).le(b),
      'first vote in the ballot': forall(votes.at(a), (one) => one.ballot !== b),
      'like the others': forall(acceptors, (other) =>
        other === a || forall(votes.at(other), (one) => one.ballot !== b || one.value === value)),
      'shown to be safe': exists(quorums, (quorum) => showsSafe(quorum, b, value)),
    },
    then: [set(votes.at(a), votes.at(a).with({ ballot: b, value })), set(promised.at(a), b)],
  }))

  const isChosen = (value: string) => exists(n, (b) => count(acceptors, (a) => voted(a, b, value)).ge(2))
  return {
    actions: [promise, vote],
    interchangeable: [acceptors, values],
    terminal: true,
    properties: { 'at most one value is chosen': always(count(values, isChosen).le(1)) },
  }
})
