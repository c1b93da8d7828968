/**
 * A run of a reduced model as a run of the model itself: the same instances and choices, with the states that they lead to there.
 */

import type { Model, Statement } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import { startingIn } from '../../src/model/start.ts'
import { eachInitialState, initialStates, successorsBy } from '../../src/model/step.ts'
import type { Choice, State, Trace, TraceStep } from '../../src/model/trace.ts'
import { canonicalJson, equalValues } from '../../src/model/values.ts'
import { fusedName } from '../reduce/fuse-local.ts'

/**
 * Requires that every step of the reduced model is one of the model, or several. Throws where it is not: a bug. Steps that are
 * fused with the last one are left out where that shows it all.
 */
export function* replayRun(
  model: Model,
  reduced: Model,
  { steps, loop, shortest }: Trace,
  isShown: (run: Trace) => Parts<boolean>,
): Parts<Trace> {
  const [first, ...others] = steps
  if (first === undefined) throw new Error('replay: the run is empty')
  const told: TraceStep[] = [{ ...first, state: yield* startOf(model, reduced, first.state) }]
  const follow = function* (rest: readonly TraceStep[]): Parts<void> {
    for (const step of rest.flatMap(unfused)) {
      yield
      told.push(takeStep(model, told.at(-1) ?? first, step))
    }
  }
  yield* follow(others)
  for (let spare = unfused(steps.at(-1) ?? first).length - 1; spare > 0; spare--) {
    const run = { steps: told.slice(0, -spare), loop, shortest }
    if (yield* isShown(run)) return run
  }
  const last = told.at(-1)
  const back = loop === null ? undefined : told[loop]
  if (loop === null || back === undefined || last === undefined || equalValues(back.state, last.state))
    return { steps: told, loop, shortest }
  // What nobody will see differs after the first round; the second round leads back to where it began. It repeats from where it
  // first agrees with the first round.
  yield* follow(steps.slice(loop + 1))
  const round = steps.length - 1 - loop
  let start = loop + 1
  while (start < loop + round && !agree(told[start], told[start + round])) start++
  return { steps: told.slice(0, start + round + 1), loop: start, shortest }
}

function agree(one: TraceStep | undefined, other: TraceStep | undefined): boolean {
  return one !== undefined && other !== undefined && equalValues(one.state, other.state)
}

/** An initial state that the reduced model starts as this one. */
function* startOf(model: Model, reduced: Model, start: State): Parts<State> {
  const added = reduced.initially.slice(model.initially.length)
  for (const state of eachInitialState(model)) {
    yield
    if (equalValues(settled(model, state, added), start)) return state
  }
  throw new Error('replay: the run starts in no initial state')
}

function settled(model: Model, state: State, statements: readonly Statement[]): State {
  if (statements.length === 0) return state
  return initialStates({ ...startingIn(model, state), initially: statements })[0] ?? state
}

/** A step, and those that were fused with it. Their states are of no use. */
function unfused(step: TraceStep): readonly TraceStep[] {
  const parts: { instance: number | null; choices: Choice[] }[] = [{ instance: step.instance, choices: [] }]
  for (const choice of step.choices) {
    if (choice.name === fusedName) parts.push({ instance: Number(choice.value), choices: [] })
    else parts.at(-1)?.choices.push(choice)
  }
  return parts.map((part) => ({ ...part, state: step.state }))
}

function takeStep(model: Model, before: TraceStep, { instance, choices }: TraceStep): TraceStep {
  const wanted = canonicalJson(choices)
  const outcomes = instance === null ? [] : successorsBy(model, before.state, instance)
  const outcome = outcomes.find((one) => canonicalJson(one.choices) === wanted)
  if (outcome === undefined) throw new Error('replay: the model does not take a step of the run')
  return { instance, choices, state: 'state' in outcome ? outcome.state : before.state }
}
