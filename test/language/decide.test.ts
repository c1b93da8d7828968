/**
 * `decide`: a way is chosen without a step of its own.
 */

import { expect, it } from 'vitest'
import {
  bool,
  branch,
  decide,
  model,
  never,
  range,
  reachable,
  set,
  state,
  step,
  threads,
} from '../../src/language/index.ts'
import { checkSpec, countsOf, verdictsOf } from '../support/build.ts'

/** A thread that goes left or right by a variable that somebody set before. */
const fork = (isLeft: boolean, choose: typeof decide | typeof branch) =>
  model('fork', () => {
    const { left, end } = state({ left: bool.starts(isLeft), end: range(0, 2).starts(0) })
    const lines =
      choose === branch
        ? branch('test', left, step('left', set(end, 1)), step('right', set(end, 2)))
        : decide(left, step('left', set(end, 1)), step('right', set(end, 2)))
    const { t } = threads(['t'], {}, () => [lines, step('after')])
    return {
      threads: t,
      properties: {
        'goes left': reachable(end.is(1)),
        'goes right': reachable(end.is(2)),
      },
    }
  })

it.each([
  { isLeft: true, left: 'reached', right: 'unreachable' },
  { isLeft: false, left: 'unreachable', right: 'reached' },
])('takes the way that the condition says: left is $isLeft', async ({ isLeft, left, right }) => {
  const verdicts = verdictsOf(await checkSpec(fork(isLeft, decide)))
  expect([verdicts['goes left'], verdicts['goes right']]).toEqual([left, right])
})

it('tests in the first step of the way: one state fewer than `branch`', async () => {
  const [decided = 0] = countsOf(await checkSpec(fork(true, decide)))
  const [branched = 0] = countsOf(await checkSpec(fork(true, branch)))
  expect(branched).toBe(decided + 1)
})

it('guards what follows when there is no other way', async () => {
  const optional = model('optional', () => {
    const { end } = state({ end: range(0, 2).starts(0) })
    const { t } = threads(['t'], {}, () => [
      decide(end.is(1), step('skipped', set(end, 2))),
      step('after', set(end, 1)),
    ])
    return { threads: t, properties: { 'skips it': never(end.is(2)), 'goes on': reachable(end.is(1)) } }
  })
  expect(verdictsOf(await checkSpec(optional))).toMatchObject({ 'skips it': 'holds', 'goes on': 'reached' })
})
