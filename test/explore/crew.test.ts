/**
 * Threads join a search as they become ready, and one that sleeps keeps nobody waiting.
 */

import { afterAll, expect, it } from 'vitest'
import { command, reserveControl, word, workerWord } from '../../checker/explore/control.ts'
import type { ThreadInput } from '../../checker/explore/expander.ts'
import type { Exploration } from '../../checker/explore/exploration.ts'
import { takePart } from '../../checker/explore/take-part.ts'
import { hireThreads, type Threads } from '../../checker/explore/threads.ts'
import { filterLock } from '../../specs/filter-lock.ts'
import { buildModel } from '../support/build.ts'
import { counterOf } from '../support/idle-pool.ts'
import { search } from '../support/search.ts'

const lock = buildModel(filterLock, { processes: 3 })
const figuresOf = ({ levels, generated, digest }: Exploration): unknown => ({ levels, generated, digest })

const hired = hireThreads(2)
afterAll(() => hired.dismiss())

/** Says that it is ready, and never begins. */
function sleep({ control, worker }: ThreadInput): void {
  Atomics.store(new Int32Array(control.blocks), worker * workerWord.length + workerWord.isReady, 1)
}

const threadsThat = (takePart: Threads['takePart']): Threads => ({
  ...{ count: 2, running: () => 0, getReady: () => {} },
  takePart,
})

it('one that sleeps is not waited for where the others have done all', async () => {
  let sleepers = 0
  const threads = threadsThat((input) => {
    sleep(input)
    sleepers++
    return true
  })
  const found = await search(lock, { threads, workers: 3 })

  expect(sleepers).toBe(2)
  expect(figuresOf(found)).toEqual(figuresOf(await search(lock, {})))
})

it('one takes part as soon as it is ready, whatever the others do', async () => {
  const chain = counterOf(400)
  const takers: number[] = []
  let watch = (): void => {}
  const threads = threadsThat((input, failed) => {
    const take = (): boolean => hired.takePart(input, failed)
    const control = new Int32Array(input.control.control)
    if (input.worker === 1) return take()
    // The second is lent when the first works. Meanwhile levels are as long as threads take to start.
    watch = () => {
      const count = Atomics.load(control, word.takers)
      if (count === 2 && takers.at(-1) === 1) take()
      if (count !== takers.at(-1)) takers.push(count)
      if (count < 3) Atomics.wait(control, word.length - 1, 0, 5)
    }
    return true
  })
  const onLevel = (): boolean => {
    watch()
    return false
  }
  const options = { awaitsThreads: false, threadThreshold: 1, jitterMicroseconds: 0 }
  const found = await search(chain, { ...options, threads, workers: 3, onLevel })

  expect(takers).toEqual([1, 2, 3])
  expect(figuresOf(found)).toEqual(figuresOf(await search(chain, {})))
})

it('one that sleeps is waited for where it has begun what the others cannot end: the table grew meanwhile', async () => {
  const larger = buildModel(filterLock, { processes: 4 })
  const expected = figuresOf(await search(larger, {}))
  for (let i = 0; i < 6; i++) {
    const found = await search(larger, { threads: hired, workers: 3, jitterMicroseconds: 100 })

    expect(figuresOf(found)).toEqual(expected)
  }
})

it('one that starts after the search has ended prepares nothing', () => {
  const control = reserveControl(2, 1, 1)
  Atomics.store(new Int32Array(control.control), word.command, command.exit)
  const nothing = { control, worker: 1 } as ThreadInput

  expect(takePart(nothing)).toBe(0)
})
