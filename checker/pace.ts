/**
 * The work after the search, one property after the other: it is told while it goes on, and left when there is a reason to stop.
 */

import type { Parts } from '../src/model/parts.ts'
import { type Clock, type Interruption, ifInTime } from './clock.ts'
import type { Exploration } from './explore/exploration.ts'
import type { SearchProgress } from './explore/progress.ts'
import type { StopReason } from './explore/stop-reason.ts'
import type { Progress } from './result.ts'

export interface Pace {
  /** Why some work was left, or null. */
  readonly reason: StopReason | null
  /** Tells what comes next. */
  begin(phase: Progress['phase'], property: string): void
  /** Does the work, its parts between turns of the event loop; what `left` says when there is a reason to leave it. */
  through<T>(work: Parts<T>, left: (reason: StopReason) => T): Promise<T>
}

const tellMs = 250
/** A run that shows what is known already may take so long after there is a reason to stop: most take less. */
const graceMs = 500

export function createPace(
  clock: Clock,
  exploration: Exploration,
  onProgress: ((progress: Progress) => void) | null,
): Pace {
  const figures: SearchProgress = {
    depth: exploration.depth,
    distinct: exploration.distinct,
    generated: exploration.generated,
    frontier: 0,
    expanded: exploration.distinct,
    levels: exploration.levels,
    bytes: exploration.peakBytes,
    elapsedMs: 0,
  }
  let now: Pick<Progress, 'phase' | 'property'> = { phase: 'search', property: null }
  let reason: StopReason | null = null
  /** When a reason to stop was first seen. */
  let endsAt = Number.POSITIVE_INFINITY
  let toldAt = 0
  const tell = (): void => {
    toldAt = clock.elapsedMs()
    onProgress?.({ ...figures, ...now, elapsedMs: toldAt })
  }
  /** Gives the event loop a turn; the reason to leave the work, or null. */
  const breathe = async (): Promise<Interruption | null> => {
    const found = await clock.breathe()
    const turnedAt = clock.elapsedMs()
    if (turnedAt - toldAt > tellMs) tell()
    if (found === null) return null
    endsAt = Math.min(endsAt, turnedAt)
    return now.phase === 'trace' && turnedAt <= endsAt + graceMs ? null : found
  }
  return {
    get reason() {
      return reason
    },
    begin: (phase, property) => {
      now = { phase, property }
      if (clock.elapsedMs() > tellMs) tell()
    },
    through: async (work, left) => {
      const ended = await ifInTime({ elapsedMs: clock.elapsedMs, breathe }, work)
      if ('done' in ended) return ended.done
      reason ??= ended.left
      const value = left(ended.left)
      work.return(value)
      return value
    },
  }
}
