/**
 * Worker threads. To start one takes longer than many a search, so they outlive a search where somebody keeps them.
 */

import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import type { ThreadInput } from './expander.ts'
import { type DistantTranslator, type Guest, host } from './host.ts'

/** Threads that a search may ask to take part. */
export interface Threads {
  /** How many there are at most. */
  readonly count: number
  /** How many run already and may be free. They are asked first. */
  running(): number
  /** Says that one of them is likely to be asked soon. */
  getReady(): void
  /** Asks one of them to take part until the search sends it home; false when none is free. `failed`: it could not. */
  takePart(input: ThreadInput, failed: (error: unknown) => void): boolean
  /** Asks one of them to translate, which takes part in no search until it is let go; null where none can. */
  readonly translator?: () => DistantTranslator | null
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
    running: () => pool.running(),
    getReady: () => pool.getReady(),
    takePart: (input, failed) => {
      if (free === 0) return false
      free--
      pool
        .takePart(input)
        .catch(failed)
        .finally(() => free++)
      return true
    },
    dismiss: () => pool.close(),
  }
}

/** What the threads' entry offers. */
export interface Pool {
  /** Takes in a thread that runs already, for searches (`host`). It is asked first, and ended with the others; at once where nobody would ask. */
  adopt(thread: Worker): void
  /** How many threads run and are free. */
  running(): number
  /** Lets the one that was taken in begin with what it needs for a search. Others start when they are asked. */
  getReady(): void
  /** Lets a thread take part in a search until that sends it home. */
  takePart(input: ThreadInput): Promise<void>
  /** Lets the one that was taken in translate; null where it is not free. */
  translator(): DistantTranslator | null
  /** Calls it by name in a thread that is free, and hears what it tells meanwhile. Rejects with what it throws. */
  run<Output>(name: string, input: unknown, hear?: (told: never) => void): Promise<Output>
  /** Ends the threads, whatever they are at. */
  close(): Promise<void>
}

/** At most so many threads, each of which starts when all others are busy. The library is read no sooner than the first is wanted. */
export function openPool(count: number): Pool {
  let pool: ReturnType<typeof startPool> | null = null
  let guest: Guest | null = null
  let isOpen = true
  const run: Pool['run'] = async (name, input, hear) => {
    if (!isOpen) throw new Error('the threads have ended')
    pool ??= startPool(count)
    return pool.exec(name, [input], hear === undefined ? {} : { on: hear as (told: unknown) => void })
  }
  return {
    adopt: (thread) => {
      if (isOpen && count > 1) guest = host(thread)
      else void thread.terminate()
    },
    running: () => (guest?.isFree() === true ? 1 : 0) + (pool?.stats().idleWorkers ?? 0),
    getReady: () => guest?.getReady(),
    takePart: async (input) => {
      if (isOpen && guest?.isFree() === true) await guest.takePart(input)
      else await run('takePart', input)
    },
    translator: () => (isOpen && guest?.isFree() === true ? guest.translator() : null),
    run,
    close: async () => {
      isOpen = false
      await Promise.all([pool?.terminate(true), guest?.end()])
    },
  }
}

function startPool(count: number) {
  const { pool }: typeof import('workerpool') = createRequire(import.meta.url)('workerpool')
  return pool(workerEntry(), {
    workerType: 'thread',
    maxWorkers: count,
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
