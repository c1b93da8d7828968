/**
 * The arm64 entry code: the verdict on the designs, and the length of the story. (What the limits do to the verdicts takes
 * minutes: arm64-limits.large.ts.)
 */

import { beforeAll, describe, expect, it } from 'vitest'
import type { ModelResult } from '../../checker/result.ts'
import * as spec from '../../specs/arm64-entry.ts'
import { paintFor } from '../../src/report/paint.ts'
import { renderTrace } from '../../src/report/render-trace.ts'
import { toSaved } from '../../src/report/saved-trace.ts'
import { buildModel, checkSpec, verdictsOf } from '../support/build.ts'

/** The others are judged at these limits by the gate, which runs the README's first command. */
const designs = [spec.mergedPnmi, spec.reworkDesign]

describe('arm64 exception entry', () => {
  const set = { depth: 1 }
  const seMasked = 'SE-1: no task runs its own code with SError masked'
  let merged: ModelResult
  beforeAll(async () => {
    merged = await checkSpec(spec.mergedDesign, { set })
  })

  it('lets the merged design run a task with SError and debug exceptions masked', () => {
    const verdicts = verdictsOf(merged)
    expect(verdicts[seMasked]).toBe('violated')
    expect(verdicts['DBG-1: no task runs its own code with debug exceptions masked']).toBe('violated')
    expect(verdicts['SW-1: a task switch happens with exactly interrupts masked']).toBe('violated')
  })

  it('tells its bug in at most 30 lines of 100 columns, in the names of the kernel', () => {
    const found = merged.properties.find(({ name }) => name === seMasked)
    if (found?.trace == null) throw new Error('no trace')
    const model = buildModel(spec.mergedDesign, set)
    const origin = { spec: '', model, property: seMasked, kind: found.kind, reason: found.reason }

    const story = renderTrace(toSaved(origin, found.trace), { full: false, paint: paintFor(false), step: null }).split(
      '\n',
    )

    expect(story.length).toBeLessThanOrEqual(30)
    expect(Math.max(...story.map((line) => line.length))).toBeLessThanOrEqual(100)
    for (const name of ['  local_daif_mask ', 'preempt_schedule_irq:', '__switch_to (next=T2) ']) {
      expect(story.filter((line) => line.includes(name))).toHaveLength(1)
    }
  })

  it.each(designs)('judges $name as expected, and finds every witness', async (design) => {
    const result = await checkSpec(design, { workers: 2 })
    expect(result.properties.filter((property) => !property.asExpected)).toEqual([])
  })
})
