/**
 * States that must be reachable where tasks have an EL0 half, so that no claim holds for want of the situation that it speaks of.
 */

import { all, at, inside, type Property, reachable } from 'modelcheck'
import { el0 } from '../noinstr.ts'
import { finishTaskSwitch } from '../scheduler.ts'
import type { Observed } from './observed.ts'

const handlers = {
  'an interrupt': 'el0_interrupt',
  'a system call': 'el0_svc',
  'a data abort': 'el0_da',
  'an SError': 'el0_error',
  'a watchpoint': 'el0_watchpt',
} as const

/** `preempts`: routines on whose way out a task may be preempted. */
export function el0Witnesses(observed: Observed, preempts: readonly string[]): { readonly [name: string]: Property } {
  const { cpu, mode, users = [], thread: { T1, T2 } } = observed
  if (T1 === undefined || T2 === undefined) return {}
  const runs = cpu.current.is('T1')
  return {
    ...Object.fromEntries(Object.entries(handlers).map(([what, routine]) =>
      [`${what} takes a task from EL0`, reachable(all(runs, inside(T1, routine)))])),
    ...(mode === 'pNMI' ? { 'a pseudo-NMI takes a task from EL0': reachable(all(runs, inside(T1, 'el0_interrupt'), inside(T1, 'nmi_exit'))) } : {}),
    'a task is rescheduled before it returns to EL0': reachable(all(runs, inside(T1, 'exit_to_user_mode_loop'), at(T1, finishTaskSwitch))),
    'a signal is delivered before the return to EL0': reachable(all(runs, at(T1, 'arch_do_signal_or_restart'))),
    ...(users.includes('T2')
      ? { 'a new task returns to EL0 for the first time': reachable(all(cpu.current.is('T2'), at(T2, el0))) }
      : { 'a kernel thread takes over from a preempted task': reachable(all(cpu.current.is('T2'), at(T2, 'work'), inside(T1, 'preempt_schedule_irq'))) }),
    ...Object.fromEntries(preempts.map((routine) => [
      `a task is preempted on return from ${routine}`,
      reachable(all(runs, inside(T1, routine), inside(T1, 'preempt_schedule_irq'))),
    ])),
  }
}
