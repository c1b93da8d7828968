/**
 * What is dead, by examples whose figures are known.
 */

import { expect, it } from 'vitest'
import { filterLock } from '../../specs/filter-lock.ts'
import {
  all,
  always,
  arrival,
  at,
  branch,
  choose,
  eventually,
  forever,
  model,
  never,
  range,
  reachable,
  set,
  state,
  step,
  threads,
  until,
  when,
} from '../../src/language/index.ts'
import { checkSpec, countsOf, verdictsOf } from '../support/build.ts'

const reduce = ['dead-variables'] as const

it('finds the states and transitions that Spin finds with its dead-variable elimination', async () => {
  const found = await checkSpec(filterLock, { set: { processes: 3 }, reduce, memoryBytes: 2 ** 26 })

  expect(countsOf(found).slice(0, 2)).toEqual([1929, 4870])
})

const scratch = model('scratch', () => {
  const { x, y } = state({ x: range(0, 3).starts(0), y: range(0, 3).starts(0) })
  const t = threads(['t'], { fair: 'weak' }, () =>
    forever(
      step(
        'draw',
        choose('n', [0, 1, 3], (n) => set(x, n)),
      ),
      step('copy', set(y, x)),
      step('use', set(x, y)),
      step('rest'),
    ),
  )
  return {
    threads: t,
    properties: { small: never(all(at(t.t, 'rest'), x.is(3))), again: eventually(at(t.t, 'rest')) },
  }
})

it('keeps a variable that a judged property reads, and tells the run with the values that it has', async () => {
  const whole = await checkSpec(scratch)
  const reduced = await checkSpec(scratch, { reduce })

  expect(verdictsOf(reduced)).toEqual(verdictsOf(whole))
  expect(reduced.states.distinct).toBeLessThan(whole.states.distinct)
  expect(reduced.properties[0]?.trace).toEqual(whole.properties[0]?.trace)
})

const spinning = model('spinning', () => {
  const { seen } = state({ seen: range(0, 1).starts(0) })
  const t = threads(['t'], { fair: 'weak' }, () =>
    forever(step('draw', set(seen, 1)), step('use', when(seen.is(0), set(seen, 1))), step('rest'), step('more rest')),
  )
  return { threads: t, properties: { once: eventually(always(at(t.t, 'use'))) } }
})

it('tells the loop of a lasso from where the model itself repeats', async () => {
  const whole = await checkSpec(spinning)
  const reduced = await checkSpec(spinning, { reduce })

  expect([whole, reduced].map(({ properties: [once] }) => once?.trace?.loop)).toEqual([1, 1])
  expect([whole, reduced].map(({ properties: [once] }) => once?.trace?.steps.length)).toEqual([6, 6])
})

const interrupted = model('interrupted', () => {
  const { x } = state({ x: range(0, 3).starts(0) })
  const irq = () => [arrival('irq', { when: true, runs: [step('handle')], returns: step('eret'), limit: 1 })]
  const t = threads(['t'], { locals: { n: range(0, 3).starts(0) }, arrivals: irq }, (_, { n }) =>
    forever(
      step(
        'draw',
        choose('n', [0, 1, 3], (i) => set(n, i)),
      ),
      step('use', set(x, n)),
      step('rest', set(x, 0)),
    ),
  )
  return { threads: t, properties: { small: never(all(at(t.t, 'rest'), x.is(3))) } }
})

it('takes what an interrupt saves and brings back for dead where nobody reads it afterwards', async () => {
  const whole = await checkSpec(interrupted)
  const reduced = await checkSpec(interrupted, { reduce })

  expect(verdictsOf(reduced)).toEqual(verdictsOf(whole))
  expect([whole, reduced].map(({ states }) => states.distinct)).toEqual([27, 21])
})

it('keeps what only the terminal condition reads', async () => {
  const ended = model('ended', () => {
    const { x } = state({ x: range(0, 3).starts(0) })
    const draw = step(
      'draw',
      choose('n', [0, 1, 3], (n) => set(x, n)),
    )
    const code = () => [draw, until('never', false)]
    return { threads: threads(['t'], {}, code), terminal: x.lt(3), expectViolated: ['deadlock'] }
  })

  expect(verdictsOf(await checkSpec(ended, { reduce }))).toMatchObject({ deadlock: 'violated' })
})

/** What is drawn is looked at only where it is one. */
const parting = model('parting', () => {
  const { x } = state({ x: range(0, 1).starts(0) })
  const t = threads(['t'], { locals: { n: range(0, 2).starts(0) } }, (_, { n }) =>
    forever(
      step(
        'draw',
        choose('n', [0, 1, 2], (i) => [set(n, i), set(x, 1)]),
      ),
      branch('is it one?', n.is(1), [step('use', set(x, n))], []),
      step('rest', set(x, 0)),
    ),
  )
  return { threads: t, properties: { once: reachable(x.is(1)) } }
})

it('resets what is dead on one of the ways that a step may go', async () => {
  const found = await checkSpec(parting, { reduce: ['local-steps', 'dead-variables'] })

  expect([(await checkSpec(parting)).states.distinct, found.states.distinct]).toEqual([10, 3])
})

it('is said in the result', async () => {
  expect((await checkSpec(scratch, { reduce })).reductions).toEqual(['dead-variables'])
  expect((await checkSpec(scratch)).reductions).toEqual([])
})
