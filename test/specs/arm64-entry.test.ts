/**
 * The arm64 entry code: the verdict on every design, and the length of the story.
 */

import { describe, expect, it } from 'vitest'
import * as spec from '../../specs/arm64-entry.ts'
import { checkSpec, countsOf, lengthOf, verdictsOf } from '../support/build.ts'

/** Nesting of one already shows every verdict, in a fraction of the states; the command checks two. */
const shallow = { set: { depth: 1 } }
const designs = [spec.mergedDesign, spec.mergedPnmi, spec.mergedPnmiNoGate, spec.reworkDesign, spec.reworkPnmi]

describe('arm64 exception entry', () => {
  it('lets the merged design run a task with SError and debug exceptions masked', async () => {
    const result = await checkSpec(spec.mergedDesign, shallow)
    const verdicts = verdictsOf(result)
    expect(verdicts['SE-1: no task runs its own code with SError masked']).toBe('violated')
    expect(verdicts['DBG-1: no task runs its own code with debug exceptions masked']).toBe('violated')
    expect(verdicts['SW-1: a task switch happens with exactly interrupts masked']).toBe('violated')
    expect(lengthOf(result, 'SE-1: no task runs its own code with SError masked').stem).toBe(14)
  })

  it('finds the rework free of it', async () => {
    const verdicts = verdictsOf(await checkSpec(spec.reworkDesign, shallow))
    expect(verdicts['SE-1: no task runs its own code with SError masked']).toBe('holds')
    expect(verdicts['SW-1: a task switch happens with exactly interrupts masked']).toBe('holds')
  })

  it.each(designs)('judges safety of $name alike at nesting depths 1 and 2', async (design) => {
    const safety = (verdicts: ReturnType<typeof verdictsOf>): readonly (readonly [string, string])[] =>
      Object.entries(verdicts).filter(([name]) => /^[A-Z]+-\d/.test(name))
    const one = await checkSpec(design, shallow)
    const two = await checkSpec(design, { set: { depth: 2 }, workers: 2 })
    expect(safety(verdictsOf(one))).toEqual(safety(verdictsOf(two)))
    expect(two.properties.filter((property) => !property.asExpected)).toEqual([])
    expect(countsOf(two)[0]).toBeGreaterThan(countsOf(one)[0] ?? 0)
  })
})
