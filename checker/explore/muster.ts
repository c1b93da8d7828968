/**
 * When threads take part in a search. They take long to start, and to wake them costs more than a short level, so they are asked for
 * when the search is likely to go on for long, those that run already sooner, and take part in levels that are worth it: from the start, or
 * as soon as they are ready.
 */

import { setImmediate as turn } from 'node:timers/promises'
import type { Crew } from './crew.ts'
import type { ExploreOptions } from './exploration.ts'
import { isWorthRunningThreads, isWorthThreads } from './level-growth.ts'

export interface Muster {
  /** How many threads take part in the round besides the leader. */
  members(): number
  /** Whether threads start, or would join in the round if they were ready: they get their work through the leader's event loop. */
  isAwaited(): boolean
  /** Before a round of so many states. */
  begin(states: number): Promise<void> | null
  /** During a round, with so many states left; says whether more threads take part from now on. */
  grows(states: number): boolean
}

interface MusterInput {
  readonly crew: Crew
  readonly options: Pick<ExploreOptions, 'threadThreshold' | 'areThreadsEager' | 'awaitsThreads'>
  /** As in `isWorthThreads`. */
  readonly levels: () => readonly number[]
  readonly elapsedMs: () => number
  /** Called whenever so many threads are about to take part. */
  readonly onMembers: (count: number) => void
}

/** Threads are asked when a level is such a fraction of what is worth waking them for. */
const askAhead = 24

export function createMuster({ crew, options, levels, elapsedMs, onMembers }: MusterInput): Muster {
  const { threadThreshold, areThreadsEager, awaitsThreads } = options
  let members = 0
  let isLong = areThreadsEager
  let isWorthIt = false

  const ask = (): void => {
    isLong ||= isWorthThreads(levels(), elapsedMs())
    if (isLong) crew.ask('all')
    else if (isWorthRunningThreads(levels())) crew.ask('running')
  }

  /** How many may take part in what is left of so many states. */
  const manned = (states: number): number => {
    if (states > 0 && states * askAhead >= threadThreshold) ask()
    isWorthIt = states > 0 && states >= threadThreshold
    return isWorthIt ? crew.ready() : 0
  }

  const admit = (count: number): void => {
    members = count
    onMembers(count)
  }

  return {
    members: () => members,
    isAwaited: () => crew.isStarting() || (isWorthIt && crew.ready() > members),
    begin: (states) => {
      admit(manned(states))
      if (!awaitsThreads || !isWorthIt) return null
      const awaitThreads = async (): Promise<void> => {
        while (crew.isStarting()) await turn()
        admit(manned(states))
      }
      return awaitThreads()
    },
    grows: (states) => {
      const count = manned(states)
      if (count <= members) return false
      admit(count)
      return true
    },
  }
}
