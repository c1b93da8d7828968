/**
 * What an expression is made of, and the same of other parts: on random expressions of every kind.
 */

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Expr, Model } from '../../src/model/ir.ts'
import { mapOperands, operandsOf, partsOf, substituted } from '../../src/model/operands.ts'
import { Choices, draws } from '../support/choices.ts'
import { lawOf } from '../support/law.ts'
import { randomModel } from '../support/random-model.ts'

const settings = lawOf(20_261_128, 60)

function expressionsOf({ instances, properties }: Model): readonly Expr[] {
  const guards = instances.flatMap(({ guard }) => guard.map(({ e }) => e))
  const claims = properties.flatMap((one) =>
    one.kind === 'step' ? [one.relation] : 'predicate' in one ? [one.predicate] : [],
  )
  return [...guards, ...claims]
}

it(`changes all operands of an expression and nothing else (seed ${settings.seed})`, () => {
  const law = fc.property(draws, (list) => {
    for (const e of expressionsOf(randomModel(new Choices(list))).flatMap((one) => [...partsOf(one)])) {
      const negation = (operand: Expr): Expr => ({ kind: 'not', e: operand })

      const changed = mapOperands(e, negation)

      expect(operandsOf(changed)).toEqual(operandsOf(e).map(negation))
      expect(mapOperands(e, (operand) => operand)).toEqual(e)
    }
  })
  fc.assert(law, settings)
})

it(`renames the variables of an expression, and what is used several times is so afterwards (seed ${settings.seed})`, () => {
  const law = fc.property(draws, (list) => {
    for (const e of expressionsOf(randomModel(new Choices(list)))) {
      const before = partsOf(e)

      const after = partsOf(substituted(e, (name) => ({ kind: 'variable', name: `${name}'` })))

      const namesIn = (parts: ReadonlySet<Expr>): ReadonlySet<string> =>
        new Set([...parts].flatMap((part) => (part.kind === 'variable' ? [part.name] : [])))
      const isInner = ({ kind }: Expr): boolean => kind !== 'variable'
      expect(namesIn(after)).toEqual(new Set([...namesIn(before)].map((name) => `${name}'`)))
      expect([...after].filter(isInner)).toHaveLength([...before].filter(isInner).length)
    }
  })
  fc.assert(law, settings)
})
