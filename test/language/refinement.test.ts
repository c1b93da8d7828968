/**
 * Refinement: verdicts on known pairs, the derived relation against the definition, and mistakes in a mapping.
 */

import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import * as spec from '../../specs/refinement.ts'
import {
  action,
  bool,
  check,
  choose,
  type Expr,
  each,
  type ModelBuilder,
  model,
  oneOf,
  range,
  record,
  refines,
  sequenceOf,
  set,
  state,
  type Var,
  when,
} from '../../src/language/index.ts'
import type { Model, Property } from '../../src/model/ir.ts'
import { refinesStep } from '../../src/model/refinement.ts'
import { holdsIn, initialStates, successors } from '../../src/model/step.ts'
import type { State } from '../../src/model/trace.ts'
import { canonicalJson } from '../../src/model/values.ts'
import { buildModel, checkSpec, countsOf, verdictsOf } from '../support/build.ts'

describe('known pairs', () => {
  // Counts recounted with TLC on the TLA+ originals.
  it.each([
    [spec.lock, 12, 21, 5],
    [spec.peterson, 42, 77, 11],
    [spec.transactionCommit, 34, 94, 7],
    [spec.twoPhaseCommit, 288, 1146, 11],
  ])('$name has its known size, and every verdict is as expected', async (builder, ...counts) => {
    const result = await checkSpec(builder)

    expect(countsOf(result)).toEqual(counts)
    expect(result.properties.filter((property) => !property.asExpected)).toEqual([])
  })

  it('finds the step of a hasty commit that no transaction commit has, and tells the abstract run', async () => {
    const result = await checkSpec(spec.hastyCommit)

    const found = result.properties.find(({ name }) => name === 'refines transaction commit')
    expect(found?.verdict).toBe('violated')
    expect(found?.reason).toEqual([
      'transaction-commit cannot do step 4:',
      'transaction-commit starts with rm.rm0 working, rm.rm1 working, rm.rm2 working',
      'transaction-commit at step 1: rm.rm0 prepared',
      'transaction-commit at step 4: rm.rm0 committed',
    ])
  })

  it('finds that the swapped entry is no lock', async () => {
    expect(verdictsOf(await checkSpec(spec.swapped))['refines a lock']).toBe('violated')
  })
})

/** An abstract model with everything that an effect can do. */
const gadget = model('gadget', () => {
  const { box, list, on } = state({
    box: record({ n: range(0, 3), mode: oneOf(['a', 'b']) }).starts({ n: 0, mode: 'a' }),
    list: each(3, range(0, 2)).starts(0),
    on: bool.starts(false),
  })
  return {
    actions: [
      action('count', {}, () => ({
        when: box.n.lt(3),
        then: [
          set(box.n, box.n.plus(1)),
          when(box.n.is(2), [set(box.mode, 'b'), set(on, true)], set(on, false)),
          check(on, 'a check says nothing about steps'),
        ],
      })),
      action('write', {}, () => ({
        when: box.n.lt(3),
        then: choose('value', [0, 1, 2], (value) => ({ given: on, then: set(list.at(box.n), value) })),
      })),
    ],
    within: { small: list.at(0).lt(2) },
  }
})

/** Any change of any variable, so that allowed and forbidden steps are met alike. */
const anything = model('anything', () => {
  const { n, mode, a, b, on } = state({
    n: range(0, 4).starts(0),
    mode: oneOf(['a', 'b']).starts('a'),
    a: range(0, 2).starts(0),
    b: range(0, 2).starts(0),
    on: bool.starts(false),
  })
  const mapping = { box: { n: n.min(3), mode }, list: [a, b, 0], on }
  return {
    actions: [
      action('any n', { value: [0, 1, 2, 3, 4] }, ({ value }) => ({ then: set(n, value) })),
      action('any a', { value: [0, 1, 2] }, ({ value }) => ({ then: set(a, value) })),
      action('any b', { value: [0, 1, 2] }, ({ value }) => ({ then: set(b, value) })),
      action('flip', {}, () => ({ then: [set(on, on.is(false)), choose('mode', ['a', 'b'], (v) => set(mode, v))] })),
    ],
    properties: { claim: refines(gadget, mapping) },
    expectViolated: ['claim'],
  }
})

