/**
 * When threads take part in a search. They take long to start, and to wake them costs more than a short level, so they are asked for
 * when the search is likely to go on for long, and take part in levels that are worth it: from the start, or as soon as they are ready.
 */

import { setImmediate as turn } from 'node:timers/promises'
import type { Crew } from './crew.ts'
import type { ExploreOptions } from './exploration.ts'
import { isWorthThreads } from './level-growth.ts'

export interface Muster {
  /** Whether threads take part in the round. */
  hasCrew(): boolean
  /** Whether threads start, or would join in the round if they were ready: they get their work through the leader's event loop. */
  isAwaited(): boolean
  /** Before a round of so many states. */
  begin(states: number): Promise<void> | null
  /** During a round that the leader does alone, with so many states left; says whether threads take part from now on. */
  joins(states: number): boolean
}

interface MusterInput {
  readonly crew: Crew
  readonly options: Pick<ExploreOptions, 'threadThreshold' | 'areThreadsEager' | 'awaitsThreads'>
  /** As in `isWorthThreads`. */
  readonly levels: () => readonly number[]
  readonly elapsedMs: () => number
  /** Called whenever threads are about to take part. */
  readonly onCrew: () => void
}

/** Threads are started when a level is such a fraction of what is worth waking them for. */
const startAhead = 24

export function createMuster({ crew, options, levels, elapsedMs, onCrew }: MusterInput): Muster {
  let hasCrew = false
  let isLate = false

  /** Starts the threads when levels become long; says whether they are ready and so many states worth waking them. */
  const isManned = (states: number): boolean => {
    if (states <= 0 || states * startAhead < options.threadThreshold) return false
    const haveStarted = options.areThreadsEager || crew.size() > 0
    if (!haveStarted && !isWorthThreads(levels(), elapsedMs())) return false
    crew.start()
    if (states < options.threadThreshold || !crew.isReady()) return false
    onCrew()
    return true
  }

  const joins = (states: number): boolean => {
    hasCrew = isManned(states)
    isLate = !hasCrew && crew.size() > 0 && states >= options.threadThreshold
    return hasCrew
  }

  const begin = (states: number): Promise<void> | null => {
    joins(states)
    const awaitThreads = async (): Promise<void> => {
      while (crew.isStarting()) await turn()
      joins(states)
    }
    return options.awaitsThreads && states >= options.threadThreshold ? awaitThreads() : null
  }

  return {
    hasCrew: () => hasCrew,
    isAwaited: () => crew.isStarting() || isLate,
    begin,
    joins,
  }
}
