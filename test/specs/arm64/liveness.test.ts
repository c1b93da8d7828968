/**
 * Interrupts get handled and requests to reschedule are met, but not by a CPU that was left deaf; and each claim can fail.
 */

import { expect, it } from 'vitest'
import * as spec from '../../../specs/arm64-liveness.ts'
import { rework } from '../../../specs/lib/arm64/designs/rework.ts'
import { liveness } from '../../../specs/lib/arm64/liveness.ts'
import { step } from '../../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../../support/build.ts'

it.each(Object.values(spec))('judges $name as expected', async (builder) => {
  const { properties } = await checkSpec(builder)
  expect(properties.filter((property) => !property.asExpected)).toEqual([])
})

it('leaves a request to reschedule unmet where no exception preempts', async () => {
  const deafToRequests = liveness('mutant', {
    design: { ...rework, irqentry_exit_cond_resched: () => step('irqentry_exit_cond_resched') },
    mode: 'no-pNMI',
  })
  const verdicts = verdictsOf(await checkSpec(deafToRequests))
  expect(verdicts['L-3: a request to reschedule leads to the scheduler']).toBe('violated')
  expect(verdicts['L-2: a pending interrupt is handled']).toBe('holds')
})

it('finds the same with exceptions that nest', async () => {
  const verdicts = verdictsOf(await checkSpec(spec.reworkDesign, { set: { depth: 2 } }))
  expect(verdicts['L-2: a pending interrupt is handled']).toBe('holds')
  expect(verdicts['L-3: a request to reschedule leads to the scheduler']).toBe('holds')
})
