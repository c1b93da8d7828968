/**
 * Threads enter initial states together, where there is room for what each leaves of its last block.
 */

import { afterAll, describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import type { Exploration, ExploreOptions } from '../../checker/explore/exploration.ts'
import { hireThreads } from '../../checker/explore/threads.ts'
import { action, arbitrary, bool, each, model, not, set, state } from '../../src/language/index.ts'
import { buildModel, littleMemory } from '../support/build.ts'
import { overheard, search } from '../support/search.ts'

/** So many initial states as those bits have, with a successor each. */
const broadly = (count: number) =>
  buildModel(
    model('broad', () => {
      const { bits, isDone } = state({ bits: each(count, bool).starts(false), isDone: bool.starts(false) })
      return {
        initially: arbitrary(bits),
        actions: action('finish', {}, () => ({ when: not(isDone), then: set(isDone, true) })),
        terminal: true,
      }
    }),
  )

/** 16,384 initial states. */
const broad = broadly(14)

const hired = hireThreads(2)
afterAll(() => hired.dismiss())

interface Found {
  readonly exploration: Exploration
  /** Of the blocks of initial states, as numbers from 1 on; none where no thread was asked. */
  readonly owners: ReadonlySet<number>
}

/** Stops before the first level is expanded. */
async function enter(options: Partial<ExploreOptions>): Promise<Found> {
  let owners = new Uint16Array(new SharedArrayBuffer(0))
  const threads = overheard(hired, ({ control }) => {
    owners = new Uint16Array(control.owners)
  })
  const exploration = await search(broad, { threads, workers: 3, maxDepth: 1, ...options })
  return { exploration, owners: new Set(owners.filter((owner) => owner > 0)) }
}

/** On a busy machine a thread may sleep until the others are done, so once more if fewer than so many took part. */
async function enterTogether(threads: number, options: Partial<ExploreOptions>): Promise<Found> {
  let found = await enter(options)
  for (let tries = 1; tries < 20 && found.owners.size < threads; tries++) found = await enter(options)
  return found
}

const figuresOf = ({ distinct, initial, levels, digest }: Exploration): unknown => ({
  distinct,
  initial,
  levels,
  digest,
})
const places = ['near', 'far'] as const

describe.each(places)('initial states in a store that is %s', (place) => {
  const nearBytes = place === 'far' ? 0 : Number.POSITIVE_INFINITY

  it('are entered by all threads, and are the same', async () => {
    const alone = await search(broad, { maxDepth: 1, nearBytes })
    const { exploration, owners } = await enterTogether(3, { nearBytes, jitterMicroseconds: 2000 })

    expect(exploration.levels).toEqual([0, 2 ** 14])
    expect(figuresOf(exploration)).toEqual(figuresOf(alone))
    expect(owners).toEqual(new Set([1, 2, 3]))
  })

  it('are entered by one where memory is short', async () => {
    const { exploration, owners } = await enter({ nearBytes, memoryBytes: 2 ** 16, threadThreshold: 0 })

    expect(exploration.levels).toEqual([0, 2 ** 14])
    expect(owners).toEqual(new Set())
  })
})

it.each([
  [2 ** 10, 'gets', 1],
  [2 ** 9, 'does not get', 0],
])('of at most %d, a thread %s ready while they are found', async (count, _, wanted) => {
  let asked = 0
  const threads = { count: 1, running: () => 0, getReady: () => asked++, takePart: () => false }
  const { states } = await checkModel(broadly(Math.log2(count)), { threads, maxDepth: 1, ...littleMemory })

  expect(states.initial).toBe(count)
  expect(asked).toBe(wanted)
})

it('are found again in a table that was cleared by all threads', async () => {
  const many = broadly(19)
  const alone = await search(many, {})
  const together = await search(many, { threads: hired, workers: 3 })

  expect(alone.levels).toEqual([0, 2 ** 19, 2 ** 20])
  expect(figuresOf(together)).toEqual(figuresOf(alone))
})

it('lie so that all of them are found', async () => {
  const { exploration } = await enter({ jitterMicroseconds: 2000, hasWeakHash: true })
  const { states, expander } = exploration
  const places = Array.from({ length: 2 ** 14 }, (_, index) => expander.find(states.words, states.at(index)))

  expect(places.filter((place, index) => place !== index)).toEqual([])
})

it('are joined in by a thread that is ready meanwhile', async () => {
  const { owners } = await enterTogether(2, { awaitsThreads: false, jitterMicroseconds: 30_000 })

  expect(owners.size).toBeGreaterThan(1)
})
