/**
 * Worker threads. They outlive a search where somebody keeps them: to start one takes longer than many a search.
 */

import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { ThreadInput } from './expander.ts'

export interface Threads {
  readonly count: number
  /** One of them takes part in a search, as soon as one is free. Resolves when the search has sent it home. */
  takePart(input: ThreadInput): Promise<void>
  dismiss(): Promise<void>
}

/** So many threads, which start when the first of them is asked to take part. */
export function hireThreads(count: number): Threads {
  let pool: ReturnType<typeof startPool> | null = null
  return {
    count,
    takePart: async (input) => {
      pool ??= startPool(count)
      await pool.exec('takePart', [input])
    },
    dismiss: async () => {
      await pool?.terminate(true)
    },
  }
}

/** The library is read no sooner than a thread is wanted, which in a small search is never. */
function startPool(count: number) {
  const { pool }: typeof import('workerpool') = createRequire(import.meta.url)('workerpool')
  return pool(workerEntry(), {
    workerType: 'thread',
    minWorkers: count,
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
