/**
 * Partial-order reduction by examples: each has a way that only one condition of a stubborn set keeps open.
 */

import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { confirmLengths } from '../../checker/confirm-lengths.ts'
import type { ModelResult } from '../../checker/result.ts'
import { filterLock, tooFewLevels } from '../../specs/filter-lock.ts'
import {
  all,
  at,
  bool,
  each,
  either,
  eventually,
  finished,
  forever,
  type ModelBuilder,
  measure,
  model,
  never,
  next,
  not,
  range,
  reachable,
  set,
  state,
  step,
  stepwise,
  threads,
  until,
  when,
} from '../../src/language/index.ts'
import { reportOf } from '../../src/report/report.ts'
import { buildModel, checkSpec, lengthOf, littleMemory, verdictsOf } from '../support/build.ts'
import { withCrew } from '../support/crew.ts'

const reduce = ['partial-order'] as const

/** One thread goes round for ever where the other has something to show. */
const ignored = model('ignored', () => {
  const { clock } = state({ clock: bool.starts(false) })
  const t = threads(['p'], {}, () => forever(step('tick', set(clock, not(clock)))))
  const u = threads(['q'], {}, () => [step('one'), step('two'), step('three')])
  return { threads: [t, u], properties: { 'not three': never(at(u.q, 'three')) } }
})

/** Two independent writes, and a claim about each order. */
const seen = model('seen', () => {
  const { a, b } = state({ a: bool.starts(false), b: bool.starts(false) })
  const t = threads(['p'], {}, () => step('write a', set(a, true)))
  const u = threads(['q'], {}, () => step('write b', set(b, true)))
  return {
    threads: [t, u],
    properties: { 'a first': reachable(all(a, not(b))), 'b first': reachable(all(b, not(a))) },
  }
})

/** A thread copies what another one writes. */
const copied = model('copied', () => {
  const { x, y } = state({ x: bool.starts(false), y: bool.starts(false) })
  const t = threads(['p'], {}, () => step('copy', set(x, y)))
  const u = threads(['q'], {}, () => step('write', set(y, true)))
  return { threads: [t, u], properties: { late: reachable(x) } }
})

/** The same, but what it copies to is its own, and nobody looks at it until it is shown. */
const copiedFirst = model('copied first', () => {
  const { x, y } = state({ x: bool.starts(false), y: bool.starts(false) })
  const locals = { seen: bool.starts(false) }
  const t = threads(['p'], { locals }, (_, { seen }) => [step('copy', set(seen, y)), step('show', set(x, seen))])
  const u = threads(['q'], {}, () => step('write', set(y, true)))
  return { threads: [t, u], properties: { late: reachable(x) } }
})

/** What is in the way of a thread that waits may go before it, or, once it is let go, after it. */
const enabling = model('enabling', () => {
  const { open, x } = state({ open: bool.starts(false), x: range(0, 2).starts(0) })
  const v = threads(['r'], {}, () => step('overwrite', set(x, 2)))
  const t = threads(['p'], {}, () => until('wait', open, set(x, 1)))
  const u = threads(['q'], {}, () => [step('far'), step('open', set(open, true))])
  return {
    threads: [v, t, u],
    properties: { before: reachable(all(finished(v.r), x.is(1))), after: reachable(all(finished(t.p), x.is(2))) },
  }
})

/** Nobody else looks: only the property sees that both can be halfway at once. */
const watched = model('watched', () => {
  const both = threads(['p', 'q'], {}, () => [step('first'), step('second'), step('third')])
  return { threads: both, properties: { together: reachable(all(at(both.p, 'second'), at(both.q, 'third'))) } }
})

/** Neither writer reads what it writes: who was last decides, later, whether one goes on. */
const overwritten = model('overwritten', () => {
  const { x } = state({ x: range(0, 2).starts(0) })
  const t = threads(['p'], {}, () => [step('one', set(x, 1)), until('is it two?', x.is(2))])
  const u = threads(['q'], {}, () => step('two', set(x, 2)))
  return { threads: [t, u], expectViolated: ['deadlock'] }
})

/** Two ways from one place, each of which concerns nobody else by itself. */
const parted = model('parted', () => {
  const { way, x } = state({ way: each(['p', 'q'], range(0, 2)).starts(0), x: range(0, 1).starts(0) })
  const both = threads(['p', 'q'], {}, (me) => [
    either([step('left', set(way[me], 1))], [step('right', set(way[me], 2))]),
    step('tell', when(way[me].is(2), set(x, 1))),
  ])
  return { threads: both, properties: { 'the right way': reachable(x.is(1)) } }
})

