/**
 * Claims about EL0: what a task finds there, and what the way there and back owes to RCU, lockdep, the tracer and other CPUs.
 */

import { all, always, any, implies, not, type Property } from 'modelcheck'
import { hasNoWork } from '../exit-to-user.ts'
import { el0 } from '../noinstr.ts'
import { open } from '../pstate.ts'
import { type Observed, ofCurrent } from './observed.ts'

export function el0Properties(seen: Observed): { readonly [name: string]: Property } {
  const { cpu, tasks, users = [] } = seen
  const observed = { ...seen, tasks: tasks.filter((task) => users.includes(task)) }
  return {
    'USR-1: nothing is masked at EL0': always(
      ofCurrent(observed, ({ at }) => implies(at(el0), all(cpu.daif.is(open), cpu.pmr.is('ON')))),
    ),
    'WORK-1: a task at EL0 has no work left, unless an interrupt is on its way': always(
      ofCurrent(observed, (k) => implies(k.at(el0), any(hasNoWork(k), cpu.irqPending))),
    ),
    'RCU-2: RCU does not watch at EL0, and was told the end of every handler': always(
      ofCurrent(observed, ({ at }) => implies(at(el0), all(not(cpu.rcuWatching), cpu.nmiNesting.is(0)))),
    ),
    'LKD-3: lockdep and the tracer believe interrupts on at EL0': always(
      ofCurrent(observed, ({ at }) => implies(at(el0), all(cpu.hardirqs.L, cpu.hardirqs.T))),
    ),
  }
}
