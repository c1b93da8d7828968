/**
 * Fischer's mutual exclusion by timing, in discrete time: a process writes within k1 ticks, and waits k2 before it looks.
 * Source: BEEM, fischer (instances 1, 2 and 4); Lamport 1987, doi:10.1145/7351.7352, who credits Fischer.
 */

import {
  action, all, at, constant, each, either, forall, forever, leave, model, names, oneOf, range, set, state, step, threads, until,
  when,
} from 'modelcheck'
import { mutexClaims } from './beem-mutex.ts'

const constants = { processes: constant(range(2, 8), 3), k1: constant(range(1, 5), 2), k2: constant(range(1, 5), 3) }

export const fischer = model('beem-fischer', constants, ({ processes: n, k1, k2 }) => {
  const ids = names('p', n)
  const off = -1
  const { id, timer } = state({
    id: oneOf(['nobody', ...ids]).starts('nobody'),
    timer: each(ids, range(off, Math.max(k1, k2))).starts(off),
  })

  const process = threads(ids, {}, (me) => forever(
    until('NCS', id.is('nobody'), set(timer.at(me), k1)),
    step('try', set(timer.at(me), k2), set(id, me)),
    forever(either(
      until('time is up', timer.at(me).is(0), set(timer.at(me), off)),
      [until('mine', all(timer.at(me).is(off), id.is(me))), step('CS', set(id, 'nobody')), leave('loop')],
      [until('lost', all(timer.at(me).is(off), id.isNot(me))), leave('loop')],
    )),
  ))
  const clock = action('tick', {}, () => ({
    when: { 'nothing is due': forall(ids, (i) => timer.at(i).isNot(0)) },
    then: ids.map((i) => when(timer.at(i).gt(0), set(timer.at(i), timer.at(i).minus(1)))),
  }))
  // With all timers off BEEM's clock ticks for ever and changes nothing, so nobody need move: here, the run may stop anywhere.
  const starving = ['who waits gets in', 'p0 gets in again and again', 'somebody gets in again and again']
  return {
    threads: process,
    actions: clock,
    interchangeable: [ids],
    properties: mutexClaims(process, (p) => at(p, 'CS'), (p) => at(p, 'try'), []),
    // A process is late if it may write when another already looks.
    expectViolated: k1 < k2 ? starving : [...starving, 'mutual exclusion'],
  }
})
