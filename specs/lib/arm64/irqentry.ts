/**
 * Bookkeeping of the generic entry code for exceptions from the kernel: lockdep, RCU, the tracer, preemption.
 *
 * Sources: kernel/entry/common.c, include/linux/irq-entry-common.h, include/linux/hardirq.h, kernel/softirq.c.
 */

import { all, branch, decide, type Lines, set, step } from 'modelcheck'
import { ctIrqEnter, ctIrqExit, ctNmiEnter, ctNmiExit } from './context-tracking.ts'
import { hasTimer, hrtimerRearmDeferred } from './hrtimer.ts'
import { instrumented, kmsanUnpoisonEntryRegs, rcuIrqEnterCheckTick } from './instrumentation.ts'
import { countOf, type Kernel, regsIrqsEnabled, type Routines } from './kernel.ts'
import {
  lockdepHardirqsOff, lockdepHardirqsOn, rememberLockdep, traceHardirqsOffFinish, traceHardirqsOn,
  traceHardirqsOnPrepare,
} from './lockdep.ts'
import { minusOne, plusOne, preemptible } from './preempt-count.ts'
import { invokeSoftirq } from './softirq.ts'

export const irqentry: Pick<
  Routines,
  | 'irqentry_enter' | 'irqentry_exit' | 'irqentry_exit_cond_resched' | 'irqentry_nmi_enter' | 'irqentry_nmi_exit'
  | 'nmi_enter' | 'nmi_exit' | 'irq_enter_rcu' | 'irq_exit_rcu'
> = {
  irqentry_enter: (k) => irqentryEnter(k),

  irqentry_exit: (k) => decide(regsIrqsEnabled(k),
    decide(k.frame.state.exitRcu,
      toIrqsOnOfIdle(k),
      toIrqsOn(k, k.code.irqentry_exit_cond_resched())),
    toIrqsOff(k)),

  // preempt_count and need_resched are one 64-bit word on arm64.
  irqentry_exit_cond_resched: (k) =>
    branch('irqentry_exit_cond_resched',
      all(countOf(k).is(preemptible), k.cpu.needResched[k.me], k.mayResched),
      k.code.preempt_schedule_irq()),

  irqentry_nmi_enter: (k) => [
    step('__nmi_enter', rememberLockdep(k, k.frame.state.lockdep), plusOne(countOf(k), 'nmi', 'hardirq')),
    step('lockdep_hardirqs_off', lockdepHardirqsOff(k)),
    step('ct_nmi_enter', ctNmiEnter(k)),
    instrumented(k, kmsanUnpoisonEntryRegs(k), step('trace_hardirqs_off_finish', traceHardirqsOffFinish(k))),
  ],

  irqentry_nmi_exit: (k) => [
    decide(k.frame.state.lockdep.is('on'),
      [
        instrumented(k, step('trace_hardirqs_on_prepare', traceHardirqsOnPrepare(k))),
        step('ct_nmi_exit', ctNmiExit(k)),
        step('lockdep_hardirqs_on', lockdepHardirqsOn(k)),
      ],
      [instrumented(k), step('ct_nmi_exit', ctNmiExit(k))]),
    step('__nmi_exit', minusOne(countOf(k), 'nmi', 'hardirq')),
  ],

  // Inside an interrupt's entry, which has told lockdep and the tracer.
  nmi_enter: (k) => [
    step('__nmi_enter', plusOne(countOf(k), 'nmi', 'hardirq')),
    step('ct_nmi_enter', ctNmiEnter(k)),
  ],

  nmi_exit: (k) => [
    step('ct_nmi_exit', ctNmiExit(k)),
    step('__nmi_exit', minusOne(countOf(k), 'nmi', 'hardirq')),
  ],

  irq_enter_rcu: (k) => [step('irq_enter_rcu', plusOne(countOf(k), 'hardirq')), rearm(k)],
  irq_exit_rcu: (k) => [step('irq_exit_rcu', minusOne(countOf(k), 'hardirq')), invokeSoftirq(k)],
}

const rearm = (k: Kernel): Lines => hasTimer(k) && step('hrtimer_rearm_deferred', hrtimerRearmDeferred(k))

/**
 * In the idle task always ct_irq_enter(): a nested tick that skipped it would look outermost. `last`: what a design does at the end, while
 * instrumentation may run.
 */
export const irqentryEnter = (k: Kernel, last: Lines = []): Lines => [
  step('lockdep_hardirqs_off', lockdepHardirqsOff(k)),
  k.me === 'idle' && step('ct_irq_enter', ctIrqEnter(k), set(k.frame.state.exitRcu, true)),
  instrumented(k,
    kmsanUnpoisonEntryRegs(k),
    k.me !== 'idle' && rcuIrqEnterCheckTick(k),
    step('trace_hardirqs_off_finish', traceHardirqsOffFinish(k)),
    last),
]

/** Back to a context with interrupts on: lockdep and the tracer are told. `first`: what a design does before, while instrumentation may run. */
export const toIrqsOn = (k: Kernel, ...first: readonly Lines[]): Lines =>
  instrumented(k, first, rearm(k), step('trace_hardirqs_on', traceHardirqsOn(k)))

/** The same in the idle task, where RCU stops watching in between. */
export const toIrqsOnOfIdle = (k: Kernel, ...first: readonly Lines[]): Lines => [
  instrumented(k, first, rearm(k), step('trace_hardirqs_on_prepare', traceHardirqsOnPrepare(k))),
  step('ct_irq_exit', ctIrqExit(k)),
  step('lockdep_hardirqs_on', lockdepHardirqsOn(k)),
]

/** Back to a context with interrupts off: lockdep and the tracer know. */
export const toIrqsOff = (k: Kernel): Lines => branch('state.exit_rcu', k.frame.state.exitRcu, step('ct_irq_exit', ctIrqExit(k)))
