/**
 * Reasons to stop that lie outside of the model: the time is up, or somebody asks for an end.
 */

import { setImmediate as turn } from 'node:timers/promises'

export interface Clock {
  elapsedMs(): number
  /** Gives the event loop a turn, so that signals are heard; then the reason to stop, if there is one. */
  breathe(): Promise<'interrupted' | 'time limit' | null>
}

/** Starts now. `timeoutMs` may be infinite. */
export function startClock(timeoutMs: number, signal: AbortSignal | null): Clock {
  const startedAt = performance.now()
  const elapsedMs = (): number => performance.now() - startedAt
  return {
    elapsedMs,
    breathe: async () => {
      await turn()
      if (signal?.aborted === true) return 'interrupted'
      return elapsedMs() > timeoutMs ? 'time limit' : null
    },
  }
}