function reachableStates(built: Model): readonly State[] {
  const found = new Map(initialStates(built).map((one) => [canonicalJson(one), one]))
  for (const one of found.values()) {
    for (const outcome of successors(built, one)) {
      if ('state' in outcome) found.set(canonicalJson(outcome.state), outcome.state)
    }
  }
  return [...found.values()]
}

function refinementOf(built: Model): Extract<Property, { kind: 'step' }> {
  const property = built.properties.find((one) => one.kind === 'step' && one.refines !== undefined)
  if (property?.kind !== 'step') throw new Error('no refinement')
  return property
}

describe('the derived relation', () => {
  it.each([
    [spec.peterson, 1],
    [spec.swapped, 1],
    [spec.twoPhaseCommit, 5],
    [anything, 3],
  ])(
    'is the definition, on pairs of states of $name',
    (builder: ModelBuilder, stride) => {
      const built = buildModel(builder)
      const { relation, refines: refinement } = refinementOf(built)
      if (refinement === undefined) throw new Error('no refinement')
      const states = reachableStates(built).filter((_, i) => i % stride === 0)
      let kept = 0

      for (const before of states) {
        for (const after of states) {
          const isKept = refinesStep(built, refinement, before, after)
          if (isKept) kept++
          if (holdsIn(built, relation, before, after) !== isKept) {
            expect.fail(`${canonicalJson(before)} to ${canonicalJson(after)}: the definition says ${isKept}`)
          }
        }
      }
      expect(kept).toBeGreaterThan(states.length)
      expect(kept).toBeLessThan(states.length ** 2)
    },
    60_000,
  )

  it('is judged by the definition before a trace is shown', async () => {
    const built = buildModel(spec.peterson)
    const wrong = {
      ...refinementOf(built),
      relation: { kind: 'literal', domain: { kind: 'boolean' }, value: false },
    } as const

    await expect(checkModel({ ...built, properties: [wrong] }, { workers: 1 })).rejects.toThrow(
      /the reference evaluator does not take a step/,
    )
  })

  it('forbids a number that the abstract variable cannot have', async () => {
    const small = model('small', () => {
      const { x } = state({ x: range(0, 1).starts(0) })
      return { actions: [action('any', { v: [0, 1] }, ({ v }) => ({ then: set(x, v) }))] }
    })
    const large = model('large', () => {
      const { y } = state({ y: range(0, 2).starts(0) })
      return {
        actions: [action('up', {}, () => ({ when: y.lt(2), then: set(y, y.plus(1)) }))],
        terminal: y.is(2),
        properties: { claim: refines(small, { x: y }) },
      }
    })

    const found = (await checkSpec(large)).properties.find(({ name }) => name === 'claim')
    expect([found?.verdict, found?.trace?.steps.length]).toEqual(['violated', 3])
  })
})

describe('what raises errors', () => {
  const falling = (claim: (x: Var<number>, head: Expr<number>) => ReturnType<typeof refines>): ModelBuilder =>
    model('falling', () => {
      const { x, queue } = state({ x: range(0, 3).starts(3), queue: sequenceOf(range(0, 3), 1).starts([3]) })
      return {
        actions: [action('fall', {}, () => ({ when: x.is(3), then: [set(x, 0), set(queue, [])] }))],
        terminal: true,
        properties: { claim: claim(x, queue.head) },
      }
    })

  it('in a mapping is a model error of the step, also where another variable decides before', async () => {
    const still = model('still', () => {
      state({ x: range(0, 3).starts(3), last: range(0, 3).starts(3) })
      return { terminal: true }
    })

    const { properties } = await checkSpec(falling((x, last) => refines(still, { x, last })))
    expect(properties.map(({ name, verdict, reason }) => [name, verdict, reason])).toEqual([
      ['claim', 'inconclusive', []],
      ['model error', 'violated', ['`queue` has no element 0, in the property `claim`']],
    ])
  })

  it('in a step of the abstract model makes it none, also where what does not fit is overwritten', async () => {
    const over = model('over', () => {
      const { x } = state({ x: range(0, 3).starts(3) })
      return { actions: [action('step', {}, () => ({ then: [set(x, x.plus(1)), set(x, 0)] }))], terminal: true }
    })

    expect(verdictsOf(await checkSpec(falling((x) => refines(over, { x }))))).toEqual({ claim: 'violated' })
  })
})

