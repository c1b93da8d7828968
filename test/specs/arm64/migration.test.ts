/**
 * Tasks that migrate inside an exception: the rework is right on two CPUs, a wrong mask of the merged design travels, and nothing of an
 * exception may stay behind.
 */

import { expect, it } from 'vitest'
import * as spec from '../../../specs/arm64-migration.ts'
import { rework } from '../../../specs/lib/arm64/designs/rework.ts'
import { whileActive } from '../../../specs/lib/arm64/gic-driver.ts'
import type { Design } from '../../../specs/lib/arm64/kernel.ts'
import { migration } from '../../../specs/lib/arm64/migration.ts'
import { step } from '../../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../../support/build.ts'

it.each([spec.b, spec.c4])('judges $name as expected', async (builder) => {
  const { properties } = await checkSpec(builder)
  expect(properties.filter((property) => !property.asExpected)).toEqual([])
})

it('finds an interrupt that is left active on the CPU that its task leaves', async () => {
  const hasty: Design = {
    ...rework,
    __gic_handle_irq: (k) => whileActive(k, [step('handle_irq'), k.code.preempt_schedule_irq()]),
  }
  const verdicts = verdictsOf(
    await checkSpec(migration('mutant', { design: hasty, mode: 'no-pNMI' }), { set: { aborts: 0, interrupts: 1 } }),
  )
  expect(verdicts['MIG-1: nothing of an exception is left on the CPU that its task leaves (T1)']).toBe('violated')
  expect(verdicts['MIG-2: an exception that began on another CPU brings no SError or debug mask from there (T1)']).toBe(
    'holds',
  )
})
