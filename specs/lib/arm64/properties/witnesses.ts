/**
 * States that must be reachable, so that no claim holds for want of the situation that it speaks of.
 */

import { all, at, inside, nesting, type Property, reachable } from 'modelcheck'
import { finishTaskSwitch } from '../scheduler.ts'
import type { Observed } from './observed.ts'

const bodies = [
  { what: 'an interrupt', exception: 'IRQ', label: 'handle_irq' },
  { what: 'a data abort', exception: 'data abort', label: 'do_mem_abort' },
  { what: 'an SError', exception: 'SError', label: 'do_serror' },
  { what: 'a watchpoint', exception: 'watchpoint', label: 'do_watchpoint' },
] as const

interface Wanted {
  /** Routines on whose way out a task may be preempted. */
  readonly preempts: readonly string[]
  /** How deep exceptions nest in the first task. */
  readonly depth: number
  readonly budgets: { readonly [exception: string]: number }
}

/** None for exceptions that may not come. */
export function witnesses(observed: Observed, { preempts, depth, budgets }: Wanted): { readonly [name: string]: Property } {
  const { cpu, mode, thread: { T1, idle } } = observed
  if (T1 === undefined) return {}
  const runs = cpu.current.is('T1')
  return {
    ...Object.fromEntries(bodies.filter(({ exception }) => budgets[exception] !== 0).flatMap(({ what, label }) => [
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
    ...(observed.tasks.includes('T2') ? {
      'a preempted task goes on': reachable(all(runs, inside(T1, 'preempt_schedule_irq'), at(T1, finishTaskSwitch))),
    } : {}),
    ...(idle === undefined ? {} : {
      'an exception finds RCU not watching': reachable(all(cpu.current.is('idle'), cpu.nmiNesting.is(1))),
    }),
  }
}
