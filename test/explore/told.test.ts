/**
 * What is told of a search while it goes on.
 */

import { expect, it } from 'vitest'
import type { SearchProgress } from '../../checker/explore/progress.ts'
import { action, each, model, range, set, state } from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'
import { search } from '../support/search.ts'

const counters = buildModel(
  model('counters', () => {
    const { n } = state({ n: each(3, range(0, 4)).starts(0) })
    const count = action('count', { i: range(0, 2) }, ({ i }) => ({
      when: n.at(i).lt(4),
      then: set(n.at(i), n.at(i).plus(1)),
    }))
    return { actions: count, terminal: true }
  }),
)

it.each([1, 2])('tells of no state that is not there, with %i threads', async (workers) => {
  const told: SearchProgress[] = []
  const onProgress = (figures: SearchProgress): number => told.push({ ...figures, levels: [...figures.levels] })
  // Levels take long, so that it is told of them before they are closed.
  const { distinct } = await search(counters, { workers, jitterMicroseconds: 100_000, onProgress })

  expect(told).not.toEqual([])
  for (const figures of told) {
    expect(figures.distinct).toBeGreaterThanOrEqual(figures.levels.at(-1) ?? 0)
    expect(figures.distinct).toBeLessThanOrEqual(distinct)
  }
})
