/**
 * What a run means, rule by rule: evaluation, errors, checks, limits and counting.
 */

import { describe, expect, it } from 'vitest'
import type { ModelResult, PropertyResult } from '../../checker/result.ts'
import type { Definition } from '../../src/language/definition.ts'
import {
  action,
  all,
  always,
  any,
  arrival,
  check,
  choose,
  type Expr,
  each,
  eventually,
  ifElse,
  measure,
  model,
  never,
  next,
  range,
  reachable,
  sequenceOf,
  set,
  setOf,
  state,
  step,
  stepwise,
  threads,
} from '../../src/language/index.ts'
import { checkSpec, lengthOf, verdictsOf } from '../support/build.ts'

function counter(parts: (x: ReturnType<typeof declareCounter>) => Definition) {
  return model('counter', () => parts(declareCounter()))
}

function declareCounter() {
  return state({ x: range(0, 3).starts(0), a: each(2, range(0, 3)).starts(0) })
}

function propertyOf(result: ModelResult, name: string): PropertyResult {
  const found = result.properties.find((property) => property.name === name)
  if (found === undefined) throw new Error(`no property ${name}`)
  return found
}

const countTo3 = ({ x }: ReturnType<typeof declareCounter>) =>
  action('count', {}, () => ({ when: x.lt(3), then: set(x, x.plus(1)) }))

describe('evaluation goes left to right and stops early', () => {
  it('asks no more of a conjunction than its first false part', async () => {
    const guarded = counter((v) => ({
      actions: countTo3(v),
      terminal: true,
      properties: {
        and: never(all(v.x.lt(2), v.a.at(v.x).is(3))),
        or: always(any(v.x.ge(2), v.a.at(v.x).is(0))),
      },
    }))

    expect(verdictsOf(await checkSpec(guarded))).toEqual({ and: 'holds', or: 'holds' })
  })

  it('raises the error that stands first', async () => {
    const swapped = counter((v) => ({
      actions: countTo3(v),
      terminal: true,
      properties: { and: never(all(v.a.at(v.x).is(3), v.x.lt(2))) },
    }))
    const result = await checkSpec(swapped)

    expect(verdictsOf(result)).toEqual({ and: 'inconclusive', 'model error': 'violated' })
    expect(lengthOf(result, 'model error').stem).toBe(2)
  })
})

