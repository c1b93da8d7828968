/**
 * Claims about the deferred reprogramming of the timer.
 */

import { all, always, implies, inside, not, type Property, reachable } from 'modelcheck'
import { isRearmDue, hasTimer } from '../hrtimer.ts'
import { irqsDeliverable } from '../irqflags.ts'
import { regsIrqsEnabled } from '../kernel.ts'
import { type Observed, ofCurrent } from './observed.ts'

export function timerProperties(observed: Observed): { readonly [name: string]: Property } {
  const { cpu, thread: { T1 } } = observed
  if (!hasTimer(observed) || T1 === undefined) return {}
  return {
    'TIMER-1: no interrupt or abort returns to interrupts on with the timer unprogrammed': always(
      // NMI-like handlers touch no timer; they remember what lockdep believed.
      ofCurrent(observed, (k) => implies(
        all(k.at('ERET'), regsIrqsEnabled(k), k.frame.state.lockdep.is('unread')), not(isRearmDue(k)),
      )),
    ),
    'TIMER-2: interrupts are never open with the timer unprogrammed': always(
      ofCurrent(observed, (k) => implies(irqsDeliverable(k), not(isRearmDue(k)))),
    ),
    ...(observed.users?.includes('T1') === true ? {
      'a timer interrupt takes a task from EL0, and leaves the timer to the exit': reachable(
        all(cpu.current.is('T1'), isRearmDue(observed), inside(T1, 'el0_interrupt')),
      ),
    } : {}),
    'a timer interrupt leaves the timer to the exit': reachable(all(cpu.current.is('T1'), isRearmDue(observed))),
    'a timer is left to the scheduler': reachable(
      all(cpu.current.is('T1'), isRearmDue(observed), inside(T1, 'preempt_schedule_irq')),
    ),
  }
}
