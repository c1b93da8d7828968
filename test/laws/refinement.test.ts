/**
 * The relation that the language derives from a refinement against its definition, on random models that are changed a little and mapped
 * to each other by expressions that raise errors, and what a check says of them.
 */

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { Inexpressible, relationOf } from '../../src/language/relation.ts'
import { equalDomains } from '../../src/model/domain.ts'
import { DomainError, domainOf, scopeOf } from '../../src/model/domain-of.ts'
import { ModelError } from '../../src/model/evaluate.ts'
import { type Model, modelErrorProperty, type Refinement } from '../../src/model/ir.ts'
import { refinesInitially, refinesStep } from '../../src/model/refinement.ts'
import { holdsIn, initialStates } from '../../src/model/step.ts'
import { type BruteForce, bruteForce } from '../support/brute-force.ts'
import { littleMemory } from '../support/build.ts'
import { Choices, draws } from '../support/choices.ts'
import { lawOf, lawTimeoutMs } from '../support/law.ts'
import { randomExpr } from '../support/random-expression.ts'
import { nowhere, randomModel, randomStatements } from '../support/random-model.ts'

const settings = { ...lawOf(777, 100), endOnFailure: true }
const maxStates = 25
const name = 'refinement'

type Answer = boolean | 'error'

function orError(answer: () => boolean): Answer {
  try {
    return answer()
  } catch (error) {
    if (error instanceof ModelError) return 'error'
    throw error
  }
}

/** An effect that goes other ways than it did, mostly over values that nobody sees in the end. */
function detoured(c: Choices, model: Model): Model {
  const ground = { c, scope: scopeOf(model), isSafe: false, isStep: false, made: [] }
  const instances = model.instances.map((one) =>
    c.chance(40) ? { ...one, effect: [...randomStatements(ground, 1), ...one.effect] } : one,
  )
  return { ...model, instances: instances.filter(() => c.chance(85)), properties: [] }
}

/** The model with a claim to be refined by; null where it cannot be expressed. */
function refined(c: Choices, model: Model): { readonly model: Model; readonly refines: Refinement } | null {
  const scope = scopeOf(model)
  const ground = { c, scope, isSafe: false, isStep: false, made: [] }
  const abstract = detoured(c, model)
  const mapping = model.variables.map(({ name, domain }) => {
    const own = { kind: 'variable', name } as const
    const e = c.chance(70) ? own : randomExpr(ground, domain, 2)
    const given = domainOf(e, scope)
    const isFit = given.kind === 'range' ? domain.kind === 'range' : equalDomains(given, domain)
    return { variable: name, e: isFit ? e : own }
  })
  const refines = { abstract, mapping }
  try {
    const property = { kind: 'step', name, relation: relationOf(refines, scope), refines, source: nowhere } as const
    return { model: { ...model, properties: [property] }, refines }
  } catch (error) {
    if (error instanceof Inexpressible || error instanceof DomainError) return null
    throw error
  }
}

/** What the relation says, which has to be what the definition does: it may raise those errors too that keep an abstract step from being one. */
function judge(model: Model, refines: Refinement, found: BruteForce): readonly Answer[] {
  const [property] = model.properties
  if (property?.kind !== 'step') throw new Error('no refinement')
  return [...found.nodes.values()].flatMap(({ state, outcomes }) =>
    (outcomes ?? []).flatMap((one) => {
      if (!('state' in one)) return []
      const given = orError(() => holdsIn(model, property.relation, state, one.state))
      const wanted = orError(() => refinesStep(model, refines, state, one.state))
      if (given !== 'error' || wanted === 'error') expect(given).toBe(wanted)
      return [given]
    }),
  )
}

it(
  `is what it means, and no run that is shown is refused (seed ${settings.seed})`,
  async () => {
    const seen = new Map<string, number>()
    const law = fc.asyncProperty(draws, async (list) => {
      const c = new Choices(list)
      const made = refined(c, randomModel(c))
      if (made === null) return
      const { model, refines } = made
      const found = bruteForce(model, { maxStates })
      const answers = judge(model, refines, found)
      const starts = initialStates(model).map((one) => orError(() => refinesInitially(model, refines, one)))
      const isViolated = starts.includes(false) || answers.includes(false)
      const hasError = starts.includes('error') || found.findings.has(modelErrorProperty)
      const verdict = isViolated ? 'violated' : hasError || !found.complete ? 'inconclusive' : 'holds'

      const result = await checkModel(model, { workers: 1, ...littleMemory, maxStates })

      const given = result.properties.find((one) => one.name === name)?.verdict
      expect(given).toBe(verdict)
      expect(result.properties.some((one) => one.kind === 'model-error')).toBe(hasError)
      for (const one of [...answers.map(String), verdict]) seen.set(one, (seen.get(one) ?? 0) + 1)
    })

    await fc.assert(law, settings)

    for (const one of ['true', 'false', 'error', 'holds', 'violated', 'inconclusive'])
      expect([one, (seen.get(one) ?? 0) > settings.numRuns / 20]).toEqual([one, true])
  },
  lawTimeoutMs,
)
