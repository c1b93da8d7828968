/**
 * Where states lie changes nothing that is found: in one memory with the code that searches them, elsewhere, or first here and then there.
 */

import { describe, expect, it } from 'vitest'
import type { Exploration } from '../../checker/explore/exploration.ts'
import { filterLock } from '../../specs/filter-lock.ts'
import { buildModel } from '../support/build.ts'
import { search } from '../support/search.ts'
import { spread } from '../support/spread.ts'

const lock = buildModel(filterLock, { processes: 4 })
const long = spread(lock)

/** Where states are folded, this is about what was read last. */
function isNear({ expander, states }: Exploration): boolean {
  return expander.kernel.states.buffer === states.words.buffer
}

function figuresOf({ distinct, generated, levels, digest, reason, distinctByAction }: Exploration): unknown {
  return { distinct, generated, levels, digest, reason, distinctByAction }
}

const [plain, plainLong] = [search(lock, {}), search(long, {})]

const some = Number.POSITIVE_INFINITY
const places = [
  ['near', some],
  ['far', 0],
  ['near at first', 1],
  ['near for long', 2 ** 19],
] as const

describe.each([1, 3])('%i threads', (workers) => {
  it.each(places)('find the same states, %s', async (_, nearBytes) => {
    const found = await search(lock, { workers, nearBytes })

    expect(isNear(found)).toBe(nearBytes === some)
    expect(figuresOf(found)).toEqual(figuresOf(await plain))
  })

  it.each(places)('find the same folded states, %s', async (_, nearBytes) => {
    const found = await search(long, { workers, nearBytes, foldBytes: 2 ** 17 })

    expect(found.states.words.length).toBe(3 * found.compiled.stateWords)
    expect(figuresOf(found)).toEqual(figuresOf(await plainLong))
  })

  it.each(places)('meet the end of their memory, %s', async (_, nearBytes) => {
    const found = await search(lock, { workers, nearBytes, memoryBytes: 2 ** 19 })

    expect(found.reason).toBe('memory limit')
    expect(found.peakBytes).toBeGreaterThan(2 ** 18)
  })
})

it('states that move are counted twice while they do', async () => {
  const moved = await search(lock, { nearBytes: 2 ** 19 })

  expect(moved.peakBytes).toBeGreaterThan((await plain).peakBytes / 2 + 2 ** 19)
})
