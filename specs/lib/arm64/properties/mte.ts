/**
 * Claims about asynchronous tag faults.
 */

import { all, always, implies, not, type Property, reachable } from 'modelcheck'
import { type Observed, ofCurrent } from './observed.ts'

export function mteProperties(observed: Observed): { readonly [name: string]: Property } {
  const { tfsr } = observed.cpu
  if (tfsr === undefined) return {}
  const charges = (label: string, up: number) =>
    ofCurrent(observed, ({ at }) => implies(all(at(label), tfsr.TF1), tfsr.up.is(up)))
  return {
    'MTE-1: an interrupt or abort returns with no tag fault unreported': always(
      // NMI-like handlers do not look. They are those that remember what lockdep believed.
      ofCurrent(observed, ({ at, frame }) => implies(all(at('ERET'), frame.state.lockdep.is('unread')), not(tfsr.TF1))),
    ),
    'MTE-2: a tag fault is reported before an exception returns to its maker': always(
      ofCurrent(observed, ({ at }) => not(all(at('ERET'), tfsr.TF1, tfsr.up.is(1)))),
    ),
    'MTE-3: a tag fault is charged to its maker': always(
      all(
        charges('mte_check_tfsr_entry', 1),
        charges('mte_check_tfsr_exit', 0),
        charges('__switch_to', 0),
      ),
    ),
    'a tag fault of an interrupted context is found': reachable(
      all(tfsr.TF1, tfsr.up.is(1), ofCurrent(observed, ({ at }) => at('mte_check_tfsr_entry'))),
    ),
    'a tag fault of a handler is found on its way out': reachable(
      all(tfsr.TF1, tfsr.up.is(0), ofCurrent(observed, ({ at }) => at('mte_check_tfsr_exit'))),
    ),
  }
}
