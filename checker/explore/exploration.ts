/**
 * What a search leaves behind: figures, the level at which each counter first rose, and the store itself,
 * from which traces and the transition graph are rebuilt.
 */

import type { CompiledModel } from '../compile/compiled-model.ts'
import type { RecordedEdges } from '../liveness/state-graph.ts'
import type { Workspace } from '../liveness/workspace.ts'
import type { Expander } from './expander.ts'
import type { SearchProgress } from './progress.ts'
import type { StateReader } from './state-reader.ts'
import type { StopReason } from './stop-reason.ts'
import type { Tally } from './tally.ts'
import type { Threads } from './threads.ts'

export interface Exploration {
  readonly compiled: CompiledModel
  /** Null when every reachable state was expanded. */
  readonly reason: StopReason | null
  readonly distinct: number
  readonly generated: number
  readonly initial: number
  /** Number of levels; level k is the indices levels[k-1] … levels[k]-1. */
  readonly depth: number
  readonly levels: readonly number[]
  /** How many levels were expanded completely. */
  readonly expandedLevels: number
  /** Sum over the run of each counter, by CounterLayout offset. */
  readonly totals: Float64Array
  /** For each counter the level whose expansion first raised it (initial states are judged at level 0), or -1. */
  readonly firstRaised: Int32Array
  /** In the order of `CounterLayout.measures`. */
  readonly extremes: Tally['extremes']
  /** New states credited to each action. */
  readonly distinctByAction: Float64Array
  readonly digest: string
  readonly peakBytes: number
  readonly elapsedMs: number
  readonly workers: number
  /** All states, in breadth-first order. */
  readonly states: StateReader
  /** Null unless all transitions were recorded. */
  readonly recorded: RecordedEdges | null
  /** Memory that the search has touched and needs no more. */
  readonly spare: readonly Int32Array[]
  /** Memory for what follows the search; null where the store is far. */
  readonly workspace: Workspace | null
  /** The leader's own: kernel, lookup. Nobody inserts any more. */
  readonly expander: Expander
}

export interface ExploreOptions {
  readonly workers: number
  /** Threads that outlive the search, and may be asked to take part; null: it starts and ends its own, one less than `workers`. */
  readonly threads: Threads | null
  readonly maxStates: number
  readonly maxDepth: number
  readonly timeoutMs: number
  readonly memoryBytes: number
  /** The most that a near store takes of it (store.ts); 0: there is none. */
  readonly nearBytes: number
  /** Budget for recorded transitions, inside `memoryBytes`: 0 when nobody will ask for them. */
  readonly edgeBytes: number
  /** States of three words and more are folded when they take so much, if that pays; 0: from the first level on, even if it does not. */
  readonly foldBytes: number
  /** Buffers of earlier searches in this thread may linger while they take no more than that. */
  readonly earlierBytes: number
  readonly signal: Pick<AbortSignal, 'aborted'> | null
  readonly onProgress: ((progress: SearchProgress) => void) | null
  /** Called when a level has been expanded and judged; true stops the search. */
  readonly onLevel: ((firstRaised: Int32Array, level: number) => boolean) | null
  /** Levels of fewer states are expanded by the leader alone. */
  readonly threadThreshold: number
  /** For tests: threads are started however short the search is. */
  readonly areThreadsEager: boolean
  /** For tests: waits until the threads have started rather than going on alone meanwhile. */
  readonly awaitsThreads: boolean
  /** For tests: hashes of 8 bits, so that nearly every lookup meets a collision. */
  readonly hasWeakHash: boolean
  /** For tests: nearly every target lies too far for a transition of one word. */
  readonly hasFarEdges: boolean
  /** For tests: random waits of at most so much at claims and barriers. */
  readonly jitterMicroseconds: number
}
