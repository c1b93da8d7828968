/**
 * Long states are folded when that pays, and nothing that is reported changes.
 */

import { describe, expect, it } from 'vitest'
import type { Exploration } from '../../checker/explore/exploration.ts'
import { action, each, model, range, set, state } from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'
import { grid } from '../support/grid.ts'
import { search } from '../support/search.ts'
import { spread } from '../support/spread.ts'

/** 64,000 states, of six words when spread: nearly as many nodes as states. */
const long = spread(grid(39))

/** 27,000 states of 130 words, of which three change. */
const wide = buildModel(
  model('wide', () => {
    const word = range(0, 2 ** 31 - 1)
    const { x, y, z } = state({
      x: range(0, 29).starts(0),
      left: each(64, word).starts(7),
      y: range(0, 29).starts(0),
      right: each(64, word).starts(9),
      z: range(0, 29).starts(0),
    })
    return {
      actions: [x, y, z].map((one, i) =>
        action(`move ${i}`, {}, () => ({ when: one.lt(29), then: set(one, one.plus(1)) })),
      ),
      terminal: true,
    }
  }),
)

/** Folded states are read into the same few places again and again. */
function isFolded({ states, distinct }: Exploration): boolean {
  return states.at(distinct - 1) < distinct - 1
}

function figuresOf({ distinct, generated, levels, digest, reason }: Exploration): unknown {
  return { distinct, generated, levels, digest, reason }
}

const [plainWide, plainLong] = [search(wide, {}), search(long, {})]

describe('long states', () => {
  it.each([1, 3])('are folded when they take much memory, and are the same: %i threads', async (workers) => {
    const plain = await plainWide
    const folded = await search(wide, { workers, foldBytes: 2 ** 21 })

    expect([plain, folded].map(isFolded)).toEqual([false, true])
    expect(figuresOf(folded)).toEqual(figuresOf(plain))
    expect(folded.peakBytes).toBeLessThan(plain.peakBytes / 2)
  })

  it.each([1, 3])('stay as they are where folding saves too little: %i threads', async (workers) => {
    const plain = await plainLong
    const tried = await search(long, { workers, foldBytes: 1 })

    expect(isFolded(tried)).toBe(false)
    expect(figuresOf(tried)).toEqual(figuresOf(plain))
  })

  it.each([1, 3])('outgrow the first table of nodes: %i threads', async (workers) => {
    const plain = await plainLong
    const folded = await search(long, { workers, foldBytes: 0 })

    expect(isFolded(folded)).toBe(true)
    expect(figuresOf(folded)).toEqual(figuresOf(plain))
  })

  it.each([1, 2])('are folded inside a level, when memory is short: %i threads', async (workers) => {
    const plain = await plainWide
    const folded = await search(wide, { workers, memoryBytes: plain.peakBytes / 3, foldBytes: 2 ** 40 })

    expect(isFolded(folded)).toBe(true)
    expect(figuresOf(folded)).toEqual(figuresOf(plain))
  })
})
