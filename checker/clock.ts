/**
 * Reasons to stop that lie outside of the model: the time is up, memory is short, or somebody asks for an end.
 */

import { setImmediate as turn } from 'node:timers/promises'
import type { Parts } from '../src/model/parts.ts'
import type { StopReason } from './explore/stop-reason.ts'

/** Why work is left. */
export type Interruption = Extract<StopReason, 'interrupted' | 'time limit'>

export interface Clock {
  elapsedMs(): number
  /** Gives the event loop a turn, so that signals are heard; then the reason to stop, if there is one. */
  breathe(): Promise<Interruption | null>
}

/** What came of work: its end, or why it was left. */
export type InTime<T> = { readonly done: T } | { readonly left: Interruption | 'memory limit' }

/** The event loop gets a turn this often. */
const usualSliceMs = 40

/** Does the work, its parts between turns of the event loop, until there is a reason to leave it. `sliceMs`: 0 lets the event loop turn after each part. */
export async function inTime<T>(clock: Clock, work: Parts<T>, sliceMs = usualSliceMs): Promise<InTime<T>> {
  for (let turnedAt = clock.elapsedMs(); ; ) {
    const { done, value } = work.next()
    if (done === true) return { done: value }
    if (value !== undefined) return { left: value }
    if (clock.elapsedMs() - turnedAt < sliceMs) continue
    const left = await clock.breathe()
    if (left !== null) return { left }
    turnedAt = clock.elapsedMs()
  }
}

/** The same, unless there is a reason to leave it before it begins. */
export async function ifInTime<T>(clock: Clock, work: Parts<T>, sliceMs = usualSliceMs): Promise<InTime<T>> {
  const left = await clock.breathe()
  return left === null ? inTime(clock, work, sliceMs) : { left }
}

/** Starts now. `timeoutMs` may be infinite. */
export function startClock(timeoutMs: number, signal: Pick<AbortSignal, 'aborted'> | null): Clock {
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
