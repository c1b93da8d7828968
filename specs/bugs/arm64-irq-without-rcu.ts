/**
 * Bug: an interrupt from the kernel tells lockdep and the tracer, and leaves RCU to irq_enter(), which comes later: until then, in the
 * idle loop, instrumented code runs while RCU is not watching.
 *
 * Fixed by 7cd1ea1010ac (arm64: enter_from_kernel_mode calls rcu_irq_enter first when the idle task was interrupted).
 */

import { step } from 'modelcheck'
import { ctIrqEnter, ctIrqExit } from '../lib/arm64/context-tracking.ts'
import { everyDesign, rcuNotTold } from '../lib/arm64/findings.ts'
import { countOf, type Design } from '../lib/arm64/kernel.ts'
import { lockdepHardirqsOff, traceHardirqsOffFinish } from '../lib/arm64/lockdep.ts'
import { minusOne, plusOne } from '../lib/arm64/preempt-count.ts'
import { system, type System } from '../lib/arm64/system.ts'
import { afterTheFix as idleOpensIrqs } from './arm64-idle-opens-irqs-too-early.ts'

/** The idle loop opened interrupts while RCU was not watching. irq_enter() and irq_exit() tell RCU; the entry and exit of the exception do not. */
const beforeTheFix: Design = {
  ...idleOpensIrqs,
  irqentry_enter: (k) => [
    step('lockdep_hardirqs_off', lockdepHardirqsOff(k)),
    step('trace_hardirqs_off_finish', traceHardirqsOffFinish(k)),
  ],
  irq_enter_rcu: (k) => [step('ct_irq_enter', ctIrqEnter(k)), step('irq_enter_rcu', plusOne(countOf(k), 'hardirq'))],
  irq_exit_rcu: (k) => [step('irq_exit_rcu', minusOne(countOf(k), 'hardirq')), step('ct_irq_exit', ctIrqExit(k))],
}

const on: Pick<System, 'mode' | 'preempts' | 'nesting'> = {
  mode: 'no-pNMI', preempts: [], nesting: { depth: 1, otherDepth: 1 },
}

export const buggy = system('irq-without-rcu', {
  ...on, design: beforeTheFix, expectViolated: [...rcuNotTold, ...everyDesign],
})

export const fixed = system('irq-without-rcu-fixed', { ...on, design: idleOpensIrqs, expectViolated: everyDesign })
