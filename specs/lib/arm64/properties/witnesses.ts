/**
 * States that must be reachable, so that no claim holds for want of the situation that it speaks of.
 */

import { all, at, inside, nesting, type Property, reachable } from 'modelcheck'
import { finishTaskSwitch } from '../scheduler.ts'
import type { Observed } from './observed.ts'

const bodies = {
  'an interrupt': 'handle_irq',
  'a data abort': 'do_mem_abort',
  'an SError': 'do_serror',
  'a watchpoint': 'do_watchpoint',
} as const

/** `preempts`: routines on whose way out a task may be preempted; `depth`: how deep exceptions nest in the first task. */
export function witnesses(observed: Observed, preempts: readonly string[], depth: number): { readonly [name: string]: Property } {
  const { cpu, mode, thread: { T1, idle } } = observed
  if (T1 === undefined) return {}
  const runs = cpu.current.is('T1')
  return {
    ...Object.fromEntries(Object.entries(bodies).flatMap(([what, label]) => [
      [`${what} is handled`, reachable(all(runs, at(T1, label)))],
      ...(depth === 1 ? [] : [[`${what} nests in another handler`, reachable(all(runs, at(T1, label), nesting(T1).gt(1)))]]),
    ])),
    'an interrupt is gone when it is acknowledged': reachable(all(runs, at(T1, 'gic_irqnr_is_special'))),
    ...(mode === 'pNMI' ? {
      'a pseudo-NMI breaks into a context with interrupts on': reachable(all(runs, inside(T1, 'nmi_exit'))),
      'a pseudo-NMI breaks into a context with interrupts off': reachable(all(runs, inside(T1, '__gic_handle_irq_from_irqsoff'))),
    } : {}),
    ...Object.fromEntries(preempts.map((routine) => [
      `a task is preempted on return from ${routine}`,
      reachable(all(runs, inside(T1, routine), inside(T1, 'preempt_schedule_irq'))),
    ])),
    'a preempted task goes on': reachable(all(runs, inside(T1, 'preempt_schedule_irq'), at(T1, finishTaskSwitch))),
    ...(idle === undefined ? {} : {
      'an exception finds RCU not watching': reachable(all(cpu.current.is('idle'), cpu.nmiNesting.is(1))),
    }),
  }
}
