/**
 * From a run of packed states to a certified trace of values.
 */

import { certify, certifyInParts, type ShownBy } from '../../src/model/certify.ts'
import { stepError } from '../../src/model/error-of.ts'
import type { Model } from '../../src/model/ir.ts'
import type { Members } from '../../src/model/members.ts'
import type { Parts } from '../../src/model/parts.ts'
import { startingIn } from '../../src/model/start.ts'
import { failsCheck, type Outcome, successorsBy } from '../../src/model/step.ts'
import type { State, Trace, TraceStep } from '../../src/model/trace.ts'
import { equalValues } from '../../src/model/values.ts'
import type { Layout } from '../compile/layout.ts'
import type { Run } from './rebuild.ts'
import { replayRun } from './replay-run.ts'

/** What a run is told from. */
export interface Told {
  /** What was searched: the model itself unless it was reduced. */
  readonly searched: Model
  readonly layout: Layout
  readonly model: Model
  /** Initial states of what was searched, [count × stateWords]. */
  readonly starts: Int32Array
  /** Members of whose orders one was searched; null: all were. */
  readonly members: Members | null
}

/** Decodes a run, asks the reference evaluator which choices it makes, and certifies it. Throws if it does not fit: a bug. */
export function* tell(told: Told, run: Run, shown: ShownBy, loop: number | null = null): Parts<Trace> {
  const { model, searched } = told
  const found = yield* tellSearched(told, run, shown, loop)
  const isShownBy = function* (run: Trace): Parts<boolean> {
    return (yield* certifyInParts(model, run, shown)) === null
  }
  const trace = searched === model ? found : yield* replayRun(model, searched, found, isShownBy)
  const misfit = yield* certifyInParts(model, trace, shown)
  if (misfit !== null) throw new Error(`a trace failed certification at step ${misfit.step}: ${misfit.reason}`)
  return trace
}

function* tellSearched({ searched: model, layout }: Told, run: Run, shown: ShownBy, loop: number | null): Parts<Trace> {
  const states: State[] = []
  for (const words of run.states) {
    yield
    states.push(layout.decode(words, 0))
  }
  const [first] = states
  if (first === undefined) throw new Error('tell: the run is empty')
  const steps: TraceStep[] = [{ instance: null, choices: [], state: first }]
  for (const [i, instance] of run.instances.entries()) {
    yield
    steps.push(stepTo({ model, shown }, states[i] ?? first, instance, states[i + 1] ?? null))
  }
  // Of a lasso only a stem that ends in a stop is known to be the shortest as a whole.
  return { steps, loop, shortest: loop === null || loop === steps.length - 1 }
}

interface Step {
  readonly model: Model
  readonly shown: ShownBy
}

/** The outcome of the instance that leads to the next state; without one, the outcome that shows the violation. */
function stepTo({ model, shown }: Step, before: State, instance: number, after: State | null): TraceStep {
  for (const outcome of successorsBy(model, before, instance)) {
    if (after === null && !isShown(model, before, outcome, shown)) continue
    if ('error' in outcome) {
      if (after === null) return { instance, choices: outcome.choices, state: before }
      continue
    }
    if (after === null || equalValues(outcome.state, after))
      return { instance, choices: outcome.choices, state: outcome.state }
  }
  throw new Error('the reference evaluator does not take a step of the trace')
}

function isShown(model: Model, before: State, outcome: Outcome, shown: ShownBy): boolean {
  if (shown.kind === 'model error') return stepError(model, before, outcome) !== null
  if ('error' in outcome) return false
  if (shown.kind === 'check') return failsCheck(outcome, shown.message)
  if (shown.kind !== 'property' || shown.property.kind !== 'step') return false
  const { instance, choices, state } = outcome
  const steps = [
    { instance: null, choices: [], state: before },
    { instance, choices, state },
  ]
  return certify(startingIn(model, before), { steps, loop: null, shortest: false }, shown) === null
}
