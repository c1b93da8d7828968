/**
 * What is remembered of the rest of a run tells as much as the least changes for each lane apart.
 */

import { describe, expect, it } from 'vitest'
import { changesAfter, KeptRows, leastChanges, rowsOf, statesKept } from '../../checker/trace/kept.ts'

const laneCount = 70

describe('kept states', () => {
  it('tell the fewest changes of the rest after a step of any lane, of seventy', () => {
    const rows = new KeptRows(laneCount)
    const own = [
      [3, 5],
      [40, 4],
      [69, 4],
      [31, 4],
      [0, 9],
    ] as const
    const row = rows.add(17)
    for (const [lane, changes] of own) rows.lower(row, lane, changes)
    const kept = rows.take()

    const told = Array.from({ length: laneCount }, (_, lane) => changesAfter(kept, row, lane))
    const byLane = Array.from({ length: laneCount }, (_, lane) =>
      Math.min(...own.map(([first, changes]) => changes + (first === lane ? 0 : 1))),
    )
    expect(told).toEqual(byLane)
    expect(leastChanges(kept, row)).toBe(4)
  })

  it('are found by their index, however many there are, and level by level', () => {
    const rows = new KeptRows(2)
    const indices = Array.from({ length: 1000 }, (_, i) => 50 + 3 * i)
    for (const index of indices) rows.lower(rows.add(index), index % 2, index)
    const many = rows.take()
    rows.lower(rows.add(8), 1, 0)
    const one = rows.take()

    for (const index of indices) {
      const row = rows.rowOf(many, index)
      expect(changesAfter(many, row, index % 2)).toBe(index)
      expect(rows.rowOf(many, index + 1)).toBe(-1)
    }
    expect([rows.rowOf(one, 8), rows.rowOf(one, 50), one.length]).toEqual([0, -1, rows.width])
  })

  it('of several runs are numbered together, and each finds its own rows by these numbers', () => {
    const rows = new KeptRows(2)
    const keep = (indices: readonly number[]): ReturnType<KeptRows['take']> => {
      for (const index of indices) rows.add(index)
      return rows.take()
    }
    const lists = [[2, 5, 9], [], [1, 5, 7, 9, 12], [5]]
    const all = lists.map(keep)
    const states = statesKept(all, rows.width)

    expect([...states]).toEqual([1, 2, 5, 7, 9, 12])
    for (const [i, kept] of all.entries())
      expect([...rowsOf(kept, states, rows.width)]).toEqual(
        [...states].map((index) => (lists[i]?.includes(index) === true ? rows.rowOf(kept, index) : -1)),
      )
  })
})
