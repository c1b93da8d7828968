/**
 * Claims about stacks.
 */

import { all, always, any, implies, not, type Property, reachable } from 'modelcheck'
import { stacksOf } from '../stacks.ts'
import { isOwnCode } from '../tasks.ts'
import { type Observed, ofCurrent } from './observed.ts'

export function stackProperties(observed: Observed): { readonly [name: string]: Property } {
  const { cpu: { daif }, cpu } = observed
  const stacks = stacksOf(observed)
  if (stacks === null) return {}
  const { sp, x18, spEl0 } = stacks
  return {
    'STK-1: where an exception may be taken, SP, x18 and current belong together': always(implies(
      any(not(daif.D), not(daif.A), not(daif.I)),
      any(all(sp.is('irq'), x18.is('irq')), all(sp.is(spEl0), x18.is(spEl0))),
    )),
    'STK-2: a task runs on its own stacks': always(
      ofCurrent(observed, ({ at, me }) => implies(at(isOwnCode), all(sp.is(me), x18.is(me), spEl0.is(me)))),
    ),
    'a handler runs on the IRQ stack': reachable(all(cpu.current.is('T1'), sp.is('irq'), ofCurrent(observed, ({ at }) => at('handle_irq')))),
  }
}
