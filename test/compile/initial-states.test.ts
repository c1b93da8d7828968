/**
 * Initial states of statements that follow from one another, in more ways than one kernel tells apart.
 */

import { expect, it } from 'vitest'
import {
  action,
  always,
  bool,
  choose,
  ifElse,
  model,
  range,
  sequenceOf,
  set,
  state,
  when,
} from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'
import { expectSameSearch } from '../support/search-agreement.ts'

it('runs each statement on what those before it led to', async () => {
  const chained = model('chained', () => {
    const { x, y, z } = state({ x: range(0, 9).starts(9), y: range(0, 9).starts(0), z: range(0, 30).starts(30) })
    const small = [0, 1, 2]
    return {
      initially: [
        choose('first', small, (n) => set(x, n)),
        set(y, x.plus(1)),
        choose('second', small, (n) => [when(y.gt(1), set(x, x.plus(n))), set(y, y.plus(n))]),
        choose('third', small, (n) => set(z, y.times(3).plus(n))),
        set(x, ifElse(z.gt(9), x, 0)),
        choose('fourth', small, (n) => set(y, ifElse(x.gt(n), n, y))),
      ],
      terminal: true,
      properties: { p: always(x.lt(4)) },
    }
  })
  const { initially } = buildModel(chained)
  expect(initially.length).toBe(6)

  const { nodes } = await expectSameSearch(buildModel(chained))
  expect(nodes.size).toBe(33)
})

it('does to all states what an independent statement changes', async () => {
  const starts = model('starts', () => {
    const { x, y, z, flag } = state({
      x: range(3, 9).starts(5),
      y: range(0, 70_000).starts(70_000),
      z: range(-4, 4).starts(-1),
      flag: bool.starts(true),
    })
    return {
      initially: [
        choose('y', [0, 7, 7, 70_000], (n) => set(y, n)),
        set(z, y.mod(5)),
        choose('x', [3, 9], (n) => [set(x, n), set(flag, n === 3)]),
      ],
      actions: action('step', {}, () => ({ when: x.lt(9), then: set(x, x.plus(1)) })),
      terminal: true,
      properties: { p: always(z.lt(2)), q: always(flag) },
    }
  })
  const { nodes } = await expectSameSearch(buildModel(starts))
  expect(nodes.size).toBe(24)
})

it('raises no error for a state that a condition keeps from being initial, whatever the model says of states', async () => {
  const filtered = model('filtered', () => {
    const { queue, size } = state({ queue: sequenceOf(range(0, 3), 2).starts([]), size: range(0, 2).starts(0) })
    return {
      initially: [
        choose('size', [0, 1, 2], (n) => set(size, n)),
        choose('start', ['any'], () => ({ given: size.gt(0), then: set(queue, [1]) })),
      ],
      terminal: queue.at(0).is(1),
      properties: { p: always(size.gt(0)) },
    }
  })

  const { nodes } = await expectSameSearch(buildModel(filtered))
  expect(nodes.size).toBe(2)
})
