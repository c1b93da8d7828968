/**
 * The table of verdicts under a model: a column, within a line.
 */

import { expect, it } from 'vitest'
import { paintFor } from '../../src/report/paint.ts'
import { renderResult } from '../../src/report/render-text.ts'
import { outcomeOf } from '../support/outcomes.ts'

it.each([100, 80])('breaks long names, so that every verdict stands in the same column of %i', async (width) => {
  const { result } = await outcomeOf('specs/peterson.ts', 'peterson-swapped')
  const long = `mutual exclusion ${'of both processes '.repeat(8).trim()}`
  const properties = result.properties.map((one) => (one.kind === 'invariant' ? { ...one, name: long } : one))
  const lines = renderResult({ ...result, properties }, { paint: paintFor(false), width }).split('\n')
  const verdicts = lines.flatMap((line) => / {2}(violated|holds)/.exec(line)?.index ?? [])

  expect(lines.filter((line) => line.length > width)).toEqual([])
  expect(new Set(verdicts).size).toBe(1)
  expect(lines.join(' ').replace(/\s+/g, ' ')).toContain(`${long} violated, as expected in 6 steps`)
})
