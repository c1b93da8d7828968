/**
 * `decide`: a way is chosen without a step of its own.
 */

import { describe, expect, it } from 'vitest'
import {
  all,
  always,
  at,
  bool,
  branch,
  choose,
  decide,
  either,
  implies,
  leadsTo,
  model,
  never,
  not,
  range,
  reachable,
  set,
  state,
  step,
  threads,
  weak,
} from '../../src/language/index.ts'
import { checkSpec, countsOf, lengthOf, verdictsOf } from '../support/build.ts'

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

describe('`at`', () => {
  /** By `where`, which a step chooses first: nowhere, to the left, or on to the right. */
  const crossing = model('crossing', () => {
    const { where } = state({ where: range(0, 2).starts(0) })
    const { t } = threads(['t'], {}, () => [
      step(
        'choose',
        choose('to', [1, 2], (to) => set(where, to)),
      ),
      decide(where.is(1), step('left'), decide(where.is(2), either(step('right'), step('far right')))),
      step('end', set(where, 0)),
    ])
    return {
      threads: t,
      properties: {
        'left is left': always(implies(at(t, 'left'), where.is(1))),
        'right is right': always(implies(at(t, ['right', 'far right']), where.is(2))),
        'one of them': always(implies(where.isNot(0), at(t, ['left', 'right', 'end']))),
        'both alternatives': never(all(at(t, 'right'), not(at(t, 'far right')))),
        'left is there': reachable(at(t, 'left')),
        'right is there': reachable(at(t, 'right')),
        'the end comes': leadsTo(at(t, 'left'), at(t, 'end')),
        'what is skipped is not there': never(all(at(t, 'end'), at(t, 'left'))),
      },
      fairness: [weak('t', t)],
    }
  })

  it('holds for the steps that the conditions allow', async () => {
    const verdicts = verdictsOf(await checkSpec(crossing))

    expect(Object.values(verdicts).filter((verdict) => verdict !== 'holds' && verdict !== 'reached')).toEqual([])
  })

  it('sees a step that follows where no way is taken', async () => {
    const skipping = model('skipping', () => {
      const { on } = state({ on: bool.starts(true) })
      const { t } = threads(['t'], {}, () => [
        step(
          'choose',
          choose('on', [true, false], (value) => set(on, value)),
        ),
        decide(on, step('work')),
        step('end', set(on, true)),
      ])
      return { threads: t, properties: { 'work is done': always(implies(at(t, 'end'), on)) } }
    })

    const result = await checkSpec(skipping)

    expect(lengthOf(result, 'work is done').stem).toBe(1)
  })
})
