/**
 * Models of others, written anew at the same granularity: the published numbers of states, and the published verdicts.
 */

import { describe, expect, it } from 'vitest'
import type { ModelBuilder } from '../../src/language/model.ts'
import { type Constants, checkSpec, countsOf, lengthOf } from '../support/build.ts'
import { anderson } from './beem-anderson.ts'
import { bakery } from './beem-bakery.ts'
import { fastMutex } from './beem-lamport.ts'
import { petersonN } from './beem-peterson.ts'

interface Row {
  readonly builder: ModelBuilder
  readonly set?: Constants
  /** Distinct states, generated states (initial states and transitions), levels. */
  readonly counts: readonly [number, number, number]
  /** Steps to the first state that violates a property, as far as published. */
  readonly steps?: { readonly [property: string]: number }
}

const rows: readonly Row[] = [
  { builder: petersonN, counts: [12_498, 33_370, 54] },
  { builder: petersonN, set: { mistake: 'one level down' }, counts: [124_704, 399_139, 52], steps: { 'mutual exclusion': 22 } },
  { builder: petersonN, set: { mistake: 'positions' }, counts: [170_156, 538_510, 47], steps: { 'mutual exclusion': 16 } },
  { builder: anderson, counts: [1459, 3706, 46] },
  { builder: anderson, set: { processes: 4 }, counts: [29_641, 97_517, 81] },
  { builder: bakery, counts: [1506, 2698, 101], steps: { deadlock: 87 } },
  { builder: bakery, set: { limit: 6, mistake: 'larger tickets first' }, counts: [1146, 2086, 71], steps: { 'mutual exclusion': 18, deadlock: 57 } },
  { builder: bakery, set: { processes: 3, limit: 4 }, counts: [32_919, 85_062, 117], steps: { deadlock: 40 } },
  { builder: fastMutex, counts: [29_242, 77_287, 57] },
  { builder: fastMutex, set: { mistake: 'compares x and y' }, counts: [38_067, 102_748, 71], steps: { 'mutual exclusion': 22, deadlock: 15 } },
]

describe('a port has the published size and verdicts', () => {
  it.each(rows)('$builder.name $set', async ({ builder, set = {}, counts, steps = {} }) => {
    const result = await checkSpec(builder, { set })
    expect(result.properties.filter(({ asExpected }) => !asExpected).map(({ name, verdict }) => ({ name, verdict }))).toEqual([])
    expect(countsOf(result)).toEqual(counts)
    expect(Object.fromEntries(Object.keys(steps).map((name) => [name, lengthOf(result, name).stem]))).toEqual(steps)
  })
})
