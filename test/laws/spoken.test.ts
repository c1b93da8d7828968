/**
 * Expressions as they are spoken against JavaScript: what the language makes of them has the value that the operators are said to give.
 */

import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { expect, it } from 'vitest'
import { model, state } from '../../src/language/index.ts'
import { environmentOf, evaluate, ModelError } from '../../src/model/evaluate.ts'
import type { Domain, Expr, Model, Value } from '../../src/model/ir.ts'
import { initialValues } from '../../src/model/step.ts'
import { Choices, draws } from '../support/choices.ts'
import { lawOf, lawTimeoutMs } from '../support/law.ts'
import { randomDomain, randomScalar, randomValue } from '../support/random-domain.ts'
import { NothingFits, type Place, Speaker } from '../support/random-spoken.ts'

const settings = lawOf(20_261_128, 400)

/** Some variables, and what is said of the state in which they have their initial values. */
function speak(c: Choices): readonly [Model, readonly Place[]] | null {
  const said: Place[] = []
  const built = model('spoken', () => {
    const members: Domain = { kind: 'set', element: randomScalar(c) }
    const kinds = [members, ...c.times(1, 3, () => randomDomain(c, 2))]
    const starts = kinds.map((domain, i) => [`v${i}`, { domain, initial: randomValue(c, domain) }] as const)
    const variables = state(Object.fromEntries(starts))
    const places = starts.map(([name, { domain, initial }]) => ({ e: variables[name], v: initial, d: domain }))
    const speaker = new Speaker(c, places)
    for (let i = 0; i < 12; i++) {
      try {
        said.push(speaker.any(c.between(1, 3)))
      } catch (error) {
        if (!(error instanceof NothingFits)) throw error
      }
    }
    return {}
  }).build()
  return E.isLeft(built) ? null : [built.right, said]
}

/** Null for a model error. */
function valueIn(model: Model, { e }: Place): Value | null {
  try {
    return evaluate((e as { readonly ir: Expr }).ir, environmentOf(model, initialValues(model)))
  } catch (error) {
    if (error instanceof ModelError) return null
    throw error
  }
}

it(
  `means what is said (seed ${settings.seed})`,
  () => {
    const found = { values: 0, errors: 0 }
    const law = fc.property(draws, (list) => {
      const [model, said] = speak(new Choices(list)) ?? []
      for (const one of model === undefined ? [] : (said ?? [])) {
        expect(model && valueIn(model, one)).toEqual(one.v)
        found[one.v === null ? 'errors' : 'values']++
      }
    })

    fc.assert(law, settings)

    expect(found.values).toBeGreaterThan(settings.numRuns)
    expect(found.errors).toBeGreaterThan(settings.numRuns / 10)
  },
  lawTimeoutMs,
)
