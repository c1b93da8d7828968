/**
 * Initial states, or the mistake in the spec for which there are none.
 */

import { certify, type ShownBy } from '../src/model/certify.ts'
import { ModelError } from '../src/model/evaluate.ts'
import type { Model, Refinement, Statement } from '../src/model/ir.ts'
import type { Parts } from '../src/model/parts.ts'
import { problem, SpecError } from '../src/model/problem.ts'
import { refinesInitially } from '../src/model/refinement.ts'
import { eachInitialState } from '../src/model/step.ts'
import type { State, Trace } from '../src/model/trace.ts'

/**
 * What `build` makes of the initial states; null is passed on. An error at the start is a mistake in the spec: there is no state yet that a
 * trace could show. Throws `SpecError`: MC102 when a start raises an error, MC103 when there is none.
 */
export function* startsOf<T extends { readonly length: number } | null>(model: Model, build: Parts<T>): Parts<T> {
  try {
    const states = yield* build
    if (states === null || states.length > 0) return states
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    const message = `no initial state can be built: ${error.message}`
    throw new SpecError(problem('MC102', message, 'Start inside all domains.', error.source ?? model.source))
  }
  const hint = 'Leave `initially` an alternative.'
  const [choice, ...others] = model.initially.flatMap(choicesThatMayFail)
  const { source } = choice === undefined || others.length > 0 ? model : choice
  throw new SpecError(problem('MC103', 'there is no initial state', hint, source))
}

function choicesThatMayFail(statement: Statement): readonly Statement[] {
  if (statement.kind === 'when') return [...statement.then, ...statement.otherwise].flatMap(choicesThatMayFail)
  if (statement.kind !== 'choose') return []
  if (statement.alternatives.every(({ given }) => given !== null)) return [statement]
  return statement.alternatives.flatMap(({ then }) => then.flatMap(choicesThatMayFail))
}

/** The first initial state of this kind, as a trace without a step, certified: it shows what it is said to. */
export function* findStart(model: Model, shown: ShownBy, isWanted: (start: State) => boolean): Parts<Trace | null> {
  for (const state of eachInitialState(model)) {
    yield
    if (!isWanted(state)) continue
    const trace: Trace = { steps: [{ instance: null, choices: [], state }], loop: null, shortest: true }
    const misfit = certify(model, trace, shown)
    if (misfit !== null) throw new Error(`an initial state failed certification: ${misfit.reason}`)
    return trace
  }
  return null
}

/** False where the mapping raises an error: that is a model error. */
export function isUnrefinedStart(model: Model, refines: Refinement, start: State): boolean {
  try {
    return !refinesInitially(model, refines, start)
  } catch (error) {
    if (error instanceof ModelError) return false
    throw error
  }
}
