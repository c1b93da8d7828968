/**
 * Two bits that are turned over, each again and again, and claims about them; the same in toggles.pml.
 */

import {
  action,
  all,
  always,
  bool,
  eventually,
  holdsUntil,
  implies,
  leadsTo,
  model,
  not,
  release,
  set,
  state,
  weakUntil,
} from 'modelcheck'

export const toggles = model('toggles', () => {
  const { x, y } = state({ x: bool.starts(false), y: bool.starts(false) })
  return {
    actions: [
      action('turn x', {}, () => ({ then: set(x, not(x)) }), { fair: 'weak' }),
      action('turn y', {}, () => ({ then: set(y, not(y)) }), { fair: 'weak' }),
    ],
    properties: {
      again: always(eventually(x)),
      for_good: eventually(always(x)),
      together: always(eventually(all(x, y))),
      once: eventually(x),
      in_turn: holdsUntil(not(x), y),
      answered: leadsTo(x, y),
      one_for_the_other: implies(always(eventually(x)), always(eventually(y))),
      freed: release(x, not(y)),
      held: weakUntil(not(x), y),
    },
  }
})
