/**
 * Single-decree Paxos: acceptors vote in numbered ballots, and any majority that agrees has chosen a value for good.
 * Messages are sets that only grow: each may be received at any time, in any order, any number of times, or never.
 * Source: Lamport 2001, Paxos Made Simple; one action for each phase and role.
 */

import {
  action, all, always, any, choose, constant, count, each, exists, forall, model, names, oneOf, range, reachable, record, set,
  setOf, state, subsets,
} from 'modelcheck'

const constants = {
  acceptors: constant(range(1, 5), 3),
  values: constant(range(1, 3), 2),
  ballots: constant(range(1, 4), 2),
}

export const paxos = model('paxos', constants, (size) => {
  const acceptors = names('a', size.acceptors)
  const values = names('v', size.values)
  const majority = Math.floor(size.acceptors / 2) + 1
  const quorums = subsets(acceptors).filter((some) => some.length === majority)

  const acceptor = oneOf(acceptors)
  const ballot = range(0, size.ballots - 1)
  /** A vote that may not have been cast yet: then it is in ballot -1. */
  const vote = { voted: range(-1, size.ballots - 1), for: oneOf([...values, 'nothing']) }
  const { promised, last, prepare, promise, propose, accepted } = state({
    promised: each(acceptors, range(-1, size.ballots - 1)).starts(-1),
    last: each(acceptors, record(vote)).starts({ voted: -1, for: 'nothing' }),
    prepare: setOf(ballot).starts([]),
    promise: setOf(record({ from: acceptor, ballot, ...vote })).starts([]),
    propose: setOf(record({ ballot, value: oneOf(values) })).starts([]),
    accepted: setOf(record({ from: acceptor, ballot, value: oneOf(values) })).starts([]),
  })

  const heard = (from: string, b: number) => exists(promise, (m) => m.from === from && m.ballot === b)
  /** Nobody in the quorum had voted, or the latest vote among them was for this value. */
  const isSafe = (quorum: readonly string[], b: number, value: string) => {
    const counts = (m: { readonly from: string; readonly ballot: number }) => m.ballot === b && quorum.includes(m.from)
    return any(
      forall(promise, (m) => !counts(m) || m.voted === -1),
      exists(promise, (m) =>
        counts(m) && m.for === value && forall(promise, (other) => !counts(other) || other.voted <= m.voted)),
    )
  }

  const phase1a = action('prepare', { ballot }, ({ ballot: b }) => ({ then: set(prepare, prepare.with(b)) }))
  const phase1b = action('promise', { acceptor: acceptors }, ({ acceptor: a }) => ({
    lane: a,
    then: choose('ballot', prepare, (b) => ({
      given: promised.at(a).lt(b),
      then: [
        set(promised.at(a), b),
        set(promise, promise.with({ from: a, ballot: b, voted: last.at(a).voted, for: last.at(a).for })),
      ],
    })),
  }))
  const phase2a = action('propose', { ballot, value: values }, ({ ballot: b, value }) => ({
    when: {
      'nothing is proposed yet': forall(propose, (m) => m.ballot !== b),
      'a quorum lets it': exists(quorums, (quorum) =>
        all(forall(quorum, (from) => heard(from, b)), isSafe(quorum, b, value))),
    },
    then: set(propose, propose.with({ ballot: b, value })),
  }))
  const phase2b = action('accept', { acceptor: acceptors }, ({ acceptor: a }) => ({
    lane: a,
    then: choose('proposal', propose, ({ ballot: b, value }) => ({
      given: promised.at(a).le(b),
      then: [
        set(promised.at(a), b),
        set(last.at(a), { voted: b, for: value }),
        set(accepted, accepted.with({ from: a, ballot: b, value })),
      ],
    })),
  }))

  const isChosen = (value: string) =>
    exists(ballot, (b) => count(acceptors, (from) => accepted.has({ from, ballot: b, value })).ge(majority))
  return {
    actions: [phase1a, phase1b, phase2a, phase2b],
    interchangeable: [acceptors, values],
    properties: {
      'at most one value is chosen': always(count(values, isChosen).le(1)),
      'one proposal in a ballot': always(
        forall(propose, (m) => forall(propose, (other) => m.ballot !== other.ballot || m.value === other.value)),
      ),
      'an acceptor keeps its promises': always(forall(accepted, (m) => promised.at(m.from).ge(m.ballot))),
      'a value can be chosen': reachable(exists(values, isChosen)),
    },
  }
})
