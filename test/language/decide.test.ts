/**
 * `decide`: a way is chosen without a step of its own.
 */

import { describe, expect, it } from 'vitest'
import {
  all,
  always,
  arrival,
  at,
  bool,
  branch,
  choose,
  decide,
  either,
  finished,
  forever,
  implies,
  leadsTo,
  leave,
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
import { buildModel, checkSpec, countsOf, lengthOf, verdictsOf } from '../support/build.ts'

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

it('is at no end where it would go round for ever without a step', async () => {
  const round = model('round', () => {
    const { over } = state({ over: bool.starts(false) })
    const { t } = threads(['t'], {}, () => [step('begin'), forever(decide(over, leave('loop')))])
    return { threads: t, properties: { ends: reachable(finished(t)) } }
  })
  const { properties } = await checkSpec(round)

  expect(buildModel(round).threads[0]?.locations.map(({ value }) => value)).toEqual(['begin', 'done | forever'])
  expect(properties.map(({ verdict }) => verdict)).toEqual(['unreachable', 'violated'])
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

describe('a way that leads to the end', () => {
  /** Ends where nothing is left to do, which another thread may bring about, and take back. */
  const leaving = (finds: number) =>
    model('leaving', () => {
      const { work, came } = state({ work: range(0, 2).starts(0), came: bool.starts(false) })
      const irq = arrival('IRQ', {
        when: true,
        limit: 1,
        runs: [],
        returns: step('return', set(came, true)),
        notAt: ['look', 'work'],
      })
      const { t } = threads(['t'], { arrivals: () => [irq] }, () => [
        step('look', set(work, finds)),
        forever(decide(work.is(0), leave('loop')), step('work', set(work, work.minus(1)))),
      ])
      return {
        threads: t,
        properties: {
          'it ends': reachable(finished(t)),
          'nothing is left then': always(implies(finished(t), work.is(0))),
          'it works': reachable(at(t, 'work')),
          'nothing arrives': never(came),
        },
      }
    })

  it('is the end, without a step: no deadlock, and nothing arrives there', async () => {
    expect(verdictsOf(await checkSpec(leaving(0)))).toMatchObject({
      'it ends': 'reached',
      'it works': 'unreachable',
      'nothing arrives': 'holds',
      deadlock: 'holds',
    })
  })

  it('is not the end as long as the condition leads elsewhere', async () => {
    const result = await checkSpec(leaving(2))

    expect(verdictsOf(result)).toMatchObject({
      'nothing is left then': 'holds',
      'nothing arrives': 'holds',
      deadlock: 'holds',
    })
    expect(lengthOf(result, 'it ends').stem).toBe(3)
  })
})

it('lets an arrival in before the steps that the condition allows, and keeps it away before those of `notAt`', async () => {
  const arriving = (barred: 'left' | 'right') =>
    model('arriving', () => {
      const { left, came } = state({ left: bool.starts(true), came: bool.starts(false) })
      const irq = arrival('IRQ', {
        when: true,
        limit: 1,
        runs: [],
        returns: step('return', set(came, true)),
        notAt: [barred, 'end'],
      })
      const { t } = threads(['t'], { arrivals: () => [irq] }, () => [
        decide(left, step('left'), step('right')),
        step('end'),
      ])
      return { threads: t, properties: { 'it comes': reachable(came) } }
    })

  expect(verdictsOf(await checkSpec(arriving('left')))['it comes']).toBe('unreachable')
  expect(verdictsOf(await checkSpec(arriving('right')))['it comes']).toBe('reached')
})

it('is at no step where a loop is gone round without one', async () => {
  const spinning = model('spinning', () => {
    const { on } = state({ on: bool.starts(false) })
    const { t } = threads(['t'], {}, () => forever(decide(on, step('work', set(on, false)))))
    const { u } = threads(['u'], {}, () => step('switch on', set(on, true)))
    return {
      threads: [t, u],
      properties: { 'it works when it is on': always(implies(at(t, 'work'), on)) },
      terminal: true,
    }
  })

  expect(verdictsOf(await checkSpec(spinning))['it works when it is on']).toBe('holds')
})
