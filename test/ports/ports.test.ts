/**
 * Models of others, written anew at the same granularity: the published numbers of states, and the published verdicts.
 */

import { describe, expect, it } from 'vitest'
import type { ModelBuilder } from '../../src/language/model.ts'
import { type Constants, checkSpec, countsOf, lengthOf } from '../support/build.ts'
import { adding } from './beem-adding.ts'
import { anderson } from './beem-anderson.ts'
import { bakery } from './beem-bakery.ts'
import { fischer } from './beem-fischer.ts'
import { frogs } from './beem-frogs.ts'
import { hanoi } from './beem-hanoi.ts'
import { fastMutex } from './beem-lamport.ts'
import { loyd } from './beem-loyd.ts'
import { mcs } from './beem-mcs.ts'
import { petersonN } from './beem-peterson.ts'
import { philosophers } from './beem-phils.ts'

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
  { builder: fischer, counts: [634, 1396, 18] },
  { builder: fischer, set: { processes: 4, k1: 3 }, counts: [21_733, 67_591, 50], steps: { 'mutual exclusion': 14 } },
  { builder: mcs, counts: [7963, 21_504, 49] },
  { builder: philosophers, counts: [80, 213, 10], steps: { deadlock: 4 } },
  { builder: philosophers, set: { seats: 5, cure: 'room' }, counts: [581, 2351, 13] },
  { builder: philosophers, set: { seats: 6, cure: 'left-handed' }, counts: [729, 2917, 17] },
  { builder: adding, counts: [7372, 11_145, 31], steps: { goal: 15, deadlock: 15 } },
  { builder: hanoi, counts: [6561, 19_681, 256], steps: { 'all but one are there': 127 } },
  { builder: loyd, counts: [720, 1682, 38], steps: { reversed: 16 } },
  { builder: loyd, set: { columns: 3, rows: 3 }, counts: [362_880, 967_682, 61], steps: { reversed: 29 } },
  { builder: frogs, counts: [5094, 5302, 82], steps: { 'sides changed': 81, deadlock: 8 } },
  { builder: frogs, set: { columns: 5, rows: 3 }, counts: [18_207, 33_210, 24], steps: { 'sides changed': 23, deadlock: 5 } },
]

describe('a port has the published size and verdicts', () => {
  it.each(rows)('$builder.name $set', async ({ builder, set = {}, counts, steps = {} }) => {
    const result = await checkSpec(builder, { set })
    expect(result.properties.filter(({ asExpected }) => !asExpected).map(({ name, verdict }) => ({ name, verdict }))).toEqual([])
    expect(countsOf(result)).toEqual(counts)
    expect(Object.fromEntries(Object.keys(steps).map((name) => [name, lengthOf(result, name).stem]))).toEqual(steps)
  })
})
