/**
 * Bug: NMI-like exceptions (SError, pseudo-NMI) raise preempt_count and do not tell RCU, which may not be watching.
 *
 * Fixed by f0cd5ac1e4c5 (arm64: arm64_enter_nmi and arm64_exit_nmi call rcu_nmi_enter and rcu_nmi_exit).
 */

import { step } from 'modelcheck'
import { rework } from '../lib/arm64/designs/rework.ts'
import { everyDesign, rcuNotTold, tracerNotTold } from '../lib/arm64/findings.ts'
import { countOf, type Design } from '../lib/arm64/kernel.ts'
import { minusOne, plusOne } from '../lib/arm64/preempt-count.ts'
import { system, type System } from '../lib/arm64/system.ts'

const beforeTheFix: Design = {
  ...rework,
  irqentry_nmi_enter: (k) => step('__nmi_enter', plusOne(countOf(k), 'nmi', 'hardirq')),
  irqentry_nmi_exit: (k) => step('__nmi_exit', minusOne(countOf(k), 'nmi', 'hardirq')),
}

const on: Pick<System, 'mode' | 'preempts' | 'nesting'> = {
  mode: 'pNMI', preempts: [], nesting: { depth: 1, otherDepth: 1 },
}

export const buggy = system('nmi-without-rcu', {
  ...on, design: beforeTheFix, expectViolated: [...rcuNotTold, ...tracerNotTold, ...everyDesign],
})

export const fixed = system('nmi-without-rcu-fixed', { ...on, design: rework, expectViolated: everyDesign })
