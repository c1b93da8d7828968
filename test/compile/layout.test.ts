/**
 * Where values lie: every width at every offset around a word border, and the odd domains.
 */

import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { layoutOf } from '../../checker/compile/layout.ts'
import type { Domain, Expr, Model, Value } from '../../src/model/ir.ts'
import { validate } from '../../src/model/validate.ts'
import { expectAgreement } from '../support/kernel-agreement.ts'
import { nowhere } from '../support/random-model.ts'
import { expectSameSearch } from '../support/search-agreement.ts'

type Start = readonly [Domain, Value]

/** Variables v0, v1, … and instances that store these values, one after the other, into the last of them. */
function modelOf(starts: readonly Start[], values: readonly Value[]): Model {
  const last = `v${starts.length - 1}`
  const d = starts.at(-1)?.[0] ?? { kind: 'boolean' }
  const literal = (domain: Domain, value: Value): Expr => ({ kind: 'literal', domain, value })
  return {
    name: 'layout',
    constants: {},
    variables: starts.map(([domain, initial], i) => {
      return { name: `v${i}`, domain, initial, role: 'data', source: nowhere }
    }),
    initially: [],
    actions: [{ name: 'store', source: nowhere }],
    instances: values.map((value) => ({
      action: 0,
      binding: {},
      lane: null,
      kind: 'action',
      thread: null,
      path: [],
      label: 'store',
      guard: [],
      effect: [{ kind: 'assign', place: { kind: 'variable', name: last }, e: literal(d, value), source: nowhere }],
      source: nowhere,
    })),
    threads: [],
    assumptions: [],
    fairness: [],
    terminal: literal({ kind: 'boolean' }, true),
    properties: [],
    expectedViolations: [],
    interchangeable: [],
    strips: [],
    source: nowhere,
  }
}

/** A range of exactly this many bits, half of it below zero. */
function bits(width: number): Extract<Domain, { kind: 'range' }> {
  const half = 2 ** (width - 1)
  return width === 32 ? { kind: 'range', min: -half + 1, max: half - 1 } : { kind: 'range', min: -half, max: half - 1 }
}

const widths = Array.from({ length: 32 }, (_, i) => i + 1)

describe('a value of n bits', () => {
  it.each(widths)('of %i bits is kept apart from its neighbours at every offset', (width) => {
    const d = bits(width)
    for (const offset of widths) {
      const before = bits(offset)
      const after = bits(7)
      const wide: readonly Start[] = [
        [before, before.max],
        [after, after.min],
        [d, d.min],
      ]

      expectAgreement(modelOf(wide, [d.max, 0, d.min]))
    }
  })
})

const one: Domain = { kind: 'range', min: 5, max: 5 }
const odd: readonly { readonly what: string; readonly domain: Domain; readonly values: readonly Value[] }[] = [
  { what: 'a domain of one value', domain: one, values: [5] },
  { what: 'an enumeration of one label', domain: { kind: 'enumeration', values: ['a'] }, values: ['a'] },
  { what: 'a negative range', domain: { kind: 'range', min: -9, max: -3 }, values: [-9, -3, -5] },
  {
    what: 'an array of length 1',
    domain: { kind: 'array', index: { kind: 'range', min: 3, max: 3 }, element: bits(3) },
    values: [[-4], [3]],
  },
  {
    what: 'a set of 33 members',
    domain: { kind: 'set', element: { kind: 'range', min: -1, max: 31 } },
    values: [[], [31], [-1, 0, 30, 31]],
  },
  {
    what: 'a set of 1024 members',
    domain: { kind: 'set', element: { kind: 'range', min: 0, max: 1023 } },
    values: [[], [0, 31, 32, 1023], Array.from({ length: 1024 }, (_, i) => i)],
  },
  {
    what: 'a sequence, empty and full',
    domain: { kind: 'sequence', element: { kind: 'range', min: 2, max: 9 }, capacity: 3 },
    values: [[], [2, 9, 2], [9]],
  },
]

describe('odd domains', () => {
  it.each(odd)('$what', async ({ domain, values }) => {
    const [initial = false] = values
    const model = modelOf(
      [
        [bits(30), 0],
        [domain, initial],
      ],
      values,
    )

    expect(validate(model)).toEqual(E.right(model))
    expectAgreement(model)
    await expectSameSearch(model)
  })

  it('a state of no bits is one state', async () => {
    const model = modelOf([[one, 5]], [5])

    expect(layoutOf(model).stateBits).toBe(0)
    expect((await expectSameSearch(model)).nodes.size).toBe(1)
  })

  it('a state of more than 1,000 bits', async () => {
    const wide: Domain = { kind: 'array', index: { kind: 'range', min: 0, max: 99 }, element: bits(13) }
    const value = (n: number): Value => Array.from({ length: 100 }, (_, i) => (i * 37 + n) % 4000)
    const model = modelOf([[wide, value(0)]], [value(1), value(2)])

    expect(layoutOf(model).stateBits).toBe(1300)
    expectAgreement(model)
    expect((await expectSameSearch(model)).nodes.size).toBe(3)
  })
})

describe('domains that are refused', () => {
  const tooLarge: readonly { readonly what: string; readonly domain: Domain }[] = [
    { what: '2^32 values', domain: { kind: 'range', min: -(2 ** 31), max: 2 ** 31 - 1 } },
    { what: 'a set of 1025 members', domain: { kind: 'set', element: { kind: 'range', min: 0, max: 1024 } } },
    { what: 'no values', domain: { kind: 'range', min: 1, max: 0 } },
    { what: 'a record without fields', domain: { kind: 'record', fields: [] } },
  ]

  it.each(tooLarge)('$what (MC103)', ({ domain }) => {
    const validated = validate(modelOf([[domain, 0]], []))

    expect(E.isLeft(validated) ? validated.left.map(({ code }) => code) : []).toContain('MC103')
  })
})
