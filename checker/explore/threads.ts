/**
 * Worker threads. To start one takes longer than many a search, so they outlive a search where somebody keeps them.
 */

import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { ThreadInput } from './expander.ts'

/** Threads that a search may ask to take part. */
export interface Threads {
  /** How many there are at most. */
  readonly count: number
  /** Asks one of them to take part until the search sends it home; false when none is free. `failed`: it could not. */
  takePart(input: ThreadInput, failed: (error: unknown) => void): boolean
}

export interface HiredThreads extends Threads {
  dismiss(): Promise<void>
}

/** So many threads, each of which starts when it is first asked to take part. */
export function hireThreads(count: number): HiredThreads {
  const pool = openPool(count)
  let free = count
  return {
    count,
    takePart: (input, failed) => {
      if (free === 0) return false
      free--
      pool
        .run('takePart', input)
        .catch(failed)
        .finally(() => free++)
      return true
    },
    dismiss: () => pool.close(),
  }
}

/** What the threads' entry offers. */
export interface Pool {
  /** Starts one thread before it is wanted: for whoever has time for it. */
  startAhead(): void
  /** Calls it by name in a thread that is free, and hears what it tells meanwhile. Rejects with what it throws. */
  run<Output>(name: string, input: unknown, hear?: (told: never) => void): Promise<Output>
  /** Ends the threads, whatever they are at. */
  close(): Promise<void>
}

/** At most so many threads, each of which starts when all others are busy. The library is read no sooner than the first is wanted. */
export function openPool(count: number): Pool {
  let pool: ReturnType<typeof startPool> | null = null
  let isOpen = true
  return {
    startAhead: () => {
      if (isOpen) pool ??= startPool(count, 1)
    },
    run: async (name, input, hear) => {
      if (!isOpen) throw new Error('the threads have ended')
      pool ??= startPool(count, 0)
      return pool.exec(name, [input], hear === undefined ? {} : { on: hear as (told: unknown) => void })
    },
    close: async () => {
      isOpen = false
      await pool?.terminate(true)
    },
  }
}

function startPool(count: number, minWorkers: number) {
  const { pool }: typeof import('workerpool') = createRequire(import.meta.url)('workerpool')
  return pool(workerEntry(), {
    workerType: 'thread',
    maxWorkers: count,
    minWorkers,
    // Flags of the process (`--input-type`, say) are not the threads': with some of them a thread does not start.
    workerThreadOpts: { execArgv: [] },
  })
}

/** The built worker beside this module's bundle. From sources, the one that the build left in dist. */
function workerEntry(): string {
  const here = new URL(import.meta.url)
  const isBundle = !here.pathname.endsWith('.ts')
  return fileURLToPath(new URL(isBundle ? './worker.cjs' : '../../dist/worker.cjs', here))
}
