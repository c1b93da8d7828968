/**
 * An initial state that shows something by itself.
 */

import { certify, type ShownBy } from '../../src/model/certify.ts'
import { ModelError } from '../../src/model/evaluate.ts'
import type { Model, Refinement } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import { refinesInitially } from '../../src/model/refinement.ts'
import { eachInitialState } from '../../src/model/step.ts'
import type { State, Trace } from '../../src/model/trace.ts'

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
