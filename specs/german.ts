/**
 * German's cache coherence: a home node hands out one copy to write or many to read, and asks for them back by messages.
 * Nodes are alike: `--reduce symmetry`.
 * Source: the protocol of S. German (2000), as in Chou, Mannava and Park 2004, doi:10.1007/978-3-540-30494-4_27, with data.
 */

import {
  action, all, always, any, bool, choose, constant, each, forall, implies, model, names, not, oneOf, range, record, set, state, when,
} from 'modelcheck'

const datum = range(0, 1)
const permission = oneOf(['invalid', 'shared', 'exclusive'])
const request = oneOf(['none', 'share', 'own'])
const order = record({ kind: oneOf(['none', 'invalidate', 'share', 'own']), data: datum })
const reply = record({ isAcknowledgement: bool, data: datum })

const constants = { nodes: constant(range(2, 6), 3) }

/** A forgetful one gives up what it wrote without telling what that was. */
type Cache = 'honest' | 'forgetful'

const protocol = (kind: Cache, size: number) => {
  const nodes = names('n', size)
  const { cache, asks, orders, replies, mustInvalidate, sharers, isExclusive, current, asker, memory, latest } = state({
    cache: each(nodes, record({ may: permission, data: datum })).starts({ may: 'invalid', data: 0 }),
    asks: each(nodes, request).starts('none'),
    orders: each(nodes, order).starts({ kind: 'none', data: 0 }),
    replies: each(nodes, reply).starts({ isAcknowledgement: false, data: 0 }),
    mustInvalidate: each(nodes, bool).starts(false),
    sharers: each(nodes, bool).starts(false),
    isExclusive: bool.starts(false),
    /** What the home node is about, and for whom. */
    current: request.starts('none'),
    asker: oneOf(nodes).starts('n0'),
    memory: datum.starts(0),
    /** What was written last. */
    latest: datum.starts(0),
  })

  const noOrder = (n: string) => orders.at(n).kind.is('none')
  const grant = (n: string, kind: 'share' | 'own') => [
    set(orders.at(n), { kind, data: memory }),
    set(sharers.at(n), true),
    set(current, 'none'),
  ]
  const receive = (n: string, may: 'shared' | 'exclusive') => [
    set(cache.at(n), { may, data: orders.at(n).data }),
    set(orders.at(n), { kind: 'none', data: 0 }),
  ]

  const mayBoth = (n: string, other: string) =>
    n === other || implies(cache.at(n).may.is('exclusive'), cache.at(other).may.is('invalid'))

  return {
    interchangeable: [nodes],
    initially: choose('asker', nodes, (n) => set(asker, n)),
    actions: [
      action('write', { n: nodes, data: [0, 1] }, ({ n, data }) => ({
        when: cache.at(n).may.is('exclusive'),
        then: [set(cache.at(n).data, data), set(latest, data)],
      })),
      action('ask to share', { n: nodes }, ({ n }) => ({
        when: [asks.at(n).is('none'), cache.at(n).may.is('invalid')],
        then: set(asks.at(n), 'share'),
      })),
      action('ask to own', { n: nodes }, ({ n }) => ({
        when: [asks.at(n).is('none'), cache.at(n).may.isNot('exclusive')],
        then: set(asks.at(n), 'own'),
      })),
      action('take up', { n: nodes, what: ['share', 'own'] }, ({ n, what }) => ({
        when: [current.is('none'), asks.at(n).is(what)],
        then: [
          set(current, what),
          set(asker, n),
          set(asks.at(n), 'none'),
          nodes.map((other) => set(mustInvalidate.at(other), sharers.at(other))),
        ],
      })),
      action('order to invalidate', { n: nodes }, ({ n }) => ({
        when: [noOrder(n), mustInvalidate.at(n), any(current.is('own'), all(current.is('share'), isExclusive))],
        then: [set(orders.at(n).kind, 'invalidate'), set(mustInvalidate.at(n), false)],
      })),
      action('invalidate', { n: nodes }, ({ n }) => ({
        when: [orders.at(n).kind.is('invalidate'), not(replies.at(n).isAcknowledgement)],
        then: [
          set(orders.at(n).kind, 'none'),
          set(replies.at(n).isAcknowledgement, true),
          kind === 'honest' && when(cache.at(n).may.is('exclusive'), set(replies.at(n).data, cache.at(n).data)),
          set(cache.at(n).may, 'invalid'),
        ],
      })),
      action('hear of it', { n: nodes }, ({ n }) => ({
        when: [replies.at(n).isAcknowledgement, current.isNot('none')],
        then: [
          when(isExclusive, [set(isExclusive, false), set(memory, replies.at(n).data)]),
          set(replies.at(n), { isAcknowledgement: false, data: 0 }),
          set(sharers.at(n), false),
        ],
      })),
      action('let share', { n: nodes }, ({ n }) => ({
        when: [current.is('share'), asker.is(n), noOrder(n), not(isExclusive)],
        then: grant(n, 'share'),
      })),
      action('let own', { n: nodes }, ({ n }) => ({
        when: [current.is('own'), asker.is(n), noOrder(n), not(isExclusive), forall(nodes, (other) => not(sharers.at(other)))],
        then: [grant(n, 'own'), set(isExclusive, true)],
      })),
      action('share', { n: nodes }, ({ n }) => ({ when: orders.at(n).kind.is('share'), then: receive(n, 'shared') })),
      action('own', { n: nodes }, ({ n }) => ({ when: orders.at(n).kind.is('own'), then: receive(n, 'exclusive') })),
    ],
    properties: {
      'one writes, or others read': always(forall(nodes, (n) => forall(nodes, (other) => mayBoth(n, other)))),
      'memory is up to date while nobody may write': always(implies(not(isExclusive), memory.is(latest))),
      'what is read was written last': always(
        forall(nodes, (n) => implies(cache.at(n).may.isNot('invalid'), cache.at(n).data.is(latest))),
      ),
    },
  }
}

export const german = model('german', constants, ({ nodes }) => protocol('honest', nodes))

export const forgetful = model('german-forgetful', constants, ({ nodes }) => ({
  ...protocol('forgetful', nodes),
  expectViolated: ['memory is up to date while nobody may write', 'what is read was written last'],
}))
