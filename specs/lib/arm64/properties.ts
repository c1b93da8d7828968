/**
 * What must hold of every design. Observers are the masks themselves, lockdep's and RCU's counters, and what a frame
 * remembers; no variable exists for the sake of one property, except what a frame and a switch saw (`pmrThen`, `switchedOut`).
 */

import {
  all, always, any, at, type Expr, forall, implies, inside, nesting, never, not, type Predicate,
  type Property, reachable, type ThreadHandle,
} from 'modelcheck'
import type { Here } from './here.ts'
import { noIrq, open, type Task, tasks } from './machine.ts'
import { irqsDeliverable, irqsEnabled } from './masks.ts'

export interface Observed extends Omit<Here, 'me' | 'frame'> {
  readonly thread: { readonly [K in Task]: ThreadHandle }
  readonly frames: { readonly [K in Task]: Here['frame'] }
}

/** Steps of a task's own code: process context, nothing suspended. */
export const ownCode = ['work', 'local_irq_disable (own)', 'local_irq_enable (own)']

/** Bodies where instrumentation may run. */
const handlerBodies = ['do_mem_abort', 'handle_irq', 'handle_nmi', 'do_serror', 'do_debug_exception']

export function safety(seen: Observed): { readonly [name: string]: Property } {
  const { cpu, mode, thread, frames } = seen
  const ofCurrent = (claim: (t: Task) => Predicate): Expr<boolean> => forall(tasks, (t) => implies(cpu.current.is(t), claim(t)))
  const here = (t: Task): Here => ({ mode, cpu, me: t, frame: frames[t] })
  const inOwnCode = (t: Task): Expr<boolean> => all(nesting(thread[t]).is(0), at(thread[t], ownCode))
  const inBody = (t: Task): Expr<boolean> => any(inOwnCode(t), at(thread[t], handlerBodies))
  const isNoIrq = mode === 'pNMI' ? all(cpu.daif.is(open), cpu.pmr.is('OFF')) : cpu.daif.is(noIrq)
  const isNmi = (t: Task): Expr<boolean> => at(thread[t], mode === 'pNMI' ? ['handle_nmi', 'do_serror', 'do_debug_exception'] : ['do_serror', 'do_debug_exception'])
  return {
    'SE-1: no task runs its own code with SError masked': always(ofCurrent((t) => implies(inOwnCode(t), not(cpu.daif.A)))),
    'DBG-1: no task runs its own code with debug exceptions masked': always(ofCurrent((t) => implies(inOwnCode(t), not(cpu.daif.D)))),
    'SW-1: a task switch happens with exactly interrupts masked': always(ofCurrent((t) => implies(at(thread[t], '__switch_to'), isNoIrq))),
    'SW-2: a task finds the mask it was switched out with': always(
      ofCurrent((t) => implies(all(at(thread[t], 'finish_task_switch: local_irq_enable'), cpu.switchedOut[t].away),
        all(cpu.switchedOut[t].daif.is(cpu.daif), cpu.switchedOut[t].pmr.is(cpu.pmr)))),
    ),
    'RET-1: an exception return restores PMR as it was': always(
      ofCurrent((t) => implies(at(thread[t], 'ERET'), cpu.pmr.is(frames[t].pmrThen))),
    ),
    'EN-1: enabled interrupts are deliverable': always(
      ofCurrent((t) => implies(all(inBody(t), irqsEnabled(here(t))), irqsDeliverable(here(t)))),
    ),
    'PRE-1: a task switch only from a preemptible context': never(
      ofCurrentAny(tasks, (t) => all(cpu.current.is(t), at(thread[t], '__switch_to'),
        any(cpu.preemptCount[t].isNot(1), cpu.hardirqCount[t].isNot(0), cpu.nmiCount[t].isNot(0)))),
    ),
    'LKD-1: lockdep believes what the hardware does, where instrumentation may run': always(
      ofCurrent((t) => implies(all(inBody(t), not(isNmi(t))), cpu.hardirqsOn.is(irqsDeliverable(here(t))))),
    ),
    'LKD-2: an NMI-like exception leaves lockdep as it found it': always(
      ofCurrent((t) => implies(all(at(thread[t], 'disable_daif'), any(inside(thread[t], 'el1_error'), inside(thread[t], 'el1_dbg'))),
        cpu.hardirqsOn.is(frames[t].lockdep))),
    ),
    'RCU-1: RCU is told of every NMI-like handler, and of its end': always(
      ofCurrent((t) => all(implies(isNmi(t), cpu.rcuNmiNesting.gt(0)), implies(inOwnCode(t), cpu.rcuNmiNesting.is(0)))),
    ),
    ...(mode === 'pNMI' ? { 'PMR-1: the PSR flag stands in PMR only while DAIF.I masks': always(implies(cpu.pmr.is('PSR'), cpu.daif.I)) } : {}),
  }
}

function ofCurrentAny(items: readonly Task[], claim: (t: Task) => Expr<boolean>): Expr<boolean> {
  return any(items.map(claim))
}

/** Shows that the model is not vacuous: every exception is handled, nests, and a task comes back. */
export function witnesses({ cpu, mode, thread }: Observed, preempts: readonly string[]): { readonly [name: string]: Property } {
  const t1 = thread.T1
  const runs = cpu.current.is('T1')
  const nested = (label: string): Property => reachable(all(runs, at(t1, label), nesting(t1).gt(1)))
  return {
    'an interrupt is handled': reachable(all(runs, at(t1, 'handle_irq'))),
    'an interrupt nests in another handler': nested('handle_irq'),
    'a data abort nests in another handler': nested('do_mem_abort'),
    'an SError nests in another handler': nested('do_serror'),
    'a watchpoint nests in another handler': nested('do_debug_exception'),
    ...(mode === 'pNMI' ? {
      'a pseudo-NMI breaks into a context with interrupts on': reachable(all(runs, at(t1, 'nmi_exit'))),
      'a pseudo-NMI breaks into a context with interrupts off': reachable(all(runs, at(t1, 'gic_write_pmr(PSR)'))),
    } : {}),
    ...Object.fromEntries(preempts.map((routine) => [
      `a task is preempted on return from ${routine}`,
      reachable(all(runs, inside(t1, routine), inside(t1, 'preempt_schedule_irq'))),
    ])),
    'a preempted task goes on': reachable(all(runs, cpu.switchedOut.T1.away, inside(t1, 'preempt_schedule_irq'))),
  }
}
