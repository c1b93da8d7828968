/**
 * Bug: a debug exception taken in the kernel does not tell RCU. In the idle loop its handler, which uses RCU, runs while RCU takes
 * this CPU for one that reads nothing.
 *
 * Fixed by 2a9b3e6ac69a (arm64: arm64_enter_el1_dbg and arm64_exit_el1_dbg call rcu_nmi_enter and rcu_nmi_exit).
 */

import { branch, step } from 'modelcheck'
import { rework } from '../lib/arm64/designs/rework.ts'
import { everyDesign, rcuNotTold, tracerNotTold } from '../lib/arm64/findings.ts'
import { type Design, regsIrqsEnabled } from '../lib/arm64/kernel.ts'
import { traceHardirqsOff, traceHardirqsOn } from '../lib/arm64/lockdep.ts'
import { system, type System } from '../lib/arm64/system.ts'

/** As entry.S had it: the tracer is told, RCU is not. */
const beforeTheFix: Design = {
  ...rework,
  arm64_enter_el1_dbg: (k) => step('trace_hardirqs_off', traceHardirqsOff(k)),
  arm64_exit_el1_dbg: (k) => branch('interrupts_enabled(regs)', regsIrqsEnabled(k), step('trace_hardirqs_on', traceHardirqsOn(k))),
}

const on: Pick<System, 'mode' | 'preempts' | 'nesting'> = {
  mode: 'no-pNMI', preempts: [], nesting: { depth: 1, otherDepth: 1 },
}

export const buggy = system('debug-without-rcu', {
  ...on, design: beforeTheFix, expectViolated: [...rcuNotTold, ...tracerNotTold, ...everyDesign],
})

export const fixed = system('debug-without-rcu-fixed', { ...on, design: rework, expectViolated: everyDesign })