describe('a model error is a verdict', () => {
  const leaking = counter((v) => ({
    actions: action('count', {}, () => ({ then: set(v.x, v.x.plus(1)) })),
    properties: {
      'below 2': always(v.x.lt(2)),
      'never 4': never(v.a.at(0).is(3)),
      '2 is reached': reachable(v.x.is(2)),
      'never reached': reachable(v.a.at(0).is(1)),
      x: measure(v.x),
    },
  }))

  it('with a shortest trace, and all that is not violated or reached is inconclusive', async () => {
    const result = await checkSpec(leaking)

    expect(verdictsOf(result)).toEqual({
      'below 2': 'violated',
      'never 4': 'inconclusive',
      '2 is reached': 'reached',
      'never reached': 'inconclusive',
      x: 'inconclusive',
      deadlock: 'inconclusive',
      'model error': 'violated',
    })
    expect(lengthOf(result, 'model error').stem).toBe(4)
    expect(propertyOf(result, 'model error').reason).toEqual(['4 does not fit into `x`'])
  })

  it('counts as generated, has no successor and is no deadlock', async () => {
    const { states } = await checkSpec(leaking)

    expect(states).toEqual({ distinct: 4, generated: 5, initial: 1, depth: 4, terminal: 0 })
  })

  it('of a step property is shown with its step', async () => {
    const result = await checkSpec(
      counter((v) => ({
        actions: countTo3(v),
        terminal: true,
        properties: { step: stepwise(v.a.at(next(v.x)).is(0)) },
      })),
    )

    expect(verdictsOf(result)).toEqual({ step: 'inconclusive', 'model error': 'violated' })
    expect(lengthOf(result, 'model error').stem).toBe(2)
    expect(propertyOf(result, 'model error').reason).toEqual(['`a` has no element 2, in the property `step`'])
  })

  it('names the property that raises it, and not one before it that raises none', async () => {
    const result = await checkSpec(
      counter((v) => ({
        actions: countTo3(v),
        terminal: true,
        properties: {
          small: always(v.x.lt(4)),
          'never 1': never(v.a.at(v.x).is(1)),
          'ever 1': reachable(v.a.at(v.x).is(1)),
        },
      })),
    )

    expect(propertyOf(result, 'model error').reason).toEqual(['`a` has no element 2, in the property `never 1`'])
  })

  it('of a within assumption or of the terminal condition is shown in its state', async () => {
    const outside = await checkSpec(
      counter((v) => ({ actions: countTo3(v), terminal: true, within: { w: v.a.at(v.x).is(0) } })),
    )
    const ending = await checkSpec(counter((v) => ({ actions: countTo3(v), terminal: v.a.at(v.x).is(0) })))

    expect(lengthOf(outside, 'model error').stem).toBe(2)
    expect(lengthOf(ending, 'model error').stem).toBe(3)
  })

  it('comes from a sequence that is full or empty', async () => {
    const queue = (isAppending: boolean) =>
      model('queue', () => {
        const { q } = state({ q: sequenceOf(range(1, 2), 2).starts([1]) })
        const then = set(q, isAppending ? q.append(2) : q.rest)
        return { actions: action('change', {}, () => ({ then })) }
      })

    expect(propertyOf(await checkSpec(queue(true)), 'model error').reason[0]).toContain('full')
    expect(propertyOf(await checkSpec(queue(false)), 'model error').reason[0]).toContain('empty')
  })

  it('says of what, as the spec has it, unless that is long', async () => {
    const declareValues = () =>
      state({
        n: range(0, 9).starts(0),
        few: each(2, range(0, 9)).starts(0),
        byName: each(['a', 'b'], each(2, range(0, 9))).starts(0),
        q: sequenceOf(range(0, 3), 1).starts([]),
        s: setOf(range(0, 3)).starts([]),
      })
    const reasonOf = async (value: (values: ReturnType<typeof declareValues>) => Expr<number>) => {
      const odd = model('odd', () => {
        const values = declareValues()
        return { actions: action('go', {}, () => ({ then: set(values.n, value(values)) })) }
      })
      return propertyOf(await checkSpec(odd), 'model error').reason[0]
    }

    expect(await reasonOf(({ n, few }) => few.at(n.plus(2)))).toBe('`few` has no element 2')
    expect(await reasonOf(({ n, byName }) => byName.b.at(n.plus(3)))).toBe('`byName.b` has no element 3')
    expect(await reasonOf(({ q }) => q.head)).toBe('`q` has no element 0')
    expect(await reasonOf(({ q }) => q.last)).toBe('`q` is empty')
    expect(await reasonOf(({ q, n }) => q.append(n).append(1).length)).toBe('`append(q, n)` is full: at most 1 fit')
    expect(await reasonOf(({ s, n }) => s.with(n.plus(7)).size)).toBe('7 does not fit into `s`')
    expect(await reasonOf(({ n }) => n.plus(5).div(n))).toBe('5 is divided by `n`, which is 0')
    expect(await reasonOf(({ n }) => n.plus(5).mod(0))).toBe('5 is divided by 0')
    expect(await reasonOf(({ q, n }) => ifElse(all(n.is(0), n.lt(5), n.lt(6), n.lt(7), n.lt(8)), q, []).last)).toBe(
      'a sequence is empty',
    )
  })
})

describe('a failed check', () => {
  it('is a violated property; the successor is kept', async () => {
    const result = await checkSpec(
      counter((v) => ({
        actions: action('count', {}, () => ({
          when: v.x.lt(3),
          then: [check(v.x.isNot(1), 'x is not 1'), set(v.x, v.x.plus(1))],
        })),
        terminal: true,
      })),
    )

    expect(verdictsOf(result)).toEqual({ 'x is not 1': 'violated' })
    expect(lengthOf(result, 'x is not 1').stem).toBe(2)
    expect(result.states.distinct).toBe(4)
  })

  it('belongs to an outcome: what is not enabled or raises an error fails none', async () => {
    const result = await checkSpec(
      counter((v) => ({
        actions: [
          action('stay', {}, () => ({ then: set(v.x, v.x) })),
          action('disabled', {}, () => ({
            then: [check(false, 'not enabled'), choose('n', [1], () => ({ given: false, then: [] }))],
          })),
          action('wrong', {}, () => ({ then: [check(false, 'an error follows'), set(v.x, v.x.minus(1))] })),
        ],
      })),
    )

    const { 'not enabled': disabled, 'an error follows': wrong } = verdictsOf(result)
    expect([disabled, wrong]).toEqual(['inconclusive', 'inconclusive'])
  })
})