const counter = model('counter', () => {
  const { n, kind } = state({ n: range(0, 3).starts(0), kind: oneOf(['odd', 'even']).starts('even') })
  return {
    actions: [action('up', {}, () => ({ when: n.lt(3), then: set(n, n.plus(1)) }))],
    terminal: n.is(3),
    properties: { claim: refines(lockLike(), { free: kind.is('even') }) },
  }
})

function lockLike(): ModelBuilder {
  return model('lock-like', () => {
    const { free } = state({ free: bool.starts(true) })
    return { actions: [action('take', {}, () => ({ when: free, then: set(free, false) }))] }
  })
}

describe('mappings', () => {
  it('violates at once where an initial state maps to none', async () => {
    const starts = model('starts-taken', () => {
      const { taken } = state({ taken: bool.starts(true) })
      return {
        actions: [action('idle', {}, () => ({ then: set(taken, true) }))],
        properties: { claim: refines(lockLike(), { free: taken.is(false) }) },
      }
    })

    const found = (await checkSpec(starts)).properties.find(({ name }) => name === 'claim')
    expect([found?.verdict, found?.trace?.steps.length]).toEqual(['violated', 1])
    expect(found?.reason[0]).toBe('lock-like does not start like this:')
  })

  it('are a model error where they raise one at the start, also of a model that never takes a step', async () => {
    const stuck = model('stuck', () => {
      const { queue, mayGo } = state({ queue: sequenceOf(bool, 1).starts([]), mayGo: bool.starts(false) })
      return {
        actions: [action('go', {}, () => ({ when: mayGo, then: set(mayGo, true) }))],
        terminal: true,
        properties: { claim: refines(lockLike(), { free: queue.head }) },
      }
    })

    const { properties } = await checkSpec(stuck)
    expect(properties.map(({ name, verdict, trace }) => [name, verdict, trace?.steps.length])).toEqual([
      ['claim', 'inconclusive', undefined],
      ['model error', 'violated', 1],
    ])
    expect(properties.at(-1)?.reason).toEqual(['`queue` has no element 0, in the property `claim`'])
  })

  it('leaves the variables of the model around it alone', () => {
    expect(buildModel(counter).variables.map(({ name }) => name)).toEqual(['n', 'kind'])
  })

  const mistakesOf = (mapping: { readonly [name: string]: unknown }): readonly string[] => {
    const built = model('wrong', () => {
      const { x } = state({ x: range(0, 1).starts(0) })
      return {
        actions: [action('stay', {}, () => ({ then: set(x, x) }))],
        properties: { claim: refines(gadget, mapping) },
      }
    }).build()
    return E.isLeft(built) ? built.left.map(({ code, message }) => `${code} ${message}`) : []
  }

  it('have to map every variable and no other (MC110)', () => {
    expect(mistakesOf({ box: { n: 0, mode: 'a' }, list: [0, 0, 0], off: true })).toEqual([
      "MC110 nothing is mapped to 'on' of 'gadget'",
      "MC110 'gadget' has no variable 'off'",
    ])
  })

  it('have to stay inside labels, and say so for values too (MC102, MC110)', () => {
    const codes = mistakesOf({ box: { n: 0, mode: 'c' }, list: [0, 0, 0], on: true }).map((text) => text.slice(0, 5))
    expect(codes).toContain('MC102')
  })
})
