/**
 * The threads that take part in one search. They join it only when a level is worth it.
 *
 * The leader must keep its event loop turning while it waits, because threads are started and lost through it.
 */

import { setImmediate as turn } from 'node:timers/promises'
import { command, spinWhile, word } from './control.ts'
import type { ThreadInput } from './expander.ts'
import { hireThreads, type Threads } from './threads.ts'

export interface Crew {
  /** Asks the threads to take part, at the first call. */
  start(): void
  /** True when there are workers and all sleep at the barrier. */
  isReady(): boolean
  /** True from the start until all workers sleep at the barrier. */
  isStarting(): boolean
  /** Wakes all workers for the published command. */
  wake(): void
  /** Waits until all workers have arrived. */
  join(): Promise<void>
  /** Sends the workers home. */
  dismiss(): Promise<void>
}

/** `kept`: threads that outlive the search, one less than `input.workers`; null: the crew hires its own. */
export function assembleCrew(input: Omit<ThreadInput, 'worker'>, kept: Threads | null): Crew {
  const control = new Int32Array(input.control.control)
  const size = input.workers - 1
  let threads: Threads | null = null
  let failure: unknown = null

  const start = (): void => {
    if (size === 0 || threads !== null) return
    threads = kept ?? hireThreads(size)
    for (let worker = 1; worker <= size; worker++) {
      threads.takePart({ ...input, worker }).catch((error: unknown) => {
        failure ??= error
      })
    }
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
    isStarting: () => failure === null && threads !== null && Atomics.load(control, word.ready) < size,
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
      if (threads === null) return
      Atomics.store(control, word.command, command.exit)
      publish()
      if (threads !== kept) await threads.dismiss()
    },
  }
}
