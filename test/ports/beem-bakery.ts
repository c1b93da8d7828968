/**
 * Lamport's bakery with tickets up to a limit: a process that finds the limit reached is stuck, hence the deadlocks.
 * Source: BEEM, bakery (instances 1 to 5); Lamport 1974, doi:10.1145/361082.361093.
 */

import {
  all, any, at, bool, constant, each, either, forever, leave, model, names, not, oneOf, range, set, state, step, threads,
  until,
} from 'modelcheck'
import { mutexClaims } from './beem-mutex.ts'

const constants = {
  processes: constant(range(2, 4), 2),
  limit: constant(range(1, 12), 9),
  mistake: constant(oneOf(['none', 'larger tickets first']), 'none'),
}

export const bakery = model('beem-bakery', constants, ({ processes: n, limit, mistake }) => {
  const { choosing, number } = state({
    choosing: each(n, bool).starts(false),
    number: each(n, range(0, limit)).starts(0),
  })
  const locals = { j: range(0, n).starts(0), max: range(0, limit).starts(0) }

  const process = threads(names('p', n), { locals }, (_, { j, max }, i) => {
    const mine = number.at(i)
    const isBehind = mistake === 'none' ? number.at(j).gt(mine) : number.at(j).lt(mine)
    return forever(
      step('NCS', set(choosing.at(i), true), set(j, 0), set(max, 0)),
      forever(either(
        until('choose: larger', all(j.lt(n), number.at(j).gt(max)), set(max, number.at(j)), set(j, j.plus(1))),
        until('choose: not larger', all(j.lt(n), number.at(j).le(max)), set(j, j.plus(1))),
        [
          until('take ticket', all(j.is(n), max.lt(limit)), set(mine, max.plus(1)), set(j, 0), set(choosing.at(i), false)),
          leave('loop'),
        ],
      )),
      forever(either(
        [
          until('wait for choice', all(j.lt(n), not(choosing.at(j)))),
          until('wait for turn', any(number.at(j).is(0), isBehind, all(number.at(j).is(mine), j.ge(i))), set(j, j.plus(1))),
        ],
        [until('enter', j.is(n)), leave('loop')],
      )),
      step('CS', set(mine, 0)),
    )
  })
  const waits = ['who waits gets in', 'p0 gets in again and again', 'somebody gets in again and again', 'deadlock']
  return {
    threads: process,
    properties: mutexClaims(
      process,
      (p) => at(p, 'CS'),
      (p) => at(p, ['take ticket', 'wait for choice', 'wait for turn']),
    ),
    expectViolated: mistake === 'none' ? waits : [...waits, 'mutual exclusion'],
  }
})
