/**
 * Comparisons of a variable with many constants become a look into a table, and mean the same: in guards, in the limits of an arrival, in
 * properties, under a negation, for an enumeration, a range that starts below 0, and a domain of more than 32 values.
 */

import { expect, it } from 'vitest'
import { connected } from '../../checker/compile/emit-expr.ts'
import { layoutOf } from '../../checker/compile/layout.ts'
import { action, all, always, any, not, oneOf, range, reachable, set, state } from '../../src/language/index.ts'
import { model } from '../../src/language/model.ts'
import { scopeOf } from '../../src/model/domain-of.ts'
import type { Expr } from '../../src/model/ir.ts'
import { buildModel } from '../support/build.ts'
import { expectAgreement } from '../support/kernel-agreement.ts'

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const
const some = [-3, -1, 0, 2, 31, 32, 39] as const

const manyConstants = model('many-constants', () => {
  const { letter, number } = state({ letter: oneOf(letters).starts('a'), number: range(-3, 40).starts(-3) })
  const isSome = any(some.map((value) => number.is(value)))
  const isNone = all(some.map((value) => number.isNot(value)))
  const isEarly = any(letters.slice(0, 7).map((value) => letter.is(value)))
  return {
    actions: [
      action('next', {}, () => ({ when: number.lt(40), then: set(number, number.plus(1)) })),
      action('back', {}, () => ({ when: all(isNone, number.gt(0)), then: set(number, number.minus(2)) })),
      action('turn', { to: letters }, ({ to }) => ({ when: all(isSome, not(letter.is(to))), then: set(letter, to) })),
    ],
    properties: {
      'some or none': always(any(isSome, isNone)),
      'never both': always(not(all(isSome, isNone))),
      'early while none': always(any(isEarly, isSome)),
      'h at none': reachable(all(not(isEarly), isNone)),
    },
    expectViolated: ['early while none'],
  }
})

it('agrees with the reference evaluator', () => {
  expectAgreement(buildModel(manyConstants))
})

it('looks into a table once where there are many, in either connective', () => {
  const built = buildModel(manyConstants)
  const layout = layoutOf(built)
  const reader = { scope: scopeOf(built), layout, read: (word: number) => `s${word}`, next: null }
  const equals = (value: number): Expr => ({
    kind: 'equal',
    left: { kind: 'variable', name: 'number' },
    right: { kind: 'literal', domain: { kind: 'range', min: -3, max: 40 }, value },
  })

  const few = connected('or', some.slice(0, 3).map(equals), reader)
  const many = connected('or', some.map(equals), reader)
  const none = connected(
    'and',
    some.map((value): Expr => ({ kind: 'not', e: equals(value) })),
    reader,
  )

  expect(few).toHaveLength(3)
  expect(many.join()).toMatch(/^\(\(table\d+\[.*\) !== 0\)$/)
  expect(none.join()).toMatch(/^\(\(table\d+\[.*\) === 0\)$/)
})
