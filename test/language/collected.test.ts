/**
 * Sets and sequences written as lists of expressions.
 */

import { describe, expect, it } from 'vitest'
import {
  action,
  all,
  always,
  any,
  each,
  ifElse,
  model,
  never,
  oneOf,
  range,
  reachable,
  record,
  refines,
  sequenceOf,
  set,
  setOf,
  state,
} from '../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../support/build.ts'

const queue = sequenceOf(range(0, 3), 2)

/** Its queue, as a single variable. */
const abstract = model('abstract', () => {
  const { q } = state({ q: queue.starts([]) })
  return { actions: action('put', { n: 4 }, ({ n }) => ({ then: set(q, [n, n]) })) }
})

const lists = model('lists', () => {
  const { n, q, pairs, isFull } = state({
    n: range(0, 3).starts(0),
    q: queue.starts([]),
    pairs: setOf(record({ of: range(0, 3), side: oneOf(['left', 'right']) })).starts([]),
    isFull: range(0, 1).starts(0),
  })
  return {
    actions: [
      action('up', {}, () => ({ when: n.lt(3), then: set(n, n.plus(1)) })),
      action('put', {}, () => ({
        when: n.is(2),
        then: [
          set(q, [n, n.minus(1)]),
          set(pairs, [
            { of: n, side: 'left' },
            { of: n.minus(1), side: 'right' },
            { of: n, side: 'left' },
          ]),
          set(isFull, 1),
        ],
      })),
    ],
    terminal: true,
    properties: {
      'in order': reachable(q.is([2, 1])),
      'an expression inside a comparison': always(all(q.isNot([n, n, n].slice(1)))),
      'without repeats': reachable(
        pairs.is([
          { of: 1, side: 'right' },
          { of: 2, side: 'left' },
        ]),
      ),
      'no third member': never(pairs.size.gt(2)),
      'in a choice between lists': reachable(q.is(ifElse(isFull.is(1), [n, 1], []))),
      'in a choice in a choice': never(
        all(isFull.is(1), pairs.is(ifElse(n.is(2), ifElse(isFull.is(0), [], [{ of: n, side: 'left' }]), []))),
      ),
      'in a choice': always(ifElse(isFull.is(1), q, [n, n.max(0)]).length.is(2)),
      'in a mapping': refines(abstract, { q: ifElse(isFull.is(1), [n, n], q) }),
    },
  }
})

describe('lists of expressions', () => {
  it('are sets and sequences of their values', async () => {
    expect(verdictsOf(await checkSpec(lists))).toEqual({
      'in order': 'reached',
      'an expression inside a comparison': 'holds',
      'without repeats': 'reached',
      'no third member': 'holds',
      'in a choice between lists': 'reached',
      'in a choice in a choice': 'holds',
      'in a choice': 'holds',
      'in a mapping': 'holds',
    })
  })

  it('of too many elements are model errors, as what is appended is', async () => {
    const full = model('full', () => {
      const { n, q } = state({ n: range(0, 3).starts(0), q: queue.starts([]) })
      return { actions: action('put', {}, () => ({ then: set(q, [n, n, n]) })), terminal: true }
    })

    expect(verdictsOf(await checkSpec(full))).toEqual({ 'model error': 'violated' })
  })
})

it('means the same set whatever the order of its members, inside of plain records and arrays too', async () => {
  const cpus = ['p0', 'p1', 'p2'] as const
  const some = setOf(oneOf(cpus))
  const inside = model('inside', () => {
    const { waiting, groups, done } = state({
      waiting: record({ who: some, level: range(0, 1) }).starts({ who: ['p1', 'p0'], level: 0 }),
      groups: each(2, some).starts([['p2', 'p0', 'p2'], []]),
      done: range(0, 1).starts(0),
    })
    return {
      actions: action('go', {}, () => ({
        then: [set(waiting, { level: 1, who: ['p2', 'p0', 'p2'] }), set(groups, [[], ['p1', 'p0']]), set(done, 1)],
      })),
      properties: {
        began: reachable(all(waiting.is({ who: ['p0', 'p1'], level: 0 }), groups.is([['p0', 'p2'], []]))),
        'a record': always(any(done.is(0), waiting.is({ who: ['p0', 'p2'], level: 1 }))),
        'an array': always(any(done.is(0), groups.is([[], ['p0', 'p1', 'p0']]))),
        ends: reachable(all(waiting.is({ who: ['p2', 'p0'], level: 1 }), groups.is([[], ['p1', 'p0']]))),
      },
    }
  })

  const verdicts = Object.values(verdictsOf(await checkSpec(inside)))
  expect(verdicts).toEqual(['reached', 'holds', 'holds', 'reached', 'holds'])
})
