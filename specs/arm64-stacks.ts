/**
 * The changes of stacks of the arm64 entry code, step by step: to the IRQ stack and back for every interrupt, and to the next task. Can
 * an exception find the stack of one context and the shadow stack of another?
 *
 * Every design has them alike; here under the merged one and the rework. A model of its own: nine steps for each interrupt would
 * multiply the states of the others. docs/arm64-entry.md explains the verdicts.
 */

import { merged } from './lib/arm64/designs/merged.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { lockdepAfterSError, wrongMask } from './lib/arm64/findings.ts'
import type { Design } from './lib/arm64/kernel.ts'
import type { Mode } from './lib/arm64/pstate.ts'
import { system } from './lib/arm64/system.ts'

const stacks = (name: string, design: Design, mode: Mode, expectViolated: readonly string[], depth = 2) =>
  system(name, {
    design, mode, expectViolated: [...lockdepAfterSError, ...expectViolated],
    tasks: ['T1', 'T2'], preempts: ['__el1_irq'], having: ['stacks'], budgets: { 'data abort': 0 },
    nesting: { depth, otherDepth: 1 },
  })

/** Before d42e6c20de61 (CVE-2025-38670). */
const beforeTheFix = (design: Design): Design => ({ ...design, save_and_disable_daif: () => [], restore_irq: () => [] })

const torn = 'STK-1: where an exception may be taken, SP, x18 and current belong together'
const lost = 'STK-2: a task runs on its own stacks'

export const reworkDesign = stacks('stacks', rework, 'no-pNMI', [])
export const reworkPnmi = stacks('stacks-pnmi', rework, 'pNMI', [])
export const unmasked = stacks('stacks-unmasked', beforeTheFix(rework), 'no-pNMI', [torn])
export const unmaskedPnmi = stacks('stacks-unmasked-pnmi', beforeTheFix(rework), 'pNMI', [torn, lost], 1)

/** An abort that preempts with everything masked goes through the change of stacks as well. */
export const mergedDesign = system('stacks-merged', {
  design: merged, mode: 'no-pNMI', expectViolated: [...lockdepAfterSError, ...wrongMask],
  tasks: ['T1', 'T2'], preempts: ['__el1_irq'], having: ['stacks'], nesting: { depth: 1, otherDepth: 1 },
})
