/**
 * Claims about what software believes: lockdep, the tracer, RCU, preempt_count, and the kind of interrupt it handles.
 */

import { all, always, any, type Expr, implies, inside, not, type Property } from 'modelcheck'
import { irqsDeliverable } from '../irqflags.ts'
import { countOf } from '../kernel.ts'
import { isInstrumentable } from '../noinstr.ts'
import { preemptible } from '../preempt-count.ts'
import { isOwnCode } from '../tasks.ts'
import { takesEveryKind } from '../user-tasks.ts'
import { type Observed, ofCurrent, type Seen } from './observed.ts'

/** Bodies of handlers that RCU must have been told of. */
const nmiBodies = ['do_serror', 'do_watchpoint']

/** On the way in, the tracer is told last of all that instrumentation may run behind. */
const isTraced = (label: string): boolean =>
  isInstrumentable(label) && !['kmsan_unpoison_entry_regs', 'rcu_irq_enter_check_tick'].includes(label)

/** RCU was told of the handler; where a debug exception comes from EL0, by the way in. */
const isTold = ({ me, isUser, thread, cpu: { nmiNesting } }: Seen): Expr<boolean> =>
  isUser && takesEveryKind(me) ? any(nmiNesting.gt(0), inside(thread, 'el0_watchpt')) : nmiNesting.gt(0)

export function bookkeepingProperties(observed: Observed): { readonly [name: string]: Property } {
  const { cpu, mode } = observed
  return {
    'PRE-1: a task switch only from a preemptible context': always(
      ofCurrent(observed, (k) => implies(k.at('__switch_to'), countOf(k).is({ ...preemptible, preempt: 1 }))),
    ),
    'LKD-1: lockdep believes what the hardware does, where instrumentation may run': always(
      ofCurrent(observed, (k) => implies(k.at(isInstrumentable), cpu.hardirqs.L.is(irqsDeliverable(k)))),
    ),
    'LKD-2: an NMI-like entry and exit leave lockdep as they found it': always(
      ofCurrent(observed, ({ at, frame }) => implies(at('ERET'), all(
        implies(frame.state.lockdep.is('on'), cpu.hardirqs.L),
        implies(frame.state.lockdep.is('off'), not(cpu.hardirqs.L)),
      ))),
    ),
    'TRC-1: the tracer believes what lockdep believes, where instrumentation may run': always(
      // ct_cpuidle_exit() does not tell the tracer, which believes "on" from WFI to the next local_irq_enable().
      ofCurrent(observed, (k) => k.me === 'idle' || implies(k.at(isTraced), cpu.hardirqs.T.is(cpu.hardirqs.L))),
    ),
    'RCU-1: RCU watches where instrumentation may run, and is told the end of every handler': always(
      ofCurrent(observed, (k) => all(
        implies(k.at(isInstrumentable), cpu.rcuWatching),
        implies(k.at([...nmiBodies, ...(mode === 'pNMI' ? ['handle_nmi'] : [])]), isTold(k)),
        k.me === 'idle' || implies(k.at(isOwnCode), cpu.nmiNesting.is(0)),
      )),
    ),
    ...(mode === 'pNMI' ? {
      'CLS-1: a pseudo-NMI is handled as an NMI, and a regular interrupt is not': always(
        ofCurrent(observed, (k) => all(
          implies(k.at('handle_nmi'), all(k.frame.intid.is('nmi'), countOf(k).nmi.gt(0))),
          implies(k.at('handle_irq'), all(k.frame.intid.is('irq'), countOf(k).nmi.is(0))),
        )),
      ),
    } : {}),
  }
}
