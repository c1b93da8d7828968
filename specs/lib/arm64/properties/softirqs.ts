/**
 * Claims about softirqs.
 */

import { all, always, implies, inside, nesting, type Property, reachable } from 'modelcheck'
import { irqsDeliverable } from '../irqflags.ts'
import { countOf } from '../kernel.ts'
import { type Observed, ofCurrent } from './observed.ts'

/** `depth`: how deep exceptions nest in the first task. */
export function softirqProperties(observed: Observed, depth: number): { readonly [name: string]: Property } {
  const { cpu, mode, thread: { T1 } } = observed
  if (cpu.softirqPending === undefined || T1 === undefined) return {}
  const runs = cpu.current.is('T1')
  return {
    'SIRQ-1: a softirq runs with interrupts on, outside of handlers, one at a time': always(
      ofCurrent(observed, (k) => implies(k.at('h->action'), all(
        irqsDeliverable(k), countOf(k).softirq.is(1), countOf(k).hardirq.is(0), countOf(k).nmi.is(0),
      ))),
    ),
    'a softirq runs': reachable(ofCurrent(observed, ({ at }) => at('h->action'))),
    // What breaks into softirqs raises more of them.
    ...(depth === 1 ? {} : {
      'softirqs are left to ksoftirqd': reachable(ofCurrent(observed, ({ at }) => at('wakeup_softirqd'))),
      'an interrupt breaks into a softirq': reachable(
        all(runs, cpu.preemptCount.T1.softirq.is(1), inside(T1, '__gic_handle_irq'), nesting(T1).gt(1)),
      ),
    }),
    ...(mode === 'pNMI' && depth > 1 ? {
      'a pseudo-NMI breaks into a softirq': reachable(
        all(runs, cpu.preemptCount.T1.softirq.is(1), inside(T1, '__gic_handle_nmi')),
      ),
    } : {}),
  }
}
