/**
 * Anderson's queue lock: each process takes the next place in a ring of flags and waits for its own.
 * Source: BEEM, anderson (instances 2 and 4); Anderson 1990, doi:10.1109/71.80120.
 */

import { at, bool, constant, each, either, forever, model, names, range, set, state, step, threads, until } from 'modelcheck'
import { mutexClaims } from './beem-mutex.ts'

export const anderson = model('beem-anderson', { processes: constant(range(2, 6), 3) }, ({ processes: n }) => {
  const ids = names('p', n)
  const { mayEnter, next } = state({
    mayEnter: each(n, bool).starts(Array.from({ length: n }, (_, i) => i === 0)),
    next: range(0, 2 * n).starts(0),
  })
  const locals = { place: range(0, 2 * n - 1).starts(0) }

  const process = threads(ids, { locals }, (_, { place }) => forever(
    step('NCS', set(place, next), set(next, next.plus(1))),
    either(
      until('keep next small', place.is(n - 1), set(next, next.minus(n))),
      until('keep place small', place.isNot(n - 1), set(place, place.mod(n))),
    ),
    until('wait', mayEnter.at(place)),
    step('enter', set(mayEnter.at(place), false)),
    step('CS', set(mayEnter.at(place.plus(1).mod(n)), true)),
  ))
  return {
    threads: process,
    interchangeable: [ids],
    properties: mutexClaims(process, (p) => at(p, 'CS'), (p) => at(p, ['keep next small', 'wait', 'enter'])),
    expectViolated: ['p0 gets in again and again'],
  }
})
