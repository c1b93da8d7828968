/**
 * From what is asked of a check to what its search is told.
 */

import { totalmem } from 'node:os'
import { mostBudget } from './addresses.ts'
import type { ExploreOptions } from './explore/exploration.ts'
import type { SearchProgress } from './explore/progress.ts'
import type { Threads } from './explore/threads.ts'
import { processors } from './processors.ts'
import type { CheckOptions } from './result.ts'

export interface ModelOptions extends CheckOptions {
  /** Threads that outlive the check; they say how many workers there are. Default: it starts and ends its own. */
  readonly threads?: Threads
  /** Buffers of earlier searches in this thread may linger while they take no more than that; default: none. */
  readonly earlierBytes?: number
  /** Called when a search of this model stops because its memory is used up. */
  readonly onMemoryLimit?: () => void
}

/**
 * What of a search only tests choose. With a `threadThreshold` threads start at once; `edgeBytes` is the budget for transitions that are
 * kept after the search, too.
 */
export type TestKnobs = Partial<
  Pick<
    ExploreOptions,
    | 'threadThreshold'
    | 'awaitsThreads'
    | 'hasWeakHash'
    | 'hasFarEdges'
    | 'jitterMicroseconds'
    | 'edgeBytes'
    | 'foldBytes'
    | 'nearBytes'
  >
>

/** Below this many states, a level costs less than waking threads for it. */
const threadThreshold = 3000

/** Of the budget: for less, long states are not worth the time that folding costs. */
const foldShare = 1 / 8

/** Half of the memory that this process may use; less where so many workers could not reserve as much. */
export function defaultMemory(workers: number): number {
  const limit = process.constrainedMemory()
  const memory = Math.min(totalmem(), limit > 0 ? limit : Number.POSITIVE_INFINITY)
  return Math.floor(Math.min(memory / 2, mostBudget(workers)))
}

/** Threads beyond the processors only take turns: a hundred of them take a minute to start, and each waits for all others after each level. */
const mostWorkersPerProcessor = 4

/** How many workers there are when so many are asked for; undefined: when nobody says how many. */
export function workersFor(asked: number | undefined): number {
  const count = processors()
  return Math.max(1, Math.min(asked ?? count, mostWorkersPerProcessor * count))
}

/** What a search is told of these options. It records no transitions, and no level makes it stop. */
export function exploreOptionsOf(options: ModelOptions, knobs: TestKnobs = {}): ExploreOptions {
  const { onProgress, threads = null } = options
  const workers = threads === null ? workersFor(options.workers) : threads.count + 1
  const { memoryBytes = defaultMemory(workers) } = options
  const onFigures = (figures: SearchProgress): void => onProgress?.({ phase: 'search', property: null, ...figures })
  return {
    workers,
    threads,
    maxStates: options.maxStates ?? Number.POSITIVE_INFINITY,
    maxDepth: options.maxDepth ?? Number.POSITIVE_INFINITY,
    timeoutMs: (options.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000,
    signal: options.signal ?? null,
    onProgress: onProgress === undefined ? null : onFigures,
    onLevel: null,
    threadThreshold,
    areThreadsEager: knobs.threadThreshold !== undefined,
    awaitsThreads: false,
    hasWeakHash: false,
    hasFarEdges: false,
    jitterMicroseconds: 0,
    memoryBytes,
    edgeBytes: 0,
    nearBytes: Number.POSITIVE_INFINITY,
    earlierBytes: options.earlierBytes ?? 0,
    foldBytes: memoryBytes * foldShare,
    ...knobs,
  }
}