/** A design may leave a thread nothing to do. */
const idler = model('idler', () => {
  const { x } = state({ x: bool.starts(false) })
  const nobody = threads(['p'], {}, () => [])
  const worker = threads(['q'], {}, () => [step('one'), step('two', set(x, true))])
  return { threads: [nobody, worker], properties: { done: reachable(all(x, finished(nobody.p))) } }
})

const examples: readonly (readonly [string, ModelBuilder])[] = [
  ['what waits while others go round', ignored],
  ['both orders of what can be seen', seen],
  ['what reads what others write', copied],
  ['what reads them into its own', copiedFirst],
  ['what is enabled by others', enabling],
  ['places that only a property looks at', watched],
  ['both orders of writes that no writer reads', overwritten],
  ['both ways from one place', parted],
  ['what others do beside a thread without a step', idler],
]

describe('keeps', () => {
  it.each(examples)('%s', async (_, spec) => {
    const whole = await checkSpec(spec)
    const reduced = await checkSpec(spec, { reduce })

    expect(verdictsOf(reduced)).toEqual(verdictsOf(whole))
  })
})

it('leaves out orders that nobody can tell apart', async () => {
  const common = { set: { processes: 3 }, properties: ['mutual exclusion', 'deadlock'] }
  const whole = await checkSpec(filterLock, common)
  const reduced = await checkSpec(filterLock, { ...common, reduce })

  expect(verdictsOf(reduced)).toEqual(verdictsOf(whole))
  expect(reduced.states.distinct).toBeLessThan(whole.states.distinct * 0.7)
})

const exempt = new Set(['elapsedMs', 'peakBytes', 'workers'])

it.each([2, 3, 7])('reports with %i threads, delayed at random, what one reports', async (workers) => {
  const spec = buildModel(filterLock, { processes: 3 })
  const options = { reduce, properties: ['mutual exclusion', 'deadlock'], ...littleMemory }
  const crowded = { threadThreshold: 16, awaitsThreads: true, jitterMicroseconds: 100 }
  const text = async (workers: number, knobs = {}): Promise<string> => {
    const found = await withCrew(workers - 1, (threads) => checkModel(spec, { ...options, threads }, knobs))
    return JSON.stringify(reportOf('', workers, [found]), (key, value) => (exempt.has(key) ? undefined : value))
  }

  expect(await text(workers, crowded)).toBe(await text(1))
})

it('shows the shortest run, found by a search of everything that is no deeper', async () => {
  const common = { set: { processes: 3 }, properties: ['mutual exclusion'] }
  const whole = await checkSpec(tooFewLevels, common)
  const reduced = await checkSpec(tooFewLevels, { ...common, reduce })

  expect(lengthOf(reduced, 'mutual exclusion')).toEqual(lengthOf(whole, 'mutual exclusion'))
  expect(reduced.properties[0]?.trace?.shortest).toBe(true)
})

it('says that a run may not be the shortest where the search that would tell is cut short', async () => {
  const found = await checkSpec(tooFewLevels, { set: { processes: 3 }, properties: ['mutual exclusion'] })
  const cut: ModelResult = { ...found, properties: [], reason: 'memory limit', levels: [1] }
  const closed: ModelResult = { ...found, properties: [], reason: 'state limit' }
  const after = async (whole: ModelResult): Promise<unknown> =>
    (await confirmLengths(found, {}, async () => whole)).properties[0]?.trace?.shortest

  expect(await after(cut)).toBe(false)
  expect(await after({ ...closed, levels: found.levels.slice(0, 3) })).toBe(false)
  expect(await after(closed)).toBe(true)
})

const claims = model('claims', () => {
  const { x } = state({ x: range(0, 1).starts(0) })
  const t = threads(['p'], {}, () => step('go', set(x, 1)))
  return {
    threads: t,
    properties: { live: eventually(x.is(1)), grows: stepwise(next(x).ge(x)), size: measure(x), fine: never(x.lt(0)) },
  }
})

it.each(['live', 'grows', 'size'])('refuses to judge %s (MC305), and says why', async (name) => {
  await expect(checkSpec(claims, { reduce, properties: [name] })).rejects.toThrow(
    new RegExp(`MC305: --reduce partial-order cannot judge '${name}'.*it leaves out`),
  )
})

it('judges the others', async () => {
  expect(verdictsOf(await checkSpec(claims, { reduce, properties: ['fine', 'deadlock'] }))).toEqual({
    fine: 'holds',
    deadlock: 'holds',
  })
})
