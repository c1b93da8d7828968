/**
 * Claims about DAIF and PMR.
 */

import { all, always, any, implies, inside, not, type Property } from 'modelcheck'
import { irqsDeliverable } from '../irqflags.ts'
import { irqsEnabled } from '../kernel.ts'
import { isInstrumentable } from '../noinstr.ts'
import { isNoIrq } from '../pstate.ts'
import { finishTaskSwitch } from '../scheduler.ts'
import { isOwnCode } from '../tasks.ts'
import { type Observed, ofCurrent } from './observed.ts'

export function maskProperties(observed: Observed): { readonly [name: string]: Property } {
  const { cpu, mode } = observed
  return {
    'SE-1: no task runs its own code with SError masked': always(
      ofCurrent(observed, (k) => k.me === 'idle' || implies(k.at(isOwnCode), not(cpu.daif.A))),
    ),
    'DBG-1: no task runs its own code with debug exceptions masked': always(
      ofCurrent(observed, (k) => k.me === 'idle' || implies(k.at(isOwnCode), not(cpu.daif.D))),
    ),
    'SW-1: a task switch happens with exactly interrupts masked': always(
      ofCurrent(observed, (k) => implies(k.at('__switch_to'), isNoIrq(k))),
    ),
    'SW-2: a task finds the mask it was switched out with': always(
      ofCurrent(observed, ({ me, thread, at }) => implies(
        all(at(finishTaskSwitch), inside(thread, '__schedule')),
        all(cpu.switchedOut[me].daif.is(cpu.daif), cpu.switchedOut[me].pmr.is(cpu.pmr)),
      )),
    ),
    'RET-1: an exception return restores DAIF and PMR as they were': always(
      ofCurrent(observed, ({ frame, at }) => implies(
        at('ERET'), all(frame.regs.daif.is(frame.interrupted.daif), cpu.pmr.is(frame.interrupted.pmr)),
      )),
    ),
    // The handler of an SError is not written to be interrupted by another, even while a fault of its own is handled.
    'NEST-1: an exception lets nothing in that is masked where it broke in': always(
      ofCurrent(observed, (k) => {
        const { interrupted } = k.frame
        return all(
          implies(interrupted.daif.D, cpu.daif.D),
          implies(interrupted.daif.A, cpu.daif.A),
          implies(interrupted.daif.I, cpu.daif.I),
        )
      }),
    ),
    'EN-1: enabled interrupts are deliverable, where instrumentation may run': always(
      ofCurrent(observed, (k) => implies(all(k.at(isInstrumentable), irqsEnabled(k)), irqsDeliverable(k))),
    ),
    ...(mode === 'pNMI' ? {
      'NMI-1: disabling interrupts does not hold back a pseudo-NMI': always(
        ofCurrent(observed, (k) => k.me === 'idle' || implies(any(k.at(isOwnCode), k.at('handle_irq')), not(cpu.daif.I))),
      ),
      'PMR-1: the PSR flag stands in PMR only while DAIF.I masks, and never with OFF': always(
        all(cpu.pmr.isNot('OFF|PSR'), implies(cpu.pmr.is('PSR'), cpu.daif.I)),
      ),
    } : {}),
  }
}
