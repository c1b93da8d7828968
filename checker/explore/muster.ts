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

/** A level that is likely to take one thread so long is worth it too, in milliseconds. */
const worthMs = 0.5
/** Before one of these, threads are asked that run already: those that have taken part in nothing yet need some ten of a processor to get ready. */
const worthAskingMs = 1

export function createMuster({ crew, options, levels, elapsedMs, onMembers }: MusterInput): Muster {
  const { threadThreshold, areThreadsEager, awaitsThreads } = options
  let members = 0
  let isLong = areThreadsEager
  let isWorthIt = false
  let begun = { states: 0, at: 0 }
  /** What a state takes one thread, in milliseconds, at its best so far: the first levels wait for code to be compiled. 0: nothing is known. */
  let msOfState = 0

  /** A round ends where the next one begins. */
  const measure = (states: number): void => {
    const at = elapsedMs()
    const own = begun.states === 0 ? 0 : ((at - begun.at) * (members + 1)) / begun.states
    msOfState = msOfState === 0 ? own : Math.min(msOfState, own)
    begun = { states, at }
  }

  const takes = (states: number): number => states * msOfState

  const ask = (states: number): void => {
    isLong ||= isWorthThreads(levels(), elapsedMs())
    if (isLong) crew.ask('all')
    else if (takes(states) >= worthAskingMs || isWorthRunningThreads(levels())) crew.ask('running')
  }

  /** How many may take part in what is left of so many states. */
  const manned = (states: number): number => {
    const isAhead = states > 0 && states * askAhead >= threadThreshold
    if (isAhead) ask(states)
    isWorthIt = isAhead && (states >= threadThreshold || takes(states) >= worthMs)
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
      measure(states)
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
