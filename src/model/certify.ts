/**
 * Certification: replays a trace on the reference evaluator and judges what it is said to show. It knows nothing of
 * how the trace was found; a trace that fails here is never shown.
 */

import { expansionError, judgingError, startError, stepError } from './error-of.ts'
import { environmentOf, evaluate, ModelError } from './evaluate.ts'
import type { FairnessGroup, Model, Property } from './ir.ts'
import { decideLasso } from './lasso.ts'
import { finish, type Parts } from './parts.ts'
import { refinesInitially, refinesStep } from './refinement.ts'
import { isInitialState } from './start.ts'
import { failsCheck, holdsIn, isStuck, type Outcome, successors, successorsBy } from './step.ts'
import type { Trace, TraceStep } from './trace.ts'
import { canonicalJson, equalValues } from './values.ts'

/** What a trace is said to show. */
export type ShownBy =
  | { readonly kind: 'property'; readonly property: Property; readonly value: number | null }
  | { readonly kind: 'deadlock' }
  | { readonly kind: 'check'; readonly message: string }
  | { readonly kind: 'model error' }

/** The step that does not fit, and why. */
export interface Misfit {
  /** Index into `Trace.steps`. */
  readonly step: number
  readonly reason: string
}

/** Null if the trace is a run of the model and shows what it is said to. */
export function certify(model: Model, trace: Trace, shown: ShownBy): Misfit | null {
  return finish(certifyInParts(model, trace, shown))
}

/** The same, step by step. */
export function* certifyInParts(model: Model, trace: Trace, shown: ShownBy): Parts<Misfit | null> {
  try {
    return (yield* certifyPath(model, trace, shown)) ?? (yield* certifyClaim(model, trace, shown))
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return { step: trace.steps.length - 1, reason: `a model error: ${error.message}` }
  }
}

function* certifyPath(model: Model, trace: Trace, shown: ShownBy): Parts<Misfit | null> {
  const first = trace.steps[0]
  if (first === undefined) return { step: 0, reason: 'the trace is empty' }
  if (!isInitialState(model, first.state)) {
    return { step: 0, reason: 'this is no initial state of the model' }
  }
  for (let i = 1; i < trace.steps.length; i++) {
    yield
    const mayRaise = i === trace.steps.length - 1 && shown.kind === 'model error'
    const reason = misfitOf(model, trace.steps[i - 1], trace.steps[i], mayRaise)
    if (reason !== null) return { step: i, reason }
  }
  return null
}

function misfitOf(
  model: Model,
  before: TraceStep | undefined,
  after: TraceStep | undefined,
  mayRaise: boolean,
): string | null {
  if (before === undefined || after === undefined || after.instance === null) return 'the step is missing'
  const instance = model.instances[after.instance]
  const name = instance === undefined ? 'the action' : (model.actions[instance.action]?.name ?? 'the action')
  const outcomes = successorsBy(model, before.state, after.instance)
  if (outcomes.length === 0) return `\`${name}\` is not enabled`
  const fits = outcomes.some((outcome) => ('state' in outcome || mayRaise) && isTaken(outcome, before, after))
  return fits ? null : `\`${name}\` leads to another state`
}

function* certifyClaim(model: Model, trace: Trace, shown: ShownBy): Parts<Misfit | null> {
  const step = trace.steps.length - 1
  const misfit = (isShown: boolean, reason: string): Misfit | null => (isShown ? null : { step, reason })
  const last = trace.steps[step]
  const before = trace.steps[step - 1]
  if (last === undefined) return { step, reason: 'the trace is empty' }
  switch (shown.kind) {
    case 'deadlock':
      return misfit(
        isStuck(model, last.state) && !holdsIn(model, model.terminal, last.state),
        'the last state is no deadlock',
      )
    case 'check': {
      const outcomes =
        before === undefined || last.instance === null ? [] : successorsBy(model, before.state, last.instance)
      const isFailed = outcomes.some(
        (one) => 'state' in one && equalValues(one.state, last.state) && failsCheck(one, shown.message),
      )
      return misfit(isFailed, 'the last step passes the check')
    }
    case 'model error':
      return misfit(raisesError(model, trace), 'the last step raises no error')
    case 'property':
      return yield* certifyProperty(model, trace, shown.property, shown.value)
  }
}

