/**
 * The last lines of a check: what all models came to, and, where there are several, which verdicts are not as expected.
 */

import { expect, it } from 'vitest'
import type { ModelResult } from '../../checker/result.ts'
import { paintFor } from '../../src/report/paint.ts'
import { renderSummary } from '../../src/report/render-summary.ts'
import { outcomeOf } from '../support/outcomes.ts'

const view = { paint: paintFor(false), width: 60 }

/** Of these names, each with a verdict that is not as expected. */
async function violated(...names: readonly string[]): Promise<readonly ModelResult[]> {
  const { result } = await outcomeOf('specs/peterson.ts', 'peterson-swapped')
  const properties = result.properties.map((one) => ({ ...one, asExpected: one.verdict !== 'violated' }))
  return names.map((name) => ({ ...result, name, properties }))
}

it('names what is not as expected among several models', async () => {
  expect(renderSummary(await violated('one', 'two'), 0, view)).toBe(
    ['2 of 8 verdicts are not as expected', '  one: mutual exclusion', '  two: mutual exclusion'].join('\n'),
  )
})

it('does not repeat what stands right above', async () => {
  expect(renderSummary(await violated('one'), 0, view)).toBe('1 of 4 verdicts is not as expected')
})

it('stays short and within the width', async () => {
  const names = Array.from({ length: 24 }, (_, i) => `model ${i} ${'of a long name '.repeat(3)}`)
  const lines = renderSummary(await violated(...names), 1, view).split('\n')

  expect(lines.filter((line) => line.length > view.width)).toEqual([])
  expect(lines.slice(-2)).toEqual(['  and 4 more', '1 of 25 models is not checked'])
})
