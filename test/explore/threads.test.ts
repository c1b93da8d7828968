/**
 * How many threads there are; those that outlive a search take part in the next one.
 */

import { describe, expect, it, vi } from 'vitest'
import { word } from '../../checker/explore/control.ts'
import type { Exploration } from '../../checker/explore/exploration.ts'
import { hireThreads, type Threads } from '../../checker/explore/threads.ts'
import { workersFor } from '../../checker/explore-options.ts'
import { processors } from '../../checker/processors.ts'
import { filterLock } from '../../specs/filter-lock.ts'
import { check } from '../../src/check.ts'
import { action, arbitrary, bool, each, model, range, set, state } from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'
import { search } from '../support/search.ts'

const figuresOf = ({ levels, generated, digest }: Exploration): unknown => ({ levels, generated, digest })

it('are at most four for each processor', async () => {
  const count = processors()
  const toggle = model('toggle', () => ({ terminal: true }))

  expect([undefined, 1, 1000].map(workersFor)).toEqual([count, 1, 4 * count])
  expect((await check(toggle, { workers: 1000 })).workers).toBe(4 * count)
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
      expect(threads.running()).toBe(0)
      for (const processes of [3, 4]) {
        const model = buildModel(filterLock, { processes })
        const alone = await search(model, {})
        const together = await search(model, { threads, workers: 3 })

        expect(figuresOf(together)).toEqual(figuresOf(alone))
      }
      expect(started()).toBe(2)
      // Once they have been heard to say that they are home.
      await expect.poll(threads.running).toBe(2)
      await threads.dismiss()
    }))
})

/** Levels of 2^15, 2^14 and 2^14 states: only the first announces many. */
const shrinking = model('shrinking', () => {
  const { bits, phase } = state({ bits: each(15, bool).starts(false), phase: range(0, 2).starts(0) })
  return {
    initially: arbitrary(bits),
    actions: [
      action('halve', {}, () => ({ when: phase.is(0), then: [set(bits.at(0), false), set(phase, 1)] })),
      action('go on', {}, () => ({ when: phase.is(1), then: set(phase, 2) })),
    ],
    terminal: true,
  }
})

it('threads that have started take part in later levels too', async () => {
  const hired = hireThreads(1)
  let control = new Int32Array(new SharedArrayBuffer(0))
  let hasTaken: boolean | null = null
  const threads: Threads = {
    count: 1,
    running: () => hired.running(),
    getReady: () => {},
    takePart: (input, failed) => {
      control = new Int32Array(input.control.control)
      // Only when it is first asked: later it could join in the last round, whose takers were counted before.
      hasTaken ??= hired.takePart(input, failed)
      return hasTaken
    },
  }
  const options = { threads, workers: 2, maxDepth: 3, jitterMicroseconds: 0 }
  // The thread starts in a search of its own: after a tenth of a second any level would be worth it.
  await search(buildModel(shrinking), options)
  // It is free for another once it has been heard to say so.
  await vi.waitUntil(async () => {
    hasTaken = null
    const { levels } = await search(buildModel(shrinking), { ...options, areThreadsEager: false })
    expect(levels).toEqual([0, 2 ** 15, 3 * 2 ** 14, 2 ** 16])
    return hasTaken === true
  }, 60_000)

  expect(control[word.takers]).toBe(2)
  await hired.dismiss()
})
