/**
 * Softirqs on the way out of an interrupt: when the outermost handler has ended, what handlers raised is run with interrupts enabled,
 * so that further interrupts nest in it; those do not run softirqs of their own.
 *
 * What is raised meanwhile is run too, up to ten times and for 2 ms, unless a task waits for the CPU: here the code may give up at any turn. The rest is
 * for ksoftirqd, which is not modelled: the next interrupt finds it. Source: kernel/softirq.c (__irq_exit_rcu, invoke_softirq, handle_softirqs).
 */

import {
  all, bool, choose, decide, either, forever, leave, type Lines, not, set, type Statements, step, until, type Variables,
} from 'modelcheck'
import { hasTimer, hrtimerRearmDeferred } from './hrtimer.ts'
import { localIrqDisable, localIrqEnable } from './irqflags.ts'
import { countOf, type Kernel, type Routines } from './kernel.ts'
import { isInInterrupt, minusOne, plusOne } from './preempt-count.ts'

export const softirqState = {
  softirqPending: bool.starts(false),
}

interface WithSoftirqs {
  readonly cpu: Partial<Variables<typeof softirqState>>
}

/** raise_softirq_irqoff(), by a handler or by a task that has interrupts disabled. */
export const raiseSoftirq = ({ cpu: { softirqPending } }: WithSoftirqs): Statements =>
  softirqPending !== undefined && choose('raise_softirq', [false, true], (value) => value && set(softirqPending, true))

/** What irq_exit_rcu() does after it has given up its part of preempt_count. */
export const invokeSoftirq = (k: Kernel): Lines => {
  const { softirqPending } = k.cpu
  return softirqPending !== undefined && decide(all(not(isInInterrupt(countOf(k))), softirqPending), k.code.handle_softirqs())
}

export const softirqs: Pick<Routines, 'handle_softirqs'> = {
  handle_softirqs: (k) => {
    const { softirqPending } = k.cpu
    if (softirqPending === undefined) return []
    return [
      hasTimer(k) && step('hrtimer_rearm_deferred', hrtimerRearmDeferred(k)),
      step('softirq_handle_begin', plusOne(countOf(k), 'softirq')),
      forever(
        step('set_softirq_pending(0)', set(softirqPending, false)),
        step('local_irq_enable', localIrqEnable(k)),
        step('h->action'),
        step('local_irq_disable', localIrqDisable(k)),
        decide(not(softirqPending), leave('loop')),
        either(
          until('restart', not(k.cpu.needResched[k.me])),
          [step('wakeup_softirqd'), leave('loop')],
        ),
      ),
      step('softirq_handle_end', minusOne(countOf(k), 'softirq')),
    ]
  },
}
