/**
 * The change of stacks and the FIQ line: the verdicts, and that each claim can fail.
 */

import { describe, expect, it } from 'vitest'
import * as fiq from '../../../specs/arm64-fiq.ts'
import * as stacks from '../../../specs/arm64-stacks.ts'
import { rework } from '../../../specs/lib/arm64/designs/rework.ts'
import type { Design } from '../../../specs/lib/arm64/kernel.ts'
import { type System, system } from '../../../specs/lib/arm64/system.ts'
import { set, step } from '../../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../../support/build.ts'

/** The first task runs on while x18 already points into the IRQ's shadow stack, or comes back from the handler with it. */
const keepsShadowStack: Partial<Design> = {
  restore_irq: (k) => [rework.restore_irq(k), step('x18 is lost', k.cpu.x18 !== undefined && set(k.cpu.x18, 'irq'))],
}
/** The interrupt path before f0098155d337: F is left open. */
const leavesF: Partial<Design> = {
  el1_interrupt: (k) => [
    k.code.kernel_entry(),
    step('write_sysreg(NOIRQ, daif)', set(k.cpu.daif, { D: false, A: false, I: true, F: false })),
    k.code.__el1_irq(),
    k.code.kernel_exit(),
  ],
}

const on: Omit<System, 'design'> = {
  mode: 'no-pNMI',
  tasks: ['T1', 'T2'],
  preempts: [],
  budgets: { SError: 0, watchpoint: 0, 'data abort': 0 },
  nesting: { depth: 2, otherDepth: 1 },
}

describe('stacks and FIQs', () => {
  it.each([stacks.reworkDesign, stacks.unmasked, fiq.c4, fiq.b])('judges $name as expected', async (builder) => {
    const { properties } = await checkSpec(builder, { set: { depth: 1 } })
    expect(properties.filter(({ asExpected, kind }) => kind !== 'reachable' && !asExpected)).toEqual([])
  })

  it.each([
    { id: 'STK-1', having: 'stacks', change: { save_and_disable_daif: () => [], restore_irq: () => [] } },
    { id: 'STK-2', having: 'stacks', change: keepsShadowStack },
    { id: 'FIQ-1', having: 'FIQ', change: leavesF },
    { id: 'FIQ-2', having: 'FIQ', change: leavesF },
  ] as const)('$id fails under a change of $having', async ({ id, having, change }) => {
    const mutant = system('mutant', { ...on, design: { ...rework, ...change }, having: [having] })
    const verdicts = verdictsOf(await checkSpec(mutant))
    expect(
      Object.keys(verdicts).filter((name) => name.startsWith(`${id}:`) && verdicts[name] === 'violated'),
    ).toHaveLength(1)
  })
})
