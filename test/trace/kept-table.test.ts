/**
 * The kept states of a level are found by their words, and no others, folded or not, one level after the other.
 */

import { describe, expect, it } from 'vitest'
import { KeptRows, statesKept } from '../../checker/trace/kept.ts'
import { createKeptTable } from '../../checker/trace/kept-table.ts'
import { wordsOf } from '../../checker/trace/rebuild.ts'
import { grid } from '../support/grid.ts'
import { search } from '../support/search.ts'
import { spread } from '../support/spread.ts'

/** 27,000 states of six words. */
const long = spread(grid(29))

describe('the table of kept states', () => {
  it.each([
    ['as they are', {}],
    ['folded', { foldBytes: 0 }],
  ])('holds those of one level after the other: %s', async (_, knobs) => {
    const exploration = await search(long, knobs)
    const rows = new KeptRows(1)
    const table = createKeptTable(exploration.states, exploration.compiled.stateWords)
    for (const level of [40, 44, 3, 60]) {
      const begin = exploration.levels[level] ?? 0
      const end = exploration.levels[level + 1] ?? 0
      const isKept = (index: number): boolean => index % 3 === 0
      for (let index = begin; index < end; index++) if (isKept(index)) rows.add(index)
      const kept = rows.take()
      const states = statesKept([kept], rows.width)
      table.fill(states)

      for (let index = begin; index < end; index++)
        expect(states[table.find(wordsOf(exploration, index), 0)]).toBe(isKept(index) ? index : undefined)
      expect(table.find(wordsOf(exploration, 0), 0)).toBe(-1)
    }
  })
})
