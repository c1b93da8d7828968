/**
 * The MCS queue lock: processes queue in a linked list, and each spins on a flag of its own.
 * Source: BEEM, mcs (instances 1 and 3); Mellor-Crummey and Scott 1991, doi:10.1145/103727.103729.
 */

import {
  at, bool, constant, each, either, forever, leave, model, names, not, range, routines, set, state, step, threads, until,
} from 'modelcheck'
import { mutexClaims } from './beem-mutex.ts'

export const mcs = model('beem-mcs', { processes: constant(range(2, 5), 3) }, ({ processes: n }) => {
  const nobody = -1
  const link = range(nobody, n - 1)
  const { next, isLocked, tail } = state({
    next: each(n, link).starts(nobody),
    isLocked: each(n, bool).starts(false),
    tail: link.starts(nobody),
  })

  const process = threads(names('p', n), { locals: { before: link.starts(0) } }, (_, { before }, i) => {
    const code = routines({
      lock: () => [
        step('swap tail', set(before, tail), set(tail, i)),
        either(
          [until('free', before.is(nobody)), leave('routine')],
          until('taken', before.isNot(nobody)),
        ),
        step('locked := true', set(isLocked.at(i), true)),
        step('link', set(next.at(before), i)),
        until('spin', not(isLocked.at(i))),
      ],
      unlock: () => [
        either(
          [
            until('CS, last', next.at(i).is(nobody)),
            either(
              [until('empty the queue', tail.is(i), set(tail, nobody)), leave('routine')],
              until('not the last', tail.isNot(i)),
            ),
            until('await link', next.at(i).isNot(nobody)),
          ],
          until('CS', next.at(i).isNot(nobody)),
        ),
        step('hand over', set(isLocked.at(next.at(i)), false)),
      ],
    }, {})
    return forever(step('NCS', set(next.at(i), nobody)), code.lock(), code.unlock())
  })
  return {
    threads: process,
    properties: mutexClaims(
      process,
      (p) => at(p, 'CS'),
      (p) => at(p, ['swap tail', 'taken', 'locked := true', 'link', 'spin']),
    ),
    expectViolated: ['who waits gets in', 'p0 gets in again and again'],
  }
})
