/**
 * Peterson's mutual exclusion for n processes, each look at another process a step of its own.
 * Source: BEEM, peterson (instances 1 to 4); Peterson 1981, doi:10.1016/0020-0190(81)90106-X.
 */

import {
  all, any, at, constant, each, either, forever, leave, model, names, oneOf, range, set, state, step, threads, until,
} from 'modelcheck'
import { mutexClaims } from './beem-mutex.ts'

/** `one level down`: stops only for those above; `positions`: reads the wrong array. */
const mistakes = oneOf(['none', 'one level down', 'positions'])
const constants = { processes: constant(range(2, 5), 3), mistake: constant(mistakes, 'none') }

export const petersonN = model('beem-peterson', constants, ({ processes: n, mistake }) => {
  const { level, last } = state({
    level: each(n, range(0, n - 1)).starts(0),
    last: each(n, range(0, n - 1)).starts(0),
  })
  const locals = { j: range(0, n).starts(0), k: range(0, n).starts(0) }

  const process = threads(names('p', n), { locals }, (_, { j, k }, i) => {
    const isBelow = mistake === 'one level down' ? level.at(k).le(j) : level.at(k).lt(j)
    const read = mistake === 'positions' ? level : last
    return forever(
      step('NCS', set(j, 1)),
      forever(either(
        [
          until('wait', j.lt(n), set(level.at(i), j)),
          step('give way', set(last.at(j.minus(1)), i), set(k, 0)),
          forever(either(
            until('look', all(k.lt(n), any(k.is(i), isBelow)), set(k, k.plus(1))),
            [until('rise', any(read.at(j.minus(1)).isNot(i), k.is(n)), set(j, j.plus(1))), leave('loop')],
          )),
        ],
        [until('enter', j.is(n)), leave('loop')],
      )),
      step('CS', set(level.at(i), 0)),
    )
  })
  const overtaken = ['who waits gets in', 'p0 gets in again and again']
  return {
    threads: process,
    properties: mutexClaims(process, (p) => at(p, 'CS'), (p) => at(p, ['wait', 'give way', 'look'])),
    expectViolated: {
      none: overtaken,
      'one level down': [...overtaken, 'mutual exclusion'],
      positions: [...overtaken, 'mutual exclusion', 'somebody gets in again and again'],
    }[mistake],
  }
})
