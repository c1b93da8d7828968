/**
 * Tables that grow and budgets that end inside a level, while several threads search.
 */

import { describe, expect, it } from 'vitest'
import type { CheckOptions, ModelResult } from '../../checker/result.ts'
import { action, each, model, range, reachable, set, state } from '../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../support/build.ts'

/** One level of 300,000 states behind one of a single state: the table grows several times within it. */
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

function figures({ states, digest, actions }: ModelResult): unknown {
  return { states, digest, actions }
}

const small: CheckOptions = { maxStates: 400_000 }

describe('a table that outgrows its first size', () => {
  it('loses and repeats no state, for any number of threads', async () => {
    const alone = await checkSpec(fan, small)
    const together = await checkSpec(
      fan,
      { ...small, workers: 3 },
      { threadThreshold: 500, awaitsThreads: true, jitterMicroseconds: 20 },
    )

    expect(alone.states.distinct).toBeGreaterThan(400_000)
    expect(figures(together)).toEqual(figures(alone))
  })
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
