/**
 * Lamport's fast mutual exclusion: seven accesses to shared memory when nobody competes.
 * Source: BEEM, lamport (instances 1, 3 and 5); Lamport 1987, doi:10.1145/7351.7352.
 */

import {
  all, at, bool, constant, each, either, forever, leave, model, names, not, oneOf, range, set, state, step, threads, until,
} from 'modelcheck'
import { mutexClaims } from './beem-mutex.ts'

const constants = {
  processes: constant(range(2, 5), 3),
  mistake: constant(oneOf(['none', 'compares x and y']), 'none'),
}

export const fastMutex = model('beem-lamport', constants, ({ processes: n, mistake }) => {
  const nobody = -1
  const { b, x, y } = state({
    b: each(n, bool).starts(false),
    x: range(nobody, n - 1).starts(nobody),
    y: range(nobody, n - 1).starts(nobody),
  })
  const locals = { j: range(0, n).starts(0) }

  const process = threads(names('p', n), { locals }, (_, { j }, i) => forever(
    forever(
      step('NCS', set(b.at(i), true)),
      step('x := i', set(x, i)),
      either(
        [until('y is taken', y.isNot(nobody), set(b.at(i), false)), until('await y free', y.is(nobody))],
        [
          until('y is free', y.is(nobody)),
          step('y := i', set(y, i)),
          either(
            [until('x = i', x.is(i)), leave('loop')],
            [
              until('x != i', x.isNot(i), set(b.at(i), false), set(j, 0)),
              forever(either(
                until('await b[j]', all(j.lt(n), not(b.at(j))), set(j, j.plus(1))),
                [until('all seen', j.is(n)), leave('loop')],
              )),
              either(
                [until('y = i', y.is(mistake === 'none' ? i : x)), leave('loop')],
                until('again', y.is(nobody)),
              ),
            ],
          ),
        ],
      ),
    ),
    step('CS', set(y, nobody)),
    step('exit', set(b.at(i), false)),
  ))
  const overtaken = ['who waits gets in', 'p0 gets in again and again']
  return {
    threads: process,
    properties: mutexClaims(process, (p) => at(p, 'CS'), (p) => at(p, 'x := i')),
    expectViolated:
      mistake === 'none' ? overtaken : [...overtaken, 'mutual exclusion', 'somebody gets in again and again', 'deadlock'],
  }
})
