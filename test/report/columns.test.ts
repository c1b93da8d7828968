/**
 * Columns of a terminal: what a reader of other letters sees stand below each other.
 */

import { expect, it } from 'vitest'
import { columnsOf, fitting, padLeft, padRight } from '../../src/report/columns.ts'
import { paintFor } from '../../src/report/paint.ts'
import { renderResult } from '../../src/report/render-text.ts'
import { renderTrace } from '../../src/report/render-trace.ts'
import { wrap } from '../../src/report/wrap.ts'
import { outcomeOf } from '../support/outcomes.ts'

it.each([
  ['plain', 5],
  ['n 0 → 1 … ✗ ↺', 13],
  ['ñandú', 5],
  ['e\u0301', 1],
  ['日本語', 6],
  ['한글', 4],
  ['🦊', 2],
  ['👩‍👩‍👧‍👦', 2],
  ['Ωπ ж', 4],
])('%s takes %i', (text, columns) => {
  expect(columnsOf(text)).toBe(columns)
  expect([padRight(text, 20), padLeft(text, 20)].map(columnsOf)).toEqual([20, 20])
})

it('no letter is cut in two', () => {
  expect(fitting('👩‍👩‍👧‍👦🦊', 3)).toBe('👩‍👩‍👧‍👦')
  expect(fitting('日本語', 1)).toBe('日')
  expect(wrap('🦊'.repeat(10), 7, '')).toEqual(['🦊🦊🦊', '🦊🦊🦊', '🦊🦊🦊', '🦊'])
})

it('verdicts and changes stand in one column', async () => {
  const { result, counterexamples } = await outcomeOf('specs/peterson.ts', 'peterson-swapped')
  const properties = result.properties.map((one, i) => (i === 0 ? { ...one, name: '全ての状態で日本語' } : one))
  const verdicts = renderResult({ ...result, properties }, { paint: paintFor(false) }).split('\n')
  const [saved] = counterexamples
  if (saved === undefined) throw new Error('no counterexample')
  const steps = saved.trace.steps.map((step) => (step.label === 'idle' ? { ...step, label: '狐がジャンプ' } : step))
  const story = renderTrace({ ...saved.trace, steps }, { full: false, paint: paintFor(false), step: null }).split('\n')

  const places = (lines: readonly string[], mark: RegExp): readonly number[] =>
    lines.flatMap((line) => {
      const at = mark.exec(line)?.index
      return at === undefined ? [] : [columnsOf(line.slice(0, at))]
    })
  expect(new Set(places(verdicts, /(holds|violated)/)).size).toBe(1)
  expect(new Set(places(story, /(turn p|flag\.)/)).size).toBe(1)
})
