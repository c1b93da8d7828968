/**
 * Dijkstra's mutual exclusion, the first for more than two processes: it cannot deadlock, but a process can starve.
 * Source: TLA+ examples, dijkstra-mutex; Dijkstra 1965, doi:10.1145/365559.365617.
 */

import {
  all, any, arbitrary, at, bool, branch, choose, constant, count, each, either, exists, forever, leadsTo, leave, model, names, never,
  not, oneOf, range, routines, set, setOf, state, step, stepsBut, threads, until, weak,
} from 'modelcheck'
import { underEach } from './fairness.ts'

export const dijkstraMutex = model('tla-dijkstra', { processes: constant(range(2, 4), 2) }, ({ processes: n }) => {
  const ids = names('p', n)
  const { b, c, k } = state({
    b: each(ids, bool).starts(true),
    c: each(ids, bool).starts(true),
    k: oneOf(ids).starts('p0'),
  })
  /** One scratch variable of the original, for a process that was read or the set of those still to be looked at. */
  const locals = {
    scratch: oneOf(['unset', 'a set', ...ids]).starts('unset'),
    left: setOf(oneOf(ids)).starts([]),
  }

  const process = threads(ids, { locals }, (me, { scratch, left }) => {
    const code = routines({
      enter: () => [
        step('Li0', set(b.at(me), false)),
        forever(
          forever(either(
            [until('Li1: my turn', k.is(me)), leave('loop')],
            [
              until('Li1', k.isNot(me)),
              step('Li2', set(c.at(me), true)),
              step('Li3a', set(scratch, k), set(left, [])),
              branch('Li3b', exists(ids, (id) => all(scratch.is(id), b.at(id))), step('Li3c', set(k, me))),
              step('Li3d'),
            ],
          )),
          step('Li4a', set(c.at(me), false), set(scratch, 'a set'), set(left, ids.filter((id) => id !== me))),
          forever(either(
            step('Li4b', choose('j', left, (j) => ({ given: c.at(j), then: set(left, left.without(j)) }))),
            [
              step('Li4b: contended', choose('j', left, (j) => ({ given: not(c.at(j)), then: set(left, left.without(j)) }))),
              leave('loop'),
            ],
            [until('Li4b: alone', left.is([])), leave('routine')],
          )),
        ),
      ],
    }, {})
    return forever(
      code.enter(),
      step('cs'),
      step('Li5', set(c.at(me), true)),
      step('Li6', set(b.at(me), true)),
      step('ncs'),
    )
  })

  const everybody = Object.values(process)
  const somebodyIn = any(everybody.map((p) => at(p, 'cs')))
  return {
    initially: arbitrary(k),
    threads: process,
    interchangeable: [ids],
    properties: {
      'mutual exclusion': never(count(everybody, (p) => at(p, 'cs')).gt(1)),
      ...underEach(everybody, {
        DeadlockFree: all(everybody.map((p) => leadsTo(at(p, 'Li0'), somebodyIn))),
        StarvationFree: all(everybody.map((p) => leadsTo(at(p, 'Li0'), at(p, 'cs')))),
        DeadlockFreedom: all(everybody.map((p) => leadsTo(not(at(p, ['Li5', 'Li6', 'ncs'])), somebodyIn))),
      }, {
        'none': [],
        'WF(P)': everybody.map((p) => weak(p.selectionName, p)),
        'WF unless ncs': everybody.map((p) => weak(p.selectionName, stepsBut(p, 'ncs'))),
      }),
    },
  }
})