/** The start or the last step raises an error, or it leads (as every step before it was seen to) to a state that raises one. */
function raisesError(model: Model, trace: Trace): boolean {
  const last = trace.steps.at(-1)
  const before = trace.steps.at(-2)
  if (last === undefined) return false
  if (judgingError(model, last.state) !== null || expansionError(model, last.state) !== null) return true
  if (before === undefined) return startError(model, last.state) !== null
  return successors(model, before.state).some(
    (outcome) => isTaken(outcome, before, last) && stepError(model, before.state, outcome) !== null,
  )
}

/** A step that raises an error repeats the state before it. */
function isTaken(outcome: Outcome, before: TraceStep, after: TraceStep): boolean {
  if (outcome.instance !== after.instance || canonicalJson(outcome.choices) !== canonicalJson(after.choices))
    return false
  return equalValues('state' in outcome ? outcome.state : before.state, after.state)
}

function* certifyProperty(model: Model, trace: Trace, property: Property, value: number | null): Parts<Misfit | null> {
  const step = trace.steps.length - 1
  const last = trace.steps[step]
  if (last === undefined) return { step, reason: 'the trace is empty' }
  const misfit = (isShown: boolean, reason: string): Misfit | null => (isShown ? null : { step, reason })
  switch (property.kind) {
    case 'invariant':
      return misfit(!holdsIn(model, property.predicate, last.state), 'the invariant holds in the last state')
    case 'reachable':
      return misfit(holdsIn(model, property.predicate, last.state), 'the predicate is false in the last state')
    case 'step':
      return certifyStep(model, trace, property)
    case 'measure':
      if (property.where !== undefined && !holdsIn(model, property.where, last.state))
        return misfit(false, 'nothing is measured in the last state')
      return misfit(evaluate(property.e, environmentOf(model, last.state)) === value, 'the measured value differs')
    case 'liveness':
      return yield* certifyLasso(model, trace, property, [...model.fairness, ...property.assuming])
  }
}

/** A refinement is judged by its definition, not by the relation that was derived from it. */
function certifyStep(model: Model, trace: Trace, property: Extract<Property, { kind: 'step' }>): Misfit | null {
  const step = trace.steps.length - 1
  const [before, last] = [trace.steps[step - 1], trace.steps[step]]
  const { refines } = property
  if (last === undefined) return { step, reason: 'the trace is empty' }
  if (before === undefined) {
    if (refines !== undefined && !refinesInitially(model, refines, last.state)) return null
    return { step, reason: 'there is no step that could break the property' }
  }
  const isKept =
    refines === undefined
      ? holdsIn(model, property.relation, before.state, last.state)
      : refinesStep(model, refines, before.state, last.state)
  return isKept ? { step, reason: 'the last step keeps the property' } : null
}

function* certifyLasso(
  model: Model,
  trace: Trace,
  property: Extract<Property, { kind: 'liveness' }>,
  groups: readonly FairnessGroup[],
): Parts<Misfit | null> {
  const step = trace.steps.length - 1
  if (trace.loop === null) return { step, reason: 'the trace does not go on for ever' }
  const back = trace.steps[trace.loop]
  const last = trace.steps[step]
  if (back === undefined || last === undefined || !equalValues(back.state, last.state))
    return { step, reason: 'the loop does not close' }
  const decided = yield* decideLasso(model, trace, property.formula, groups)
  if (decided.unfair !== null) return { step, reason: `the loop is unfair to \`${decided.unfair}\`` }
  return decided.holds ? { step, reason: 'the formula holds on this behaviour' } : null
}
