/**
 * Values in the Informal Trace Format: sets, and lists that do not begin at 0, are told from sequences.
 */

import { expect, it } from 'vitest'
import { toItf } from '../../src/report/itf.ts'
import { hostileTrace } from '../support/traces.ts'

it('tells sets and arrays that begin elsewhere from lists', () => {
  const state = { queue: [1], marks: [true], bags: { p0: ['a'] } }
  const shape = { marks: 1, 'bags.p0': 'set' } as const
  const itf = toItf({
    ...hostileTrace,
    shape,
    steps: [{ ...hostileTrace.steps[0], state }] as typeof hostileTrace.steps,
  })

  expect(itf).toMatchObject({
    states: [
      {
        queue: [{ '#bigint': '1' }],
        marks: { '#map': [[{ '#bigint': '1' }, true]] },
        bags: { p0: { '#set': ['a'] } },
      },
    ],
  })
})
