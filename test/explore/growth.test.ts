/**
 * Tables that grow and budgets that end inside a level, while several threads search.
 */

import { describe, expect, it, vi } from 'vitest'
import {
  firstClassFor,
  firstTableClass,
  grownClass,
  tableClassFor,
  tableShape,
} from '../../checker/explore/table-shape.ts'
import { action, each, model, range, reachable, set, state } from '../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../support/build.ts'

/** A million states, more than the first table holds. From a hundredth of them one step leads back to the start. */
const grid = model('grid', () => {
  const { x } = state({ x: each(3, range(0, 99)).starts(0) })
  return {
    actions: {
      move: action('move', { i: [0, 1, 2] }, ({ i }) => ({
        when: x.at(i).lt(99),
        then: set(x.at(i), x.at(i).plus(1)),
      })),
      restart: action('restart', {}, () => ({ when: x.at(0).is(99), then: [0, 1, 2].map((i) => set(x.at(i), 0)) })),
    },
  }
})

/** Twenty million states. */
const fan = model('fan', () => {
  const { isOpen, x, y } = state({
    isOpen: range(0, 1).starts(0),
    x: each(3, range(0, 99)).starts(0),
    y: range(0, 9).starts(0),
  })
  return {
    actions: {
      open: action('open', {}, () => ({ when: isOpen.is(0), then: set(isOpen, 1) })),
      move: action('move', { i: [0, 1, 2] }, ({ i }) => ({
        when: [isOpen.is(1), x.at(i).lt(99)],
        then: set(x.at(i), x.at(i).plus(1)),
      })),
      mark: action('mark', {}, () => ({ when: [isOpen.is(1), y.lt(9)], then: set(y, y.plus(1)) })),
    },
    terminal: true,
    properties: { 'y is full': reachable(y.is(9)) },
  }
})

describe('a table that outgrows its first size', () => {
  it.each([1, 3])('loses and repeats no state: %i threads', async (workers) => {
    const { states, actions } = await checkSpec(
      grid,
      { workers },
      { threadThreshold: 500, awaitsThreads: true, jitterMicroseconds: 20 },
    )

    expect(tableClassFor(states.distinct)).toBeGreaterThan(tableClassFor(1))
    expect(states).toMatchObject({ distinct: 1_000_000, generated: 2_980_001, depth: 298 })
    expect(actions).toMatchObject([{ distinct: 999_999 }, { distinct: 0, generated: 10_000 }])
  })
})

it('threads claim slots of a larger table as of the first, and may lose some to others', async () => {
  let claimed = 0
  let lost = 0
  const exchange = (array: Int32Array, at: number, expected: number, replacement: number): number => {
    // Somebody else has just taken it, for a state that nobody looks for.
    if (expected === 0 && ++claimed % 1000 === 0) {
      lost++
      Atomics.store(array, at, -1)
    }
    return actual.compareExchange(array, at, expected, replacement)
  }
  const actual = Atomics
  vi.stubGlobal('Atomics', Object.create(actual, { compareExchange: { value: exchange } }))
  // Code that runs as JavaScript, for two threads, of which one does everything.
  const threads = { count: 1, running: () => 0, getReady: () => {}, takePart: () => false }
  const { states } = await checkSpec(grid, { threads }, { nearBytes: 0 })
  vi.unstubAllGlobals()

  expect(states).toMatchObject({ distinct: 1_000_000, generated: 2_980_001, depth: 298 })
  const { limit } = tableShape(firstTableClass)
  expect(claimed - lost).toBeGreaterThan(1_000_000 + limit * 0.9)
})

it('a table that initial states would fill is large from the start', () => {
  const { limit } = tableShape(firstTableClass)

  expect(firstClassFor(limit - 1)).toBe(firstTableClass)
  expect(tableShape(firstClassFor(limit)).slots).toBe(2 ** 22)
  expect(tableShape(firstClassFor(2 ** 23)).limit).toBeGreaterThan(2 ** 23)
})

it('a full table doubles from 4 million slots on, and grows by a quarter at most from 64 million on', () => {
  const slotsAfter = (slots: number): number => {
    const full = tableClassFor(1 + Math.floor(slots * 0.79))
    expect(tableShape(full).slots).toBe(slots)
    return tableShape(grownClass(full, tableShape(full).limit + 1)).slots
  }

  expect([22, 23, 24, 25].map((bits) => slotsAfter(2 ** bits))).toEqual([23, 24, 25, 26].map((bits) => 2 ** bits))
  expect(slotsAfter(2 ** 26)).toBe(2 ** 26 + 2 ** 24)
})

describe('a memory budget that ends inside a level', () => {
  it.each([1, 2, 4])('stops with what %i threads know, and claims nothing', async (workers) => {
    const result = await checkSpec(
      fan,
      { workers, memoryBytes: 2 ** 20 },
      { threadThreshold: 500, awaitsThreads: true },
    )

    expect(result.reason).toBe('memory limit')
    expect(result.complete).toBe(false)
    expect(verdictsOf(result)['y is full']).not.toBe('unreachable')
    expect(result.states.distinct).toBeGreaterThan(1000)
  })
})
