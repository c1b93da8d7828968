/**
 * What all judges share: what they judge from, when a claim can be made, and how an answer is written down.
 */

import type { Parts } from '../../src/model/parts.ts'
import type { Trace } from '../../src/model/trace.ts'
import type { Exploration } from '../explore/exploration.ts'
import type { StopReason } from '../explore/stop-reason.ts'
import type { Pace } from '../pace.ts'
import type { PropertyKind, PropertyResult, Verdict } from '../result.ts'
import type { Run, Target } from '../trace/rebuild.ts'
import type { Told } from '../trace/tell.ts'
import type { Ground } from './judge-liveness.ts'
import type { StartsByProperty } from './refined-starts.ts'
import type { SelectedProperties } from './selection.ts'

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

/** What is known of a property, before the runs are rebuilt that show it. */
export interface Finding {
  readonly known: PropertyResult
  /** Null: there is no run to be rebuilt. */
  readonly showing: Showing | null
}

export interface Showing {
  readonly targets: readonly Target[]
  /** What is shown, given the runs to these targets. */
  readonly tell: (runs: readonly Run[]) => Parts<Partial<PropertyResult>>
  /** What is said when there was no time for it. */
  readonly untold: (reason: StopReason) => Partial<PropertyResult>
}

/** Of what is known the states that show it, sought in this work. */
export async function toShow(
  { pace }: Pick<JudgeInput, 'pace'>,
  known: PropertyResult,
  { targets, ...how }: Omit<Showing, 'targets'> & { readonly targets: Parts<readonly Target[]> },
): Promise<Finding> {
  pace.begin('trace', known.name)
  const found = await pace.through<readonly Target[] | StopReason>(targets, (reason) => reason)
  if (typeof found === 'string') return { known: { ...known, ...how.untold(found) }, showing: null }
  return { known, showing: { targets: found, ...how } }
}

export function nothingToShow(known: PropertyResult): Finding {
  return { known, showing: null }
}

/** The run of what one run shows. */
export function theOnly(runs: readonly Run[]): Run {
  const [run, ...others] = runs
  if (run === undefined || others.length > 0) throw new Error(`${runs.length} runs where one was sought`)
  return run
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
