/**
 * Which domains are the same.
 */

import { expect, it } from 'vitest'
import { equalDomains } from '../../src/model/domain.ts'
import type { Domain } from '../../src/model/ir.ts'

const boolean: Domain = { kind: 'boolean' }
const range = (min: number, max: number) => ({ kind: 'range', min, max }) as const
const labels = (...values: readonly string[]) => ({ kind: 'enumeration', values }) as const
const record = (...fields: readonly (readonly [string, Domain])[]): Domain => ({
  kind: 'record',
  fields: fields.map(([name, domain]) => ({ name, domain })),
})

/** No two of them are the same. */
const different: readonly Domain[] = [
  boolean,
  range(0, 1),
  range(0, 2),
  range(1, 2),
  labels('a', 'b'),
  labels('b', 'a'),
  labels('a'),
  record(),
  record(['x', boolean]),
  record(['y', boolean]),
  record(['x', range(0, 1)]),
  record(['x', boolean], ['y', boolean]),
  record(['y', boolean], ['x', boolean]),
  { kind: 'array', index: range(0, 1), element: boolean },
  { kind: 'array', index: range(0, 2), element: boolean },
  { kind: 'array', index: labels('a', 'b'), element: boolean },
  { kind: 'array', index: range(0, 1), element: range(0, 1) },
  { kind: 'set', element: boolean },
  { kind: 'set', element: range(0, 1) },
  { kind: 'sequence', element: boolean, capacity: 1 },
  { kind: 'sequence', element: boolean, capacity: 2 },
  { kind: 'sequence', element: range(0, 1), capacity: 1 },
]

it('a domain equals a copy of itself, and no other', () => {
  const equal = different.map((left) =>
    different.flatMap((right, i) => (equalDomains(left, structuredClone(right)) ? [i] : [])),
  )

  expect(equal).toEqual(different.map((_, i) => [i]))
})
