/**
 * What a check of one model found, as plain data: the checker's answer, before it is rendered for anybody.
 */

import type { ConstantValues } from '../src/model/ir.ts'
import type { Trace } from '../src/model/trace.ts'
import type { SearchProgress } from './explore/progress.ts'
import type { StopReason } from './explore/stop-reason.ts'
import type { Reduction } from './reduce/names.ts'

export type PropertyKind =
  | 'invariant'
  | 'step'
  | 'deadlock'
  | 'check'
  | 'liveness'
  | 'reachable'
  | 'measure'
  | 'model-error'
export type Verdict = 'holds' | 'violated' | 'reached' | 'unreachable' | 'measured' | 'inconclusive'

export interface MeasureResult {
  readonly min: number
  readonly max: number
  /** Number of reachable states for each value that occurs, by value. */
  readonly histogram: { readonly [value: string]: number }
  readonly minWitness: Trace | null
  readonly maxWitness: Trace | null
}

export interface PropertyResult {
  readonly name: string
  readonly kind: PropertyKind
  readonly verdict: Verdict
  readonly asExpected: boolean
  /** Counterexample, or witness of `reachable`; certified by the reference evaluator. */
  readonly trace: Trace | null
  readonly measure: MeasureResult | null
  /** Lines that explain the verdict: the violated conjunct with its values, the error, the table of fairness. */
  readonly reason: readonly string[]
  readonly warnings: readonly Warning[]
}

/** A way in which a property says less than it seems to: what it presupposes, or fairness, which it may share with others. */
export interface Warning {
  readonly about: 'premise' | 'fairness'
  readonly text: string
}

export interface ModelResult {
  readonly name: string
  readonly constants: ConstantValues
  /** Reductions that were on: figures of the search are then not those of the model, verdicts are. */
  readonly reductions: readonly Reduction[]
  /** False when the search stopped early; `reason` then says why. */
  readonly complete: boolean
  readonly reason: StopReason | null
  readonly states: {
    readonly distinct: number
    readonly generated: number
    readonly initial: number
    readonly depth: number
    readonly terminal: number
  }
  /** Distinct states of each level; the first entry counts the initial states. */
  readonly levels: readonly number[]
  /** 32 hexadecimal digits. */
  readonly digest: string
  readonly stateBits: number
  readonly elapsedMs: number
  readonly peakBytes: number
  readonly workers: number
  readonly assumptions: readonly { readonly name: string; readonly limit: number | null; readonly held: number }[]
  readonly warnings: readonly string[]
  readonly actions: readonly ActionResult[]
  readonly properties: readonly PropertyResult[]
}

/** How often an action was taken; a step of a routine is one of these too, named by its call path and label. */
export interface ActionResult {
  readonly name: string
  readonly kind: 'action' | 'step' | 'arrival'
  readonly generated: number
  /** New states that are credited to it. */
  readonly distinct: number
  /** For steps and arrivals: `generated` of each thread that has it. */
  readonly threads: readonly { readonly name: string; readonly generated: number }[]
}

/** Options of a check; every limit is optional. */
export interface CheckOptions {
  /** Threads; default: what the machine offers. */
  readonly workers?: number
  readonly maxStates?: number
  readonly maxDepth?: number
  readonly timeoutSeconds?: number
  /** Budget for states and tables. */
  readonly memoryBytes?: number
  readonly stopAtFirst?: boolean
  /** Reductions to search with; default: none. */
  readonly reduce?: readonly Reduction[]
  /** Says, of a liveness property that holds, which declared fairness it did not need. */
  readonly explainFairness?: boolean
  /** Exact names of the properties to judge; default: all. */
  readonly properties?: readonly string[]
  readonly signal?: Pick<AbortSignal, 'aborted'>
  /** Called about four times a second. */
  readonly onProgress?: (progress: Progress) => void
}

export interface Progress extends SearchProgress {
  /** The search; afterwards a liveness property being decided, or the run that shows a verdict being rebuilt. */
  readonly phase: 'search' | 'liveness' | 'trace'
  /** The one that is worked on after the search. */
  readonly property: string | null
}