describe('limits', () => {
  it('within: states outside are counted and judged, but not expanded', async () => {
    const result = await checkSpec(
      counter((v) => ({
        actions: countTo3(v),
        within: { 'x is small': v.x.lt(2) },
        properties: { 'never 2': never(v.x.is(2)), 'never 3': never(v.x.is(3)) },
      })),
    )

    expect(verdictsOf(result)).toEqual({ 'never 2': 'violated', 'never 3': 'holds', deadlock: 'holds' })
    expect(result.states).toEqual({ distinct: 3, generated: 3, initial: 1, depth: 3, terminal: 0 })
    expect(result.assumptions).toEqual([{ name: 'x is small', limit: null, held: 1 }])
    expect(result.warnings).toEqual([])
  })

  it('within: where all initial states are outside, what holds holds of nothing', async () => {
    const outside = counter((v) => ({
      actions: countTo3(v),
      initially: choose('x', [0, 1], (x) => set(v.x, x)),
      within: { 'x is high': v.x.gt(0), 'x is higher': v.x.gt(1) },
      properties: { '3 in the end': eventually(v.x.is(3)) },
    }))
    const result = await checkSpec(outside)

    expect(verdictsOf(result)).toEqual({ '3 in the end': 'holds', deadlock: 'holds' })
    expect(result.warnings).toEqual([
      'no initial state lies within what is assumed: no step is judged, and no behaviour',
    ])
  })

  it('depth: levels 1 to k expanded, all properties judged on 1 to k+1, deadlock on 1 to k', async () => {
    const spec = counter((v) => ({
      actions: countTo3(v),
      properties: { 'never 2': never(v.x.is(2)), 'never 3': never(v.x.is(3)) },
    }))
    const shallow = await checkSpec(spec, { maxDepth: 3 })
    const full = await checkSpec(spec)

    expect(shallow.reason).toBe('depth limit')
    expect(shallow.states).toMatchObject({ distinct: 3, depth: 3 })
    expect(verdictsOf(shallow)).toEqual({ 'never 2': 'violated', 'never 3': 'inconclusive', deadlock: 'inconclusive' })
    expect(verdictsOf(full)).toEqual({ 'never 2': 'violated', 'never 3': 'violated', deadlock: 'violated' })
  })

  it('a stack that no assumption bounds is refused (MC106)', async () => {
    const unbounded = model('unbounded', () => ({
      threads: threads(
        ['t'],
        { arrivals: () => [arrival('irq', { when: true, runs: [], returns: step('eret') })] },
        () => step('work'),
      ),
    }))

    await expect(async () => checkSpec(unbounded)).rejects.toThrow('MC106')
  })
})

describe('counting', () => {
  it('counts initial states once, every successor as generated, and credits the first action', async () => {
    const result = await checkSpec(
      model('counting', () => {
        const { x } = state({ x: range(0, 3).starts(0) })
        return {
          initially: choose('start', [0, 1, 1], (n) => set(x, n)),
          actions: [
            action('late', {}, () => ({ when: x.is(1), then: set(x, 2) })),
            action('early', {}, () => ({ when: x.le(1), then: set(x, 2) })),
          ],
          terminal: true,
        }
      }),
    )

    expect(result.states).toEqual({ distinct: 3, generated: 5, initial: 2, depth: 2, terminal: 1 })
    expect(result.actions).toEqual([
      { name: 'late', kind: 'action', generated: 1, distinct: 1, threads: [] },
      { name: 'early', kind: 'action', generated: 2, distinct: 0, threads: [] },
    ])
  })
})
