/**
 * Peterson's mutual exclusion, six steps a round, under five kinds of fairness.
 * Source: TLA+ examples, locks_auxiliary_vars (Peterson); Peterson 1981, doi:10.1016/0020-0190(81)90106-X.
 */

import {
  all, always, any, at, bool, each, eventually, forever, leadsTo, model, never, not, oneOf, set, state, step, stepsBut,
  threads, until, weak,
} from 'modelcheck'
import { underEach } from './fairness.ts'

const ids = ['p1', 'p2'] as const
const other = { p1: 'p2', p2: 'p1' } as const

export const petersonTla = model('tla-peterson', () => {
  const { wants, turn } = state({ wants: each(ids, bool).starts(false), turn: oneOf(ids).starts('p1') })
  const process = threads(ids, {}, (me) => forever(
    step('ncs'),
    step('want', set(wants[me], true)),
    step('defer', set(turn, other[me])),
    until('wait', any(not(wants[other[me]]), turn.is(me))),
    step('cs'),
    step('leave', set(wants[me], false)),
  ))
  const { p1, p2 } = process
  const both = [p1, p2]
  return {
    threads: process,
    properties: {
      'mutual exclusion': never(all(at(p1, 'cs'), at(p2, 'cs'))),
      ...underEach(both, {
        Starv: all(both.map((p) => leadsTo(at(p, 'want'), at(p, 'cs')))),
        GFcs: all(both.map((p) => always(eventually(at(p, 'cs'))))),
        Some: always(eventually(any(both.map((p) => at(p, 'cs'))))),
      }, {
        'none': [],
        'WF(proc)': both.map((p) => weak(p.selectionName, p)),
        'WF unless ncs': both.map((p) => weak(p.selectionName, stepsBut(p, 'ncs'))),
        'WF(Next)': [weak('somebody moves', both)],
        'WF(proc 1) only': [weak('p1', p1)],
      }),
    },
  }
})
