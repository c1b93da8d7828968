/**
 * The generic entry code's half of an exception from EL0: lockdep, RCU and the tracer on both ways, and the work that is done before
 * a task returns.
 *
 * Two kinds of work stand for all: need_resched, and a signal. Sources: include/linux/irq-entry-common.h and kernel/entry/common.c at
 * 041aa7a85390 (enter_from_user_mode, __exit_to_user_mode_prepare, exit_to_user_mode_loop, exit_to_user_mode).
 */

import {
  any, bool, decide, each, type Expr, forever, leave, type Lines, not, record, set, step, type Variables,
} from 'modelcheck'
import { ctUserEnter, ctUserExit } from './context-tracking.ts'
import { hrtimerRearmDeferred } from './hrtimer.ts'
import { instrumented, kmsanUnpoisonEntryRegs } from './instrumentation.ts'
import { localIrqDisable, localIrqEnable } from './irqflags.ts'
import type { Design, Here, Kernel, Routines } from './kernel.ts'
import { scheduleLoop } from './scheduler.ts'
import { lockdepHardirqsOff, lockdepHardirqsOn, traceHardirqsOffFinish, traceHardirqsOnPrepare } from './lockdep.ts'

const work = record({ resched: bool, signal: bool })
const noWork = { resched: false, signal: false }

/** What tasks with an EL0 half have besides. */
export const userTaskState = (tasks: readonly ['T1', 'T2', 'idle']) => ({
  /** TIF_SIGPENDING, for all work but need_resched. */
  signalPending: each(tasks, bool).starts(false),
  /** The local variable ti_work of the loop, of which a task is in one at most. */
  tiWork: each(tasks, work).starts(noWork),
})
export type UserTaskState = Variables<ReturnType<typeof userTaskState>>

export const exitToUser: Pick<Routines, 'enter_from_user_mode' | 'exit_to_user_mode_loop' | 'exit_to_user_mode' | 'schedule'> = {
  enter_from_user_mode: (k) => [
    step('lockdep_hardirqs_off', lockdepHardirqsOff(k)),
    step('user_exit_irqoff', ctUserExit(k)),
    instrumented(k, kmsanUnpoisonEntryRegs(k), step('trace_hardirqs_off_finish', traceHardirqsOffFinish(k))),
  ],

  exit_to_user_mode_loop: (k) =>
    whileWork(k, [
      step('local_irq_enable', localIrqEnable(k)),
      decide(workOf(k).tiWork.resched, k.code.schedule()),
      decide(workOf(k).tiWork.signal, doSignal(k)),
      step('local_irq_disable', localIrqDisable(k)),
    ]),

  // Here and below, what ti_work said is forgotten where it has been acted upon, so that it tells no states apart.
  schedule: (k) => scheduleLoop(k, set(workOf(k).tiWork.resched, false)),

  exit_to_user_mode: (k) => [
    instrumented(k, step('trace_hardirqs_on_prepare', traceHardirqsOnPrepare(k))),
    step('user_enter_irqoff', ctUserEnter(k)),
    step('lockdep_hardirqs_on', lockdepHardirqsOn(k)),
  ],
}

/**
 * The exit to EL0 where it knows of deferred timers: irqentry_exit_to_user_mode_prepare(), whose work mask has _TIF_HRTIMER_REARM. arm64
 * calls exit_to_user_mode_prepare_legacy(), whose mask has not. Source: commit 0e98eb14814e, hrtimer_rearm_deferred_user_irq().
 */
export const rearmingExit = (design: Design): Design => ({
  ...design,
  exit_to_user_mode_loop: (k) => [
    decide(not(k.cpu.needResched[k.me]), step('hrtimer_rearm_deferred_user_irq', hrtimerRearmDeferred(k))),
    design.exit_to_user_mode_loop(k),
  ],
})

/** A turn for each reading of the thread flags that finds work. What is set after the reading is for the next turn. */
export function whileWork(k: Kernel, turn: Lines): Lines {
  const { tiWork, signalPending } = workOf(k)
  return forever(
    step('read_thread_flags', set(tiWork.resched, k.cpu.needResched[k.me]), set(tiWork.signal, signalPending)),
    decide(tiWork.is(noWork), leave('loop')),
    turn,
  )
}

export const doSignal = (k: Kernel): Lines => 
  step('arch_do_signal_or_restart', set(workOf(k).signalPending, false), set(workOf(k).tiWork.signal, false))

/** Neither TIF_NEED_RESCHED nor TIF_SIGPENDING is set. */
export const hasNoWork = (k: Here): Expr<boolean> => not(any(k.cpu.needResched[k.me], workOf(k).signalPending))

/** What the running task has besides. */
export function workOf({ cpu: { signalPending, tiWork }, me }: Here) {
  if (signalPending === undefined || tiWork === undefined) throw new Error('the machine has no EL0')
  return { signalPending: signalPending[me], tiWork: tiWork[me] }
}
