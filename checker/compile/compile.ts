/**
 * From a validated model to integers: layout, counters, generated code, packed initial states.
 */

import { checksOf } from '../../src/model/checks.ts'
import { domainOf, scopeOf } from '../../src/model/domain-of.ts'
import type { Model, Statement } from '../../src/model/ir.ts'
import { problem, SpecError } from '../../src/model/problem.ts'
import { startsOf } from '../starts.ts'
import { takersOf } from '../takers.ts'
import type { CompiledModel, CounterLayout } from './compiled-model.ts'
import { casesOf, emitKernel } from './emit-kernel.ts'
import { type CompiledCode, canonicalStates, packInitialStates } from './initial-states.ts'
import { type Following, wholly } from './kernel-input.ts'
import { type Layout, layoutOf } from './layout.ts'
import { rehearsalOf } from './rehearsal.ts'

export interface Compilation {
  readonly compiled: CompiledModel
  readonly layout: Layout
  /** Distinct initial states as the model has them, [count × stateWords]. */
  readonly starts: Int32Array
}

/**
 * Compiles a model to judge the properties with these indices. Throws MC208 when it is too large, MC102 when a start
 * raises an error, MC103 when there is none.
 */
export function compile(model: Model, judged: readonly number[], following: Following = wholly): Compilation {
  const layout = layoutOf(model)
  const codeOf = (one: Model, properties: readonly number[], how: Following): CompiledCode => {
    const counters = counterLayout(one, properties)
    const maxSuccessors = successorBound(one, layout)
    return {
      counters,
      maxSuccessors,
      source: emitKernel({ model: one, layout, counters, judged: properties, maxSuccessors, following: how }),
    }
  }
  const code = codeOf(model, judged, following)
  const starts = startsOf(model, () => packInitialStates(model, layout, (one) => codeOf(one, [], wholly)))
  const isSymmetric = following.members !== null
  return {
    layout,
    starts,
    compiled: {
      stateWords: layout.stateWords,
      stateBits: layout.stateBits,
      instanceCount: model.instances.length,
      initialStates: isSymmetric ? canonicalStates(code, starts, layout.stateWords) : starts,
      rehearsal: rehearsalOf(layout),
      isReduced: following.interference !== null,
      isSymmetric,
      ...code,
    },
  }
}

const maxHistogram = 65_536
const maxActions = 65_535

function counterLayout(model: Model, judged: readonly number[]): CounterLayout {
  if (model.actions.length > maxActions) {
    throw new SpecError(
      problem('MC208', `${model.actions.length} actions are too many`, `At most ${maxActions} are possible.`),
    )
  }
  const checks = checksOf(model)
  const takers = takersOf(model)
  const heldByAssumption = takers.all.length
  const byProperty = heldByAssumption + model.assumptions.length
  const byCheck = byProperty + model.properties.length
  const terminal = byCheck + checks.length
  let length = terminal + 3
  const measures = judged.flatMap((property) => {
    const measured = model.properties[property]
    if (measured?.kind !== 'measure') return []
    const d = domainOf(measured.e, scopeOf(model))
    const count = d.kind === 'range' ? d.max - d.min + 1 : 0
    if (d.kind !== 'range' || count > maxHistogram) {
      throw new SpecError(
        problem(
          'MC208',
          `'${measured.name}' may take ${count} values`,
          `A measure takes at most ${maxHistogram}.`,
          measured.source,
        ),
      )
    }
    const offset = length
    length += count
    return [{ property, offset, min: d.min, count }]
  })
  return {
    length,
    takerCount: takers.all.length,
    generatedBy: takers.ofInstance,
    heldByAssumption,
    byProperty,
    byCheck,
    checks,
    terminal,
    deadlock: terminal + 1,
    modelError: terminal + 2,
    measures,
  }
}

/** Outcomes that one effect can have at most. */
function outcomes(statements: readonly Statement[]): number {
  return statements.reduce((product, statement) => {
    if (statement.kind === 'when') return product * Math.max(outcomes(statement.then), outcomes(statement.otherwise))
    if (statement.kind !== 'choose') return product
    return product * statement.alternatives.reduce((sum, alternative) => sum + outcomes(alternative.then), 0)
  }, 1)
}

function successorBound(model: Model, layout: Layout): number {
  const of = (indices: readonly number[]): number =>
    indices.reduce((sum, i) => sum + outcomes(model.instances[i]?.effect ?? []), 0)
  const { cases, others } = casesOf(model, layout)
  const widest = new Map<string, number>()
  for (const one of cases) widest.set(one.variable, Math.max(widest.get(one.variable) ?? 0, of(one.instances)))
  return of(others) + [...widest.values()].reduce((sum, most) => sum + most, 0)
}
