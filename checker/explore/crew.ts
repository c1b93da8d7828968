/**
 * The threads that take part in one search. They join it only when a level is worth it.
 *
 * The leader must keep its event loop turning while it waits, because threads are started and lost through it.
 */

import { setImmediate as turn } from 'node:timers/promises'
import { command, spinWhile, word } from './control.ts'
import type { ThreadInput } from './expander.ts'
import { type HiredThreads, hireThreads, type Threads } from './threads.ts'

export interface Crew {
  /** Asks all threads that are free to take part, until there are some. */
  start(): void
  /** True when there are workers and all sleep at the barrier. */
  isReady(): boolean
  /** How many were free to take part. */
  size(): number
  /** True from the start until all workers sleep at the barrier. */
  isStarting(): boolean
  /** Wakes all workers for the published command. */
  wake(): void
  /** Waits until all workers have arrived. */
  join(): Promise<void>
  /** Sends the workers home. */
  dismiss(): Promise<void>
}

/** `kept`: threads that outlive the search; null: the crew hires its own, one less than `input.workers`. */
export function assembleCrew(input: Omit<ThreadInput, 'worker'>, kept: Threads | null): Crew {
  const control = new Int32Array(input.control.control)
  let own: HiredThreads | null = null
  let size = 0
  let failure: unknown = null

  const failed = (error: unknown): void => {
    failure ??= error
  }

  const start = (): void => {
    if (size > 0 || input.workers === 1) return
    if (kept === null) own ??= hireThreads(input.workers - 1)
    const threads = kept ?? own
    while (size < input.workers - 1 && threads?.takePart({ ...input, worker: size + 1 }, failed) === true) size++
  }

  const raise = (): void => {
    if (failure !== null) throw new Error('a worker thread failed', { cause: failure })
  }

  const publish = (): void => {
    Atomics.add(control, word.epoch, 1)
    Atomics.notify(control, word.epoch)
  }

  return {
    start,
    isReady: () => {
      raise()
      return size > 0 && Atomics.load(control, word.ready) === size
    },
    size: () => size,
    isStarting: () => failure === null && Atomics.load(control, word.ready) < size,
    wake: () => {
      Atomics.store(control, word.arrived, 0)
      publish()
    },
    join: async () => {
      for (let waits = 1; ; waits++) {
        const arrived = Atomics.load(control, word.arrived)
        if (arrived === size) return
        raise()
        spinWhile(control, word.arrived, arrived)
        Atomics.wait(control, word.arrived, arrived, 2)
        if (waits % 16 === 0) await turn()
      }
    },
    dismiss: async () => {
      Atomics.store(control, word.command, command.exit)
      publish()
      await own?.dismiss()
    },
  }
}
