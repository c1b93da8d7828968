/**
 * The work after the search, one property after the other: it is told while it goes on, and left where it is when there is a
 * reason to stop. Traces of what is already known to be violated are rebuilt all the same.
 */

import type { Clock } from './clock.ts'
import type { Exploration, LevelProgress, StopReason } from './explore/exploration.ts'
import type { Progress } from './result.ts'

export interface Pace {
  /** Why what is not decided by now stays so. */
  readonly reason: StopReason | null
  /** Tells what comes next, and gives signals a chance to be heard. */
  begin(phase: Progress['phase'], property: string): Promise<void>
  /** Called often in long work. */
  tick(): void
}

const betweenMs = 250

export function createPace(
  clock: Clock,
  exploration: Exploration,
  onProgress: ((progress: Progress) => void) | null,
): Pace {
  const figures: LevelProgress = {
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
  let toldAt = 0
  const tell = (): void => {
    toldAt = clock.elapsedMs()
    onProgress?.({ ...figures, ...now, elapsedMs: toldAt })
  }
  return {
    get reason() {
      return reason
    },
    begin: async (phase, property) => {
      now = { phase, property }
      if (clock.elapsedMs() > betweenMs) tell()
      reason ??= await clock.breathe()
    },
    tick: () => {
      if (clock.elapsedMs() - toldAt > betweenMs) tell()
    },
  }
}
