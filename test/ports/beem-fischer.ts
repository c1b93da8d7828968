/**
 * Fischer's mutual exclusion by timing, in discrete time: a process writes within k1 ticks, and waits k2 before it looks.
 * Source: BEEM, fischer (instances 1, 2 and 4); Lamport 1987, doi:10.1145/7351.7352, who credits Fischer.
 */

import {
  action, all, at, constant, each, either, forall, forever, leave, model, names, range, set, state, step, threads, until,
  when,
} from 'modelcheck'
import { mutexClaims } from './beem-mutex.ts'

const constants = { processes: constant(range(2, 8), 3), k1: constant(range(1, 5), 2), k2: constant(range(1, 5), 3) }

export const fischer = model('beem-fischer', constants, ({ processes: n, k1, k2 }) => {
  const ids = Array.from({ length: n }, (_, i) => i)
  const off = -1
  const { id, timer } = state({
    id: range(0, n).starts(0),
    timer: each(n, range(off, Math.max(k1, k2))).starts(off),
  })

  const process = threads(names('p', n), {}, (_, __, i) => forever(
    until('NCS', id.is(0), set(timer.at(i), k1)),
    step('try', set(timer.at(i), k2), set(id, i + 1)),
    forever(either(
      until('time is up', timer.at(i).is(0), set(timer.at(i), off)),
      [until('mine', all(timer.at(i).is(off), id.is(i + 1))), step('CS', set(id, 0)), leave('loop')],
      [until('lost', all(timer.at(i).is(off), id.isNot(i + 1))), leave('loop')],
    )),
  ))
  const clock = action('tick', {}, () => ({
    when: { 'nothing is due': forall(n, (i) => timer.at(i).isNot(0)) },
    then: ids.map((i) => when(timer.at(i).gt(0), set(timer.at(i), timer.at(i).minus(1)))),
  }))
  // With all timers off BEEM's clock ticks for ever and changes nothing, so nobody need move: here, the run may stop anywhere.
  const starving = ['who waits gets in', 'p0 gets in again and again', 'somebody gets in again and again']
  return {
    threads: process,
    actions: clock,
    properties: mutexClaims(process, (p) => at(p, 'CS'), (p) => at(p, 'try'), []),
    // A process is late if it may write when another already looks.
    expectViolated: k1 < k2 ? starving : [...starving, 'mutual exclusion'],
  }
})
