/**
 * Fused local steps by examples: what is fused, what must not be, and how a run is told.
 */

import { expect, it } from 'vitest'
import {
  always,
  at,
  bool,
  branch,
  check,
  choose,
  count,
  each,
  eventually,
  forever,
  loop,
  model,
  never,
  range,
  reachable,
  type Statements,
  set,
  state,
  step,
  threads,
  type Var,
  when,
} from '../../src/language/index.ts'
import { paintFor } from '../../src/report/paint.ts'
import { renderCoverage, renderNeverTaken } from '../../src/report/render-coverage.ts'
import { checkSpec, lengthOf, verdictsOf } from '../support/build.ts'

const reduce = ['local-steps'] as const

/** Each thread has a scratch variable of its own, which it looks at between two steps that others see. */
const scratch = model('scratch', () => {
  const { x } = state({ x: range(0, 2).starts(0) })
  const t = threads(['p', 'q'], { locals: { n: range(0, 3).starts(0) } }, (_, { n }) =>
    forever(
      step('take', set(n, x)),
      branch('is it one?', n.is(1), [step('keep', set(n, 2))], [step('drop', set(n, 0))]),
      step('give', set(x, n)),
      step('turn', set(x, 1)),
    ),
  )
  return {
    threads: t,
    properties: {
      'two at once': never(count(Object.values(t), (p) => at(p, 'give')).ge(2)),
      two: reachable(x.is(2)),
    },
  }
})

it('has fewer states, the same verdicts, and runs of the same length', async () => {
  const whole = await checkSpec(scratch)
  const reduced = await checkSpec(scratch, { reduce })

  expect(verdictsOf(reduced)).toEqual(verdictsOf(whole))
  expect(reduced.states.distinct).toBeLessThan(whole.states.distinct * 0.7)
  for (const name of ['two at once', 'two']) expect(lengthOf(reduced, name)).toEqual(lengthOf(whole, name))
})

it('stops where somebody looks, at a cycle, and before what may raise an error', async () => {
  const claims = model('claims', () => {
    const { x } = state({ x: range(0, 1).starts(0) })
    const t = threads(['p'], { locals: { n: range(0, 3).starts(0) } }, (_, { n }) => [
      step('begin', set(x, 1)),
      loop('again?', n.lt(3), [step('count', set(n, n.plus(1)))]),
      step('seen', set(n, 0)),
      forever(step('round', set(n, 1))),
    ])
    return { threads: t, properties: { seen: never(at(t.p, 'seen')), small: always(x.le(1)) } }
  })
  const whole = await checkSpec(claims)
  const reduced = await checkSpec(claims, { reduce })

  expect(verdictsOf(reduced)).toEqual(verdictsOf(whole))
  expect(lengthOf(reduced, 'seen')).toEqual(lengthOf(whole, 'seen'))
})

it('does not fuse a step that raises an error: the state before it is judged', async () => {
  const full = model('full', () => {
    const { x } = state({ x: range(0, 1).starts(0) })
    const locals = { n: range(0, 3).starts(3) }
    const t = threads(['p'], { locals }, (_, { n }) =>
      forever(step('begin', set(x, 1)), step('count', set(n, n.plus(1)))),
    )
    return { threads: t, properties: { begun: reachable(x.is(1)) } }
  })

  expect(verdictsOf(await checkSpec(full, { reduce }))).toEqual(verdictsOf(await checkSpec(full)))
})

/** What is private but is no plain assignment, and a test of what others write. */
const guarded = model('guarded', () => {
  const { x } = state({ x: range(0, 2).starts(0) })
  const locals = { n: range(0, 3).starts(0), seen: each(4, bool).starts(false) }
  const t = threads(['p', 'q'], { locals }, (me, { n, seen }) => [
    step('take', set(n, x)),
    step('note', set(seen.at(n), true)),
    step('claim', check(n.le(0), 'nobody was here')),
    step('look', when(seen.at(0), set(n, 2), set(n, 3))),
    step('give', set(x, x.plus(1))),
    branch('alone?', x.is(1), [step('keep', set(n, 0))], [step('drop', set(n, 1))]),
    step('end', check(n.is(0), `${me} was alone`)),
  ])
  return {
    threads: t,
    properties: { both: reachable(x.is(2)) },
    expectViolated: ['nobody was here', 'p was alone', 'q was alone'],
  }
})

it('keeps what a private step claims, and what it does under a condition', async () => {
  const whole = await checkSpec(guarded)
  const reduced = await checkSpec(guarded, { reduce })

  expect(verdictsOf(reduced)).toEqual(verdictsOf(whole))
  for (const name of ['both', 'nobody was here', 'p was alone', 'q was alone'])
    expect(lengthOf(reduced, name)).toEqual(lengthOf(whole, name))
  expect(verdictsOf(whole)).toMatchObject({ 'nobody was here': 'violated', 'p was alone': 'violated' })
})

it.each<readonly [string, (n: Var<number>) => Statements]>([
  ['may find nothing to choose', (n) => choose('which', [1, 2], (i) => ({ given: n.is(i), then: set(n, 0) }))],
  ['asks for what may raise an error', (n) => when(n.div(n).is(1), set(n, 1))],
  ['claims what may raise an error', (n) => check(n.div(n).is(1), 'one')],
])('does not fuse a step that %s', async (_, does) => {
  const stuck = model('stuck', () => {
    const { x } = state({ x: range(0, 1).starts(0) })
    const locals = { n: range(0, 2).starts(0) }
    const t = threads(['p'], { locals }, (__, { n }) => [
      step('begin', set(x, 1)),
      step('private', does(n)),
      step('end'),
    ])
    return { threads: t, properties: { begun: reachable(x.is(1)) } }
  })
  const whole = await checkSpec(stuck)

  expect(verdictsOf(await checkSpec(stuck, { reduce }))).toEqual(verdictsOf(whole))
  expect(verdictsOf(whole)).toMatchObject({ begun: 'reached' })
})

it('claims of no step that it is never taken', async () => {
  const reduced = await checkSpec(scratch, { reduce })

  expect(reduced.actions.some(({ generated }) => generated === 0)).toBe(true)
  expect(renderNeverTaken(reduced, paintFor(false))).toEqual([])
  expect(renderCoverage(reduced, paintFor(false), 100).join('\n')).not.toMatch(/^ *never taken/m)
})

it('refuses to judge liveness (MC305)', async () => {
  const claim = model('claim', () => {
    const { x } = state({ x: range(0, 1).starts(0) })
    return { threads: threads(['p'], {}, () => step('go', set(x, 1))), properties: { live: eventually(x.is(1)) } }
  })

  await expect(checkSpec(claim, { reduce })).rejects.toThrow(/MC305: --reduce local-steps cannot judge 'live'/)
})
