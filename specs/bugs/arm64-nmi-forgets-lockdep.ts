/**
 * Bug: the entry of a pseudo-NMI tells lockdep that interrupts are off, and its exit does not give back what lockdep believed. A pseudo-NMI
 * that breaks in after the exit path has told lockdep "on", and before ERET opens interrupts, leaves lockdep wrong.
 *
 * Fixed by 17ce302f3117 (arm64: the state is remembered in pt_regs at entry and restored at exit).
 */

import { step } from 'modelcheck'
import { ctNmiExit } from '../lib/arm64/context-tracking.ts'
import { merged } from '../lib/arm64/designs/merged.ts'
import { everyDesign } from '../lib/arm64/findings.ts'
import { countOf, type Design } from '../lib/arm64/kernel.ts'
import { minusOne } from '../lib/arm64/preempt-count.ts'
import { system, type System } from '../lib/arm64/system.ts'

const beforeTheFix: Design = {
  ...merged,
  irqentry_nmi_exit: (k) => [
    step('ct_nmi_exit', ctNmiExit(k)),
    step('__nmi_exit', minusOne(countOf(k), 'nmi', 'hardirq')),
  ],
}

const on: Pick<System, 'mode' | 'preempts' | 'nesting'> = {
  mode: 'pNMI', preempts: ['__el1_irq'], nesting: { depth: 2, otherDepth: 1 },
}

export const buggy = system('nmi-forgets-lockdep', {
  ...on, design: beforeTheFix,
  expectViolated: ['LKD-2: an NMI-like entry and exit leave lockdep as they found it', ...everyDesign],
})

export const fixed = system('nmi-forgets-lockdep-fixed', { ...on, design: merged, expectViolated: everyDesign })
