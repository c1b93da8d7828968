/**
 * Changes as a spec's author writes them: arrays from their own first index, and of sets what comes and goes.
 */

import { expect, it } from 'vitest'
import { bool, each, model, range, record, setOf, state } from '../../src/language/index.ts'
import { changesOf } from '../../src/report/changes.ts'
import { shapeOf } from '../../src/report/shape.ts'
import { buildModel } from '../support/build.ts'

const shape = shapeOf(
  buildModel(
    model('shapes', () => {
      const from1 = each(range(1, 2), range(0, 3))
      state({
        level: from1.starts(0),
        rows: each(range(3, 4), record({ cells: from1, on: bool })).starts({ cells: [0, 0], on: false }),
        seen: setOf(range(1, 3)).starts([]),
        plain: each(2, bool).starts(false),
      })
      return { terminal: true }
    }),
  ),
)

const hidden: ReadonlySet<string> = new Set()
const row = (cells: readonly number[]) => ({ cells, on: false })

it('counts the elements of an array from where it begins', () => {
  const before = { level: [0, 0], rows: [row([0, 0]), row([0, 0])], plain: [false, false] }
  const after = { level: [0, 3], rows: [row([0, 0]), row([2, 0])], plain: [false, true] }

  expect(changesOf(before, after, { hidden, shape })).toEqual([
    'level[2] 0 -> 3',
    'rows[4].cells[1] 0 -> 2',
    'plain[1]',
  ])
  expect(changesOf(before, after, { hidden })[0]).toBe('level[1] 0 -> 3')
})

it('tells which members of a set come and go, also where there are as many as before', () => {
  expect(changesOf({ seen: [1, 2] }, { seen: [1, 3] }, { hidden, shape })).toEqual(['seen gains 3', 'seen loses 2'])
  expect(changesOf({ seen: [1] }, { seen: [2] }, { hidden, shape })).toEqual(['seen [1] -> [2]'])
})
