/**
 * Prisoners with two switches: one of them counts how often the others have put switch A up.
 * Source: TLA+ examples, Prisoners.
 */

import {
  action, all, always, arbitrary, bool, constant, each, eventually, forall, implies, model, names, not, only, range, set, state, weak,
  when,
} from 'modelcheck'
import { underEach } from './fairness.ts'

export const prisoners = model('tla-prisoners', { prisoners: constant(range(2, 6), 4) }, ({ prisoners: n }) => {
  const others = names('p', n - 1)
  const { a, b, flips, counted } = state({
    a: bool.starts(false),
    b: bool.starts(false),
    flips: each(others, range(0, 2)).starts(0),
    counted: range(0, 2 * n - 1).starts(0),
  })
  const flipB = set(b, not(b))

  const counterVisits = action('counter visits', {}, () => ({
    then: when(a, [set(a, false), set(counted, counted.plus(1))], flipB),
  }))
  const otherVisits = action('other visits', { who: others }, ({ who }) => ({
    lane: who,
    then: when(all(not(a), flips.at(who).lt(2)), [set(a, true), set(flips.at(who), flips.at(who).plus(1))], flipB),
  }))

  const done = counted.is(2 * (n - 1))
  return {
    initially: arbitrary(a, b),
    actions: [counterVisits, otherVisits],
    interchangeable: [others],
    properties: {
      'the counter is right': always(implies(done, forall(others, (who) => flips.at(who).gt(0)))),
      ...underEach([counterVisits, otherVisits], { Liveness: eventually(done) }, {
        'none': [],
        'WF': [weak('counter', counterVisits), ...others.map((who) => weak(who, only(otherVisits, { who })))],
        'WF(Next)': [weak('somebody visits', counterVisits, otherVisits)],
      }),
    },
  }
})
