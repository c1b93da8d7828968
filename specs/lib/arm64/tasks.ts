/**
 * What tasks do of their own: a kernel thread that works, disables interrupts, yields and sleeps; and the idle task.
 *
 * Sources: kernel/sched/core.c (schedule); kernel/sched/idle.c (do_idle, default_idle_call); include/linux/cpuidle.h
 * (ct_cpuidle_enter, ct_cpuidle_exit); arch/arm64/kernel/idle.c (cpu_do_idle).
 */

import { branch, choose, either, forever, idle, type Lines, loop, not, set, step, until } from 'modelcheck'
import { ctIdleEnter, ctIdleExit } from './context-tracking.ts'
import { signalled } from './gic.ts'
import { armCpuidleRestoreIrqContext, armCpuidleSaveIrqContext } from './gic-masks.ts'
import { instrumented } from './instrumentation.ts'
import { localIrqDisable, localIrqEnable, localIrqRestore, localIrqSave } from './irqflags.ts'
import type { Kernel, Routines } from './kernel.ts'
import { lockdepHardirqsOff, lockdepHardirqsOn, traceHardirqsOnPrepare } from './lockdep.ts'
import { openMask } from './pstate.ts'
import { scheduleLoop } from './scheduler.ts'
import { raiseSoftirq } from './softirq.ts'

/** Steps of a task's own code: process context. */
const ownCode = ['work', 'local_irq_save', 'local_irq_restore', 'do_el0_svc', 'arch_do_signal_or_restart']
export const isOwnCode = (label: string): boolean => ownCode.includes(label)

/** It sleeps only where there is an idle task to run instead. */
export function kernelThread(k: Kernel): Lines {
  const { saved } = k.frame
  const sleeps = k.tasks.includes('idle') && choose('sleeps', [false, true], (value) => set(k.cpu.asleep[k.me], value))
  return forever(either(
    [
      idle('work'),
      step('local_irq_save', localIrqSave(k, saved), raiseSoftirq(k)),
      step('local_irq_restore', localIrqRestore(k, saved), set(saved, openMask)),
    ],
    scheduleLoop(k, sleeps),
  ))
}

/** RCU stops watching around WFI; lockdep is told that interrupts are on, because idle may open them. */
export function idleTask(k: Kernel): Lines {
  return forever(
    loop('need_resched (do_idle)', not(k.cpu.needResched.idle), [
      step('local_irq_disable', localIrqDisable(k)),
      branch('current_clr_polling_and_test', not(k.cpu.needResched.idle), k.code.default_idle_call()),
      step('local_irq_enable', localIrqEnable(k)),
    ]),
    k.code.__schedule(),
  )
}

export const idleLoop: Pick<Routines, 'default_idle_call' | 'cpu_do_idle'> = {
  default_idle_call: (k) => [
    instrumented(k, step('trace_hardirqs_on_prepare', traceHardirqsOnPrepare(k))),
    step('ct_idle_enter', ctIdleEnter(k)),
    step('lockdep_hardirqs_on', lockdepHardirqsOn(k)),
    k.code.cpu_do_idle(),
    step('lockdep_hardirqs_off', lockdepHardirqsOff(k)),
    step('ct_idle_exit', ctIdleExit(k)),
    instrumented(k),
  ],

  // WFI wakes for what is signalled, whatever DAIF.I says.
  cpu_do_idle: (k) => [
    k.mode === 'pNMI' && step('arm_cpuidle_save_irq_context', armCpuidleSaveIrqContext(k, k.frame.saved)),
    until('wfi', signalled(k)),
    k.mode === 'pNMI' &&
      step('arm_cpuidle_restore_irq_context', armCpuidleRestoreIrqContext(k, k.frame.saved), set(k.frame.saved, openMask)),
  ],
}
