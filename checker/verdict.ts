/**
 * What all judges share: what they judge from, when a claim can be made, and how an answer is written down.
 */

import type { Trace } from '../src/model/trace.ts'
import type { Exploration, StopReason } from './explore/exploration.ts'
import type { Ground } from './judge-liveness.ts'
import type { Pace } from './pace.ts'
import type { StartsByProperty } from './refined-starts.ts'
import type { PropertyKind, PropertyResult, Verdict } from './result.ts'
import type { SelectedProperties } from './selection.ts'
import type { Told } from './trace/tell.ts'

export interface JudgeInput extends Told {
  readonly exploration: Exploration
  readonly selected: SelectedProperties
  /** An initial state for which a refinement raises an error, as a trace without a step. */
  readonly errorAtStart: Trace | null
  readonly startsByProperty: StartsByProperty
  readonly pace: Pace
  /** What liveness works on; made at the first call. */
  readonly ground: () => Ground
  /** Whether a liveness property that holds says which fairness it did not need. */
  readonly explainsFairness: boolean
}

/** True when some state or transition raised a model error: nothing that is not violated can then be claimed. */
export function hasModelError({ exploration, errorAtStart }: JudgeInput): boolean {
  return errorAtStart !== null || (exploration.totals[exploration.compiled.counters.modelError] ?? 0) > 0
}

export function isConclusive(input: JudgeInput): boolean {
  return input.exploration.reason === null && !hasModelError(input)
}

/** What is shown with a verdict. */
export type Shown = Pick<PropertyResult, 'trace' | 'reason'>

/** Of a verdict that is known, when there was no time to rebuild the run that shows it. */
export function unshown(reason: StopReason): Shown {
  return { trace: null, reason: [`no run is shown: it was still being rebuilt at the end (${reason})`] }
}

export function result(
  { model }: Pick<JudgeInput, 'model'>,
  found: { readonly name: string; readonly kind: PropertyKind; readonly verdict: Verdict } & Partial<PropertyResult>,
): PropertyResult {
  const isExpected = model.expectedViolations.includes(found.name)
  const isViolated = found.verdict === 'violated' || found.verdict === 'unreachable'
  return {
    asExpected: found.verdict !== 'inconclusive' && isViolated === isExpected,
    trace: null,
    measure: null,
    reason: [],
    warnings: [],
    ...found,
  }
}
