/**
 * The worker threads of one search. They start only when a level is worth it, and end with the search.
 *
 * The leader must keep its event loop turning while it waits, because threads are started and lost through it.
 */

import { setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import workerpool from 'workerpool'
import { command, spinWhile, word } from './control.ts'
import type { ThreadInput } from './expander.ts'

export interface Crew {
  /** Starts the workers, at the first call. */
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

export function assembleCrew(input: Omit<ThreadInput, 'worker'>): Crew {
  const control = new Int32Array(input.control.control)
  const size = input.workers - 1
  let pool: ReturnType<typeof workerpool.pool> | null = null
  let failure: unknown = null

  const start = (): void => {
    if (size === 0 || pool !== null) return
    // Flags of the process (`--input-type`, say) are not the threads': with some of them a thread does not start.
    const workerThreadOpts = { execArgv: [] }
    pool = workerpool.pool(workerEntry(), {
      workerType: 'thread',
      minWorkers: size,
      maxWorkers: size,
      workerThreadOpts,
    })
    for (let worker = 1; worker <= size; worker++) {
      pool.exec('takePart', [{ ...input, worker }]).catch((error: unknown) => {
        failure ??= error
      })
    }
  }

  const raise = (): void => {
    if (failure !== null) throw new Error('a worker thread failed', { cause: failure })
  }

  return {
    start,
    isReady: () => {
      raise()
      return size > 0 && Atomics.load(control, word.ready) === size
    },
    isStarting: () => failure === null && pool !== null && Atomics.load(control, word.ready) < size,
    wake: () => {
      Atomics.store(control, word.arrived, 0)
      Atomics.add(control, word.epoch, 1)
      Atomics.notify(control, word.epoch)
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
      if (pool === null) return
      Atomics.store(control, word.command, command.exit)
      Atomics.add(control, word.epoch, 1)
      Atomics.notify(control, word.epoch)
      await pool.terminate(true)
    },
  }
}

/** The built worker beside this module's bundle. From sources, the one that the build left in dist. */
function workerEntry(): string {
  const here = new URL(import.meta.url)
  const isBundle = here.pathname.endsWith('.js')
  return fileURLToPath(new URL(isBundle ? './worker.cjs' : '../../dist/worker.cjs', here))
}
