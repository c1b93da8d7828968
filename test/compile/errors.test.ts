/**
 * Model errors in corners: each is raised though nothing uses the value, none is counted twice or held back.
 */

import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { node, typed } from '../../src/language/expression.ts'
import { action, model, never, range, set, state } from '../../src/language/index.ts'
import type { Domain, Expr, Model } from '../../src/model/ir.ts'
import { heldAssumptions, initialStates, successors } from '../../src/model/step.ts'
import { buildModel, verdictsOf } from '../support/build.ts'
import { expectAgreement } from '../support/kernel-agreement.ts'

const digit: Domain = { kind: 'range', min: 0, max: 3 }
const x: Expr = { kind: 'variable', name: 'x' }
const number = (value: number): Expr => ({ kind: 'literal', domain: digit, value })
/** Divides by x, which is 0 at first. */
const wrong: Expr = {
  kind: 'arithmetic',
  operator: 'min',
  left: { kind: 'arithmetic', operator: 'div', left: number(1), right: x },
  right: number(3),
}

function pair(a: Expr, b: Expr): Expr {
  const fields = ['a', 'b'].map((name) => ({ name, domain: digit }))
  return { kind: 'construct', domain: { kind: 'record', fields }, items: [a, b] }
}

function listOf(...items: readonly Expr[]): Expr {
  const index: Domain = { kind: 'range', min: 0, max: items.length - 1 }
  return { kind: 'construct', domain: { kind: 'array', index, element: digit }, items }
}

/** From x = 0 one step sets x to a value; the property asks whether a claim ever holds. */
function oneStep(value: Expr, claim: Expr = { kind: 'equal', left: x, right: number(3) }): Model {
  return buildModel(
    model('one step', () => {
      const v = state({ x: range(0, 3).starts(0) })
      return {
        actions: action('go', {}, () => ({ when: v.x.is(0), then: set(v.x, typed<number>(node(value))) })),
        terminal: true,
        properties: { claim: never(typed<boolean>(node(claim))) },
      }
    }),
  )
}

describe('an error in a part that nothing uses is raised', () => {
  it.each([
    ['a field of a record built on the spot', { kind: 'field', of: pair(number(1), wrong), name: 'a' }],
    ['an element of an array built on the spot', { kind: 'index', of: listOf(number(1), wrong), index: number(0) }],
    ['an element chosen at run time', { kind: 'index', of: listOf(number(1), wrong), index: x }],
    [
      'a field of what a condition picks',
      {
        kind: 'field',
        of: {
          kind: 'conditional',
          condition: { kind: 'equal', left: x, right: number(0) },
          then: pair(number(1), wrong),
          otherwise: pair(number(1), number(1)),
        },
        name: 'a',
      },
    ],
  ] satisfies [string, Expr][])('%s', async (_, value) => {
    const spec = oneStep(value)

    expectAgreement(spec)
    expect(verdictsOf(await checkModel(spec))['model error']).toBe('violated')
  })

  it('the rest of a comparison that is decided already', async () => {
    const differs: Expr = { kind: 'equal', left: pair(number(1), wrong), right: pair(number(2), number(0)) }
    const spec = oneStep(number(1), differs)

    expectAgreement(spec)
    expect(verdictsOf(await checkModel(spec))['model error']).toBe('violated')
  })

  it('but not in a part that is not evaluated', async () => {
    const spec = oneStep({
      kind: 'conditional',
      condition: { kind: 'equal', left: x, right: number(0) },
      then: number(1),
      otherwise: wrong,
    })

    expectAgreement(spec)
    expect(verdictsOf(await checkModel(spec))).toEqual({ claim: 'holds' })
  })
})

it('arithmetic makes no negative zero', () => {
  const minusOne: Expr = { kind: 'literal', domain: { kind: 'range', min: -1, max: -1 }, value: -1 }
  const spec = oneStep({ kind: 'arithmetic', operator: 'times', left: x, right: minusOne })
  const [start] = initialStates(spec)
  const [next] = start === undefined ? [] : successors(spec, start)

  expect(next !== undefined && 'state' in next && Object.is(next.state['x'], 0)).toBe(true)
  expectAgreement(spec)
})

/** The model with a limit as the first conjunct of its only instance: by form a test of a program counter. */
function limited(conjunct: Expr, own: Expr): Model {
  const spec = oneStep(number(1))
  const { source } = spec
  const guard = [
    { name: 'limit', e: conjunct, assumption: 0 },
    { name: null, e: own, assumption: null },
  ]
  return {
    ...spec,
    assumptions: [{ kind: 'limit', name: 'limit', limit: 1, source }],
    instances: spec.instances.map((instance) => ({ ...instance, guard })),
  }
}

describe('what a limit holds back is counted', () => {
  it('though the limit stands first and tests a variable', async () => {
    const spec = limited({ kind: 'equal', left: x, right: number(1) }, { kind: 'equal', left: x, right: number(0) })

    expectAgreement(spec)
    expect((await checkModel(spec)).assumptions).toEqual([{ name: 'limit', limit: 1, held: 1 }])
  })

  it('except for what raises an error anyway', async () => {
    const spec = limited({ kind: 'equal', left: x, right: number(1) }, { kind: 'equal', left: wrong, right: number(1) })
    const [start] = initialStates(spec)

    expect(start === undefined ? null : heldAssumptions(spec, start)).toEqual([0])
    expectAgreement(spec)
    expect((await checkModel(spec)).assumptions).toEqual([{ name: 'limit', limit: 1, held: 0 }])
  })
})
