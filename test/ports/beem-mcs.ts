/**
 * The MCS queue lock: processes queue in a linked list, and each spins on a flag of its own.
 * Source: BEEM, mcs (instances 1 and 3); Mellor-Crummey and Scott 1991, doi:10.1145/103727.103729.
 */

import {
  at, bool, constant, each, either, forever, leave, model, names, not, oneOf, range, routines, set, state, step, threads, until,
} from 'modelcheck'
import { mutexClaims } from './beem-mutex.ts'

export const mcs = model('beem-mcs', { processes: constant(range(2, 5), 3) }, ({ processes: n }) => {
  const ids = names('p', n)
  const link = oneOf(['nobody', ...ids])
  const { next, isLocked, tail } = state({
    next: each(ids, link).starts('nobody'),
    isLocked: each(ids, bool).starts(false),
    tail: link.starts('nobody'),
  })

  const process = threads(ids, { locals: { before: link.starts('p0') } }, (me, { before }) => {
    const code = routines({
      lock: () => [
        step('swap tail', set(before, tail), set(tail, me)),
        either(
          [until('free', before.is('nobody')), leave('routine')],
          until('taken', before.isNot('nobody')),
        ),
        step('locked := true', set(isLocked.at(me), true)),
        step('link', set(next.at(before), me)),
        until('spin', not(isLocked.at(me))),
      ],
      unlock: () => [
        either(
          [
            until('CS, last', next.at(me).is('nobody')),
            either(
              [until('empty the queue', tail.is(me), set(tail, 'nobody')), leave('routine')],
              until('not the last', tail.isNot(me)),
            ),
            until('await link', next.at(me).isNot('nobody')),
          ],
          until('CS', next.at(me).isNot('nobody')),
        ),
        step('hand over', set(isLocked.at(next.at(me)), false)),
      ],
    }, {})
    return forever(step('NCS', set(next.at(me), 'nobody')), code.lock(), code.unlock())
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
