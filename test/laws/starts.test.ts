/**
 * Initial states as generated code finds them, of statements that depend on each other or do not, that raise errors, and that keep others from
 * being run: those that the reference evaluator finds.
 */

import * as fc from 'fast-check'
import { it } from 'vitest'
import { listStarts } from '../../checker/compile/compile.ts'
import { layoutOf } from '../../checker/compile/layout.ts'
import { distinctStates } from '../../checker/compile/sorted-states.ts'
import { ModelError } from '../../src/model/evaluate.ts'
import type { Model, Statement } from '../../src/model/ir.ts'
import { finish } from '../../src/model/parts.ts'
import { initialStates } from '../../src/model/step.ts'
import { Choices, draws } from '../support/choices.ts'
import { lawOf, lawTimeoutMs } from '../support/law.ts'
import { randomModel, randomStart, randomStatements } from '../support/random-model.ts'

const settings = lawOf(20_261_127, 400)

function randomStarts(c: Choices): Model {
  const model = randomModel(c)
  const scope = new Map(model.variables.map(({ name, domain }) => [name, domain]))
  const ground = { c, scope, isSafe: c.chance(60), isStep: false, made: [] }
  const some = (): readonly Statement[] =>
    c.chance(50) ? randomStart(c, model.variables) : randomStatements(ground, 1).flatMap(withoutChecks)
  return { ...model, initially: c.times(2, 4, some).flat() }
}

/** What is claimed at the start is judged by nobody. */
function withoutChecks(statement: Statement): readonly Statement[] {
  const all = (statements: readonly Statement[]): readonly Statement[] => statements.flatMap(withoutChecks)
  switch (statement.kind) {
    case 'check':
      return []
    case 'when':
      return [{ ...statement, then: all(statement.then), otherwise: all(statement.otherwise) }]
    case 'choose':
      return [{ ...statement, alternatives: statement.alternatives.map((one) => ({ ...one, then: all(one.then) })) }]
    default:
      return [statement]
  }
}

/** Packed, distinct and in order; null if one raises an error. */
function startsByDefinition(model: Model): Int32Array | null {
  const { encode, stateWords } = layoutOf(model)
  try {
    const words = initialStates(model).flatMap((state) => [...encode(state)])
    return finish(distinctStates(Int32Array.from(words), stateWords))
  } catch (error) {
    if (error instanceof ModelError) return null
    throw error
  }
}

it(
  `finds the initial states of random statements (seed ${settings.seed})`,
  () => {
    const law = fc.property(draws, (list) => {
      const model = randomStarts(new Choices(list))
      const found = finish(listStarts(model, Number.POSITIVE_INFINITY))
      const wanted = startsByDefinition(model)
      if (String(found) !== String(wanted)) throw new Error(`[${found}] instead of [${wanted}]`)
    })
    fc.assert(law, settings)
  },
  lawTimeoutMs,
)
