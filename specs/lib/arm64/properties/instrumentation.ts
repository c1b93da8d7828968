/**
 * Claims about the regions of entry code in which instrumentation may run.
 */

import { all, always, any, implies, not, type Property, reachable } from 'modelcheck'
import { irqsDeliverable } from '../irqflags.ts'
import { type Observed, ofCurrent, type Seen } from './observed.ts'

/** What entry code calls in its regions. */
const calls = [
  'kmsan_unpoison_entry_regs', 'rcu_irq_enter_check_tick', 'trace_hardirqs_off_finish', 'hrtimer_rearm_deferred', 'trace_hardirqs_on_prepare',
  'trace_hardirqs_on',
]
const isCall = (label: string): boolean => calls.includes(label)

const bodies = ['handle_irq', 'handle_nmi', 'do_mem_abort', 'do_serror', 'do_watchpoint', 'do_el0_svc']
const isBody = (label: string): boolean => bodies.includes(label)
const looksForTagFaults = (label: string): boolean => label === 'mte_check_tfsr_entry' || label === 'mte_check_tfsr_exit'

export const tagFaultsOutside = 'NOI-4: tag faults are looked for where instrumentation may run'
export const unpoisoned = 'KMSAN-1: a handler runs on a frame that KMSAN has been told of'
export const preemptedInRegion = 'a task is preempted where instrumentation may run'

export function instrumentationProperties(observed: Observed): { readonly [name: string]: Property } {
  const { cpu } = observed
  if (Object.values(observed.frames).every(({ isInstrumentable }) => isInstrumentable === undefined)) return {}
  const mayRun = ({ frame: { isInstrumentable } }: Seen) => isInstrumentable ?? all(false)
  return {
    'NOI-1: RCU watches from instrumentation_begin to instrumentation_end': always(
      ofCurrent(observed, (k) => implies(mayRun(k), cpu.rcuWatching)),
    ),
    'NOI-2: lockdep believes what the hardware does where entry code calls what may be instrumented': always(
      ofCurrent(observed, (k) => implies(all(mayRun(k), k.at(isCall)), cpu.hardirqs.L.is(irqsDeliverable(k)))),
    ),
    'NOI-3: instrumentation_begin and instrumentation_end come in pairs': always(
      ofCurrent(observed, (k) => all(
        implies(any(k.at('instrumentation_begin'), k.at('ERET')), not(mayRun(k))),
        implies(k.at('instrumentation_end'), mayRun(k)),
      )),
    ),
    [tagFaultsOutside]: always(
      ofCurrent(observed, (k) => implies(k.at(looksForTagFaults), mayRun(k))),
    ),
    [unpoisoned]: always(
      ofCurrent(observed, (k) => implies(k.at(isBody), k.frame.isUnpoisoned ?? all(true))),
    ),
    [preemptedInRegion]: reachable(
      ofCurrent(observed, (k) => all(k.at('preempt_disable'), mayRun(k))),
    ),
  }
}
