/**
 * A trace as a sequence diagram: lanes, handlers, the loop, and text that the format would read as its own.
 */

import { expect, it } from 'vitest'
import { toMermaid } from '../../src/report/mermaid.ts'
import { traceOf } from '../support/traces.ts'

const { steps, ...rest } = traceOf([
  { lane: 'a', label: 'end; <go>', state: { x: 1 } },
  { lane: 'b', label: 'irq', state: { x: 1 } },
  { lane: 'b', label: 'eret', state: { x: 2 } },
])

it('has a participant for each lane, activates it while a handler runs, and repeats what the loop repeats', () => {
  const nested = steps.map((step, i) => ({ ...step, depth: i === 2 ? 1 : 0, path: i === 2 ? ['outer', 'inner'] : [] }))

  expect(toMermaid({ ...rest, steps: nested, loop: 1, reason: ['b stays'] })).toBe(
    `sequenceDiagram
  participant lane0 as a
  participant lane1 as b
  lane0->>lane0: 1 #101;nd#59; #60;go#62;
  Note over lane0: x 0 -#62; 1
  loop for ever
  lane1->>lane1: 2 inner#58; irq
  activate lane1
  lane1->>lane1: 3 eret
  Note over lane1: x 1 -#62; 2
  deactivate lane1
  end
  Note over lane0: b stays`,
  )
  expect(toMermaid({ ...rest, steps: nested, loop: 3 })).not.toContain('loop')
  expect(toMermaid({ ...rest, steps: nested.slice(0, 1) })).toBe('sequenceDiagram')
})

it('keeps letters of any script, and no sign that Mermaid reads', () => {
  const saved = {
    ...traceOf([{ lane: '線程 1', label: 'взять; #end', state: { x: 1 } }]),
    reason: ['count(…) <= 1 fails'],
  }

  expect(toMermaid(saved)).toBe(
    [
      'sequenceDiagram',
      '  participant lane0 as 線程 1',
      '  lane0->>lane0: 1 взять#59; #35;#101;nd',
      '  Note over lane0: x 0 -#62; 1',
      '  Note over lane0: count(…) #60;= 1 fails',
    ].join('\n'),
  )
})
