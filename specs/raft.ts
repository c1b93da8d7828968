/**
 * Raft: servers elect a leader for a numbered term, and through it agree on a log. Messages are sets that only grow: each may be received
 * at any time, in any order, any number of times, or never; so a server that is down is one that does nothing for a while.
 * Source: Ongaro and Ousterhout 2014, In Search of an Understandable Consensus Algorithm, figure 2. A leader sends any entry again, instead
 * of keeping account of what each server has.
 */

import {
  action, all, always, any, bool, choose, constant, count, each, exists, type Expr, forall, implies, model, names, not, oneOf, range,
  reachable, record, set, setOf, state, subsets, when,
} from 'modelcheck'

const constants = {
  servers: constant(range(2, 5), 3),
  terms: constant(range(1, 4), 2),
  /** How long a log may become. */
  entries: constant(range(1, 3), 1),
}

interface Design {
  readonly votesFor: 'whoever has as much' | 'anybody'
  /** Once, a server may restart and forget whom it has voted for. */
  readonly forgets: boolean
}
const published: Design = { votesFor: 'whoever has as much', forgets: false }

const protocol = (design: Design, size: { readonly [name in keyof typeof constants]: number }) => {
  const ids = names('s', size.servers)
  const indices = Array.from({ length: size.entries }, (_, i) => i + 1)
  /** Who makes a majority together with this server. */
  const supporters = (id: string) =>
    subsets(ids.filter((other) => other !== id)).filter((some) => some.length === Math.floor(size.servers / 2))

  const [server, term, noneOrTerm] = [oneOf(ids), range(1, size.terms), range(0, size.terms)]
  const [index, length] = [range(1, size.entries), range(0, size.entries)]
  const { role, current, votedFor, log, committed, hasRestarted, ask, vote, append, accept } = state({
    role: each(ids, oneOf(['follower', 'candidate', 'leader'])).starts('follower'),
    current: each(ids, noneOrTerm).starts(0),
    votedFor: each(ids, oneOf(['nobody', ...ids])).starts('nobody'),
    /** The term of each entry, which tells it from all others in its place; 0 where there is none. */
    log: each(ids, each(size.entries, noneOrTerm)).starts(0),
    committed: each(ids, length).starts(0),
    hasRestarted: bool.starts(false),
    ask: setOf(record({ from: server, term, last: noneOrTerm, length })).starts([]),
    // Servers that have no term yet are asked about too.
    vote: setOf(record({ from: server, to: server, term: noneOrTerm })).starts([]),
    append: setOf(record({ from: server, term, index, previous: noneOrTerm, entry: term, committed: length })).starts([]),
    accept: setOf(record({ from: server, to: server, term: noneOrTerm, index })).starts([]),
  })
  /** The entry with this index; indices begin with 1. */
  const entry = (id: string, i: number) => log.at(id).at(i - 1)
  const lengthOf = (id: string) => count(indices, (i) => entry(id, i).isNot(0))
  const lastTerm = (id: string) => indices.reduce<Expr<number>>((last, i) => last.max(entry(id, i)), entry(id, 1))

  const timesOut = action('times out', { id: ids }, ({ id }) => ({
    lane: id,
    when: [role.at(id).isNot('leader'), current.at(id).lt(size.terms)],
    then: [
      set(role.at(id), 'candidate'),
      set(current.at(id), current.at(id).plus(1)),
      set(votedFor.at(id), id),
      set(ask, ask.with({ from: id, term: current.at(id), last: lastTerm(id), length: lengthOf(id) })),
    ],
  }))
  const hearsOf = action('hears of a later term', { id: ids, later: term }, ({ id, later }) => ({
    lane: id,
    when: [current.at(id).lt(later), exists(ask, (m) => m.term === later)],
    then: [set(current.at(id), later), set(role.at(id), 'follower'), set(votedFor.at(id), 'nobody')],
  }))
  const votes = action('votes', { id: ids }, ({ id }) => ({
    lane: id,
    then: choose('for', ask, (m) => ({
      given: all(
        m.from !== id,
        current.at(id).is(m.term),
        any(votedFor.at(id).is('nobody'), votedFor.at(id).is(m.from)),
        any(
          design.votesFor === 'anybody',
          lastTerm(id).lt(m.last),
          all(lastTerm(id).is(m.last), lengthOf(id).le(m.length)),
        ),
      ),
      then: [set(votedFor.at(id), m.from), set(vote, vote.with({ from: id, to: m.from, term: m.term }))],
    })),
  }))
  const leads = action('becomes leader', { id: ids }, ({ id }) => ({
    lane: id,
    when: {
      'it asks to be': role.at(id).is('candidate'),
      'a majority is for it': exists(supporters(id), (some) =>
        forall(some, (from) => vote.has({ from, to: id, term: current.at(id) }))),
    },
    then: set(role.at(id), 'leader'),
  }))
  const takesEntry = action('takes an entry', { id: ids, i: indices }, ({ id, i }) => ({
    lane: id,
    when: [role.at(id).is('leader'), lengthOf(id).is(i - 1)],
    then: set(entry(id, i), current.at(id)),
  }))
  const sends = action('sends an entry', { id: ids, i: indices }, ({ id, i }) => ({
    lane: id,
    when: [role.at(id).is('leader'), entry(id, i).isNot(0)],
    then: set(append, append.with({
      from: id, term: current.at(id), index: i, previous: i === 1 ? 0 : entry(id, i - 1), entry: entry(id, i),
      committed: committed.at(id),
    })),
  }))
  const accepts = action('accepts an entry', { id: ids }, ({ id }) => ({
    lane: id,
    then: choose('message', append, (m) => ({
      given: all(
        m.from !== id,
        current.at(id).is(m.term),
        m.index === 1 ? m.previous === 0 : entry(id, m.index - 1).is(m.previous),
      ),
      then: [
        set(role.at(id), 'follower'),
        when(entry(id, m.index).isNot(m.entry), [
          set(entry(id, m.index), m.entry),
          indices.filter((i) => i > m.index).map((i) => set(entry(id, i), 0)),
        ]),
        set(committed.at(id), committed.at(id).max(Math.min(m.committed, m.index))),
        set(accept, accept.with({ from: id, to: m.from, term: m.term, index: m.index })),
      ],
    })),
  }))
  const commits = action('commits', { id: ids, i: indices }, ({ id, i }) => ({
    lane: id,
    when: {
      'it leads': role.at(id).is('leader'),
      'the entry is of its own term': entry(id, i).is(current.at(id)),
      'it is new': committed.at(id).lt(i),
      'a majority has it': exists(supporters(id), (some) =>
        forall(some, (from) => accept.has({ from, to: id, term: current.at(id), index: i }))),
    },
    then: set(committed.at(id), i),
  }))
  const forgets = action('forgets its vote', { id: ids }, ({ id }) => ({
    lane: id,
    when: [role.at(id).is('follower'), not(hasRestarted)],
    then: [set(votedFor.at(id), 'nobody'), set(hasRestarted, true)],
  }))

  const everyPair = (claim: (a: string, b: string) => Expr<boolean>) =>
    always(forall(ids, (a) => forall(ids, (b) => any(a === b, claim(a, b)))))
  return {
    actions: [timesOut, hearsOf, votes, leads, takesEntry, sends, accepts, commits, ...(design.forgets ? [forgets] : [])],
    terminal: true,
    interchangeable: [ids],
    properties: {
      'one leader in a term': everyPair((a, b) =>
        implies(all(role.at(a).is('leader'), role.at(b).is('leader')), current.at(a).isNot(current.at(b)))),
      'logs that share an entry share all before': everyPair((a, b) =>
        forall(indices, (i) => implies(
          all(entry(a, i).isNot(0), entry(a, i).is(entry(b, i))),
          forall(i - 1, (before) => entry(a, before + 1).is(entry(b, before + 1))),
        ))),
      'what is committed is the same everywhere': everyPair((a, b) =>
        forall(indices, (i) => implies(all(committed.at(a).ge(i), committed.at(b).ge(i)), entry(a, i).is(entry(b, i))))),
      'all can commit': reachable(forall(ids, (id) => committed.at(id).is(size.entries))),
      'a leader can be replaced': reachable(
        exists(ids, (a) => exists(ids, (b) => all(role.at(a).is('leader'), role.at(b).is('leader'), a !== b))),
      ),
    },
  }
}

export const raft = model('raft', constants, (size) => protocol(published, size))

/** The vote has to be on disk: who forgets it in a restart votes twice. */
export const forgetful = model('raft-forgets-its-vote', constants, (size) => ({
  ...protocol({ ...published, forgets: true }, size),
  expectViolated: ['one leader in a term'],
}))

/** Who is voted for without a look at its log may overwrite what is committed. */
export const uncritical = model('raft-votes-for-anybody', constants, (size) => ({
  ...protocol({ ...published, votesFor: 'anybody' }, size),
  expectViolated: ['what is committed is the same everywhere'],
}))
