/**
 * Refinement: a mapping reads a state of an abstract model out of every state of a concrete one. Initial states have to map
 * to initial states, and every step to a step of the abstract model or to none at all (a stutter).
 * This is the definition, on the reference evaluator; the search uses a relation that the language derives from it.
 * Source: Abadi and Lamport 1991, doi:10.1016/0304-3975(91)90224-P; safety only: fairness is not compared.
 */

import { containsValue } from './domain.ts'
import { environmentOf, evaluate, ModelError } from './evaluate.ts'
import type { Model, Refinement, Value } from './ir.ts'
import { isInitialState } from './start.ts'
import { successors } from './step.ts'
import type { State, Trace } from './trace.ts'
import { equalValues, isRecordValue, showValue } from './values.ts'

/** The abstract state that a concrete state stands for. */
function mapState(model: Model, { mapping }: Refinement, state: State): State {
  const env = environmentOf(model, state)
  return Object.fromEntries(mapping.map(({ variable, e }) => [variable, evaluate(e, env)]))
}

/** A number may be mapped that its variable cannot have. */
function isStateOf({ variables }: Model, state: State): boolean {
  return variables.every(({ name, domain }) => containsValue(domain, state[name] ?? false))
}

export function refinesInitially(model: Model, refinement: Refinement, state: State): boolean {
  const mapped = mapState(model, refinement, state)
  return isInitialState(refinement.abstract, mapped)
}

export function refinesStep(model: Model, refinement: Refinement, before: State, after: State): boolean {
  const [from, to] = [mapState(model, refinement, before), mapState(model, refinement, after)]
  if (!isStateOf(refinement.abstract, to)) return false
  if (equalValues(from, to)) return true
  return successors(refinement.abstract, from).some((one) => 'state' in one && equalValues(one.state, to))
}

/** The abstract run that the trace stands for, and the step that the abstract model has not. */
export function explainRefinement(model: Model, refinement: Refinement, trace: Trace): readonly string[] {
  const leaves = trace.steps.map((step) => leavesIn(model, refinement, step.state))
  const last = leaves.length - 1
  const { name } = refinement.abstract
  const told = leaves.flatMap((now, i) => {
    const changed = [...now].filter(([path, value]) => leaves[i - 1]?.get(path) !== value)
    const list = changed.map(([path, value]) => `${path} ${value}`).join(', ')
    return list === '' ? [] : [`${name} ${i === 0 ? 'starts with' : `at step ${i}:`} ${list}`]
  })
  return [last === 0 ? `${name} does not start like this:` : `${name} cannot do step ${last}:`, ...told]
}

/** None where the mapping raises an error: that is told as an error of the model. */
function leavesIn(model: Model, refinement: Refinement, state: State): ReadonlyMap<string, string> {
  try {
    return leavesOf('', mapState(model, refinement, state))
  } catch (error) {
    if (error instanceof ModelError) return new Map()
    throw error
  }
}

/** Every scalar, set and sequence inside a value, as text by its path. */
function leavesOf(path: string, value: Value): ReadonlyMap<string, string> {
  if (!isRecordValue(value)) return new Map([[path, showValue(value)]])
  const parts = Object.entries(value).map(([key, part]) => leavesOf(path === '' ? key : `${path}.${key}`, part))
  return new Map(parts.flatMap((part) => [...part]))
}
