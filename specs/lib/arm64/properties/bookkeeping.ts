/**
 * Claims about what software believes: lockdep, the tracer, RCU, preempt_count, and the kind of interrupt it handles.
 */

import { all, always, any, type Expr, implies, inside, nesting, not, type Property } from 'modelcheck'
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

/** Steps that tell the tracer "off", or "on". It hears of changes only. */
const tellsOff = (label: string): boolean =>
  ['local_daif_mask', 'local_daif_restore(ERRCTX)', 'local_daif_restore(PROCCTX_NOIRQ)', 'local_irq_disable', 'trace_hardirqs_off_finish']
    .includes(label)
const tellsOn = (label: string): boolean =>
  ['local_daif_restore(PROCCTX)', 'local_irq_enable', 'trace_hardirqs_on', 'trace_hardirqs_on_prepare'].includes(label)

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
      // ct_cpuidle_exit() does not tell the tracer, which believes "on" in the idle loop from WFI to the next local_irq_enable().
      ofCurrent(observed, (k) => implies(
        all(k.at(isTraced), k.me !== 'idle' || nesting(k.thread).gt(0)), cpu.hardirqs.T.is(cpu.hardirqs.L),
      )),
    ),
    ...toldWhileWatching(observed),
    'RCU-1: RCU watches where instrumentation may run, and is told the end of every handler': always(
      ofCurrent(observed, (k) => all(
        implies(k.at(isInstrumentable), cpu.rcuWatching),
        implies(k.at([...nmiBodies, ...(mode === 'pNMI' ? ['handle_nmi'] : [])]), isTold(k)),
        k.me === 'idle' || implies(k.at(isOwnCode), cpu.nmiNesting.is(0)),
      )),
    ),
    'CLS-1: a pseudo-NMI is handled as an NMI, and a regular interrupt is not': always(
      ofCurrent(observed, (k) => all(
        mode !== 'pNMI' || implies(k.at('handle_nmi'), all(k.frame.intid.is('nmi'), countOf(k).nmi.gt(0))),
        implies(k.at('handle_irq'), all(k.frame.intid.is('irq'), countOf(k).nmi.is(0), countOf(k).hardirq.gt(0))),
      )),
    ),
  }
}

/** Where RCU never stops watching, nothing is claimed. */
export function toldWhileWatching(observed: Observed): { readonly [name: string]: Property } {
  const { cpu, tasks } = observed
  const unwatched = { ...observed, tasks: tasks.filter((task) => task === 'idle' || observed.users?.includes(task)) }
  if (unwatched.tasks.length === 0) return {}
  return {
    'TRC-2: the tracer is told of a change only while RCU watches': always(
      ofCurrent(unwatched, (k) => any(
        cpu.rcuWatching,
        not(any(
          all(k.at(tellsOff), cpu.hardirqs.T),
          all(k.at(tellsOn), not(cpu.hardirqs.T)),
        )),
      )),
    ),
  }
}
