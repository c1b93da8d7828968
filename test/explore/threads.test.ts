/**
 * How many threads there are; those that outlive a search take part in the next one.
 */

import { availableParallelism } from 'node:os'
import { describe, expect, it, vi } from 'vitest'
import { workersFor } from '../../checker/check-model.ts'
import type { Exploration } from '../../checker/explore/exploration.ts'
import { hireThreads, openPool, type Pool } from '../../checker/explore/threads.ts'
import { filterLock } from '../../specs/filter-lock.ts'
import { check } from '../../src/check.ts'
import { model } from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'
import { search } from '../support/search.ts'

const figuresOf = ({ levels, generated, digest }: Exploration): unknown => ({ levels, generated, digest })

it('are at most four for each processor', async () => {
  const processors = availableParallelism()
  const toggle = model('toggle', () => ({ terminal: true, properties: {} }))

  expect([undefined, 1, 1000].map(workersFor)).toEqual([processors, 1, 4 * processors])
  expect((await check(toggle, { workers: 1000 })).workers).toBe(4 * processors)
})

/** Runs it, and tells it how many threads have started meanwhile. */
async function countingThreads(work: (started: () => number) => Promise<void>): Promise<void> {
  const onWorker = vi.fn()
  process.on('worker', onWorker)
  try {
    await work(() => onWorker.mock.calls.length)
  } finally {
    process.off('worker', onWorker)
  }
}

describe('threads that are kept', () => {
  it('take part in one search after another', () =>
    countingThreads(async (started) => {
      const threads = hireThreads(2)
      for (const processes of [3, 4]) {
        const model = buildModel(filterLock, { processes })
        const alone = await search(model, {})
        const together = await search(model, { threads, workers: 3 })

        expect(figuresOf(together)).toEqual(figuresOf(alone))
      }
      expect(started()).toBe(2)
      await threads.dismiss()
    }))
})

/** What no thread understands: it answers that it does not. */
const askInVain = (pool: Pool): Promise<unknown> => pool.run('unknown', null)

describe('a thread that starts before it is wanted', () => {
  it('is the one that is asked', () =>
    countingThreads(async (started) => {
      const pool = openPool(2)
      pool.startAhead()
      await vi.waitUntil(() => started() === 1)

      await expect(askInVain(pool)).rejects.toThrow('unknown')
      expect(started()).toBe(1)
      await pool.close()
    }))

  it('does not start where the pool was closed', async () => {
    const pool = openPool(1)
    await pool.close()
    pool.startAhead()

    await expect(askInVain(pool)).rejects.toThrow('the threads have ended')
    await pool.close()
  })
})
