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

it.each([60, 80, 100])(
  'breaks a verdict that does not fit beside the name, below itself, in %i columns',
  async (width) => {
    const { result } = await outcomeOf('specs/treiber-stack.ts', 'treiber-stack')
    const text = renderResult(result, { paint: paintFor(false), width })
    const lines = text.split('\n')

    expect(lines.filter((line) => line.length > width)).toEqual([])
    const verdict = 't0 gets done violated, as expected in 6 steps and a loop of 12'
    expect(text.replace(/\s+/g, ' ')).toContain(verdict)
  },
)
