/**
 * Peterson's mutual exclusion for two processes, and what happens when the two writes of the entry are swapped, or when nobody
 * has the turn.
 * Source: Peterson 1981, doi:10.1016/0020-0190(81)90106-X.
 */

import {
  all, any, at, bool, each, forever, idle, leadsTo, loop, model, never, not, oneOf, set, state, step, threads, until,
} from 'modelcheck'

const ids = ['p0', 'p1'] as const
const rival = { p0: 'p1', p1: 'p0' } as const

/** The two writes of the entry, in the order given; or flags alone, taken back as long as the rival wants in too. */
type Entry = 'flag first' | 'turn first' | 'flags only'

const mutex = (entry: Entry) => {
  const { flag, turn } = state({
    flag: each(ids, bool).starts(false),
    turn: oneOf(ids).starts('p0'),
  })

  const process = threads(ids, { fair: 'weak' }, (me) => {
    const want = set(flag[me], true)
    const defer = set(turn, rival[me])
    return forever(
      idle('idle', entry === 'turn first' ? defer : want),
      entry === 'flags only'
        ? loop('wait', flag[rival[me]], [step('give way', set(flag[me], false)), step('announce', want)])
        : [
            step('announce', entry === 'flag first' ? defer : want),
            until('wait', any(not(flag[rival[me]]), turn.is(me))),
          ],
      step('critical'),
      step('leave', set(flag[me], false)),
    )
  })

  return {
    threads: process,
    properties: {
      'mutual exclusion': never(all(at(process.p0, 'critical'), at(process.p1, 'critical'))),
      'p0 gets in': leadsTo(at(process.p0, 'wait'), at(process.p0, 'critical')),
      'p1 gets in': leadsTo(at(process.p1, 'wait'), at(process.p1, 'critical')),
    },
  }
}

export const peterson = model('peterson', () => mutex('flag first'))

/** A process that gives way before it says that it wants in can be overtaken between the two writes. */
export const swapped = model('peterson-swapped', () => ({
  ...mutex('turn first'),
  expectViolated: ['mutual exclusion'],
}))

/** Nobody is ever in with the other, but somebody who always gives way may wait for ever. */
export const polite = model('peterson-polite', () => ({
  ...mutex('flags only'),
  expectViolated: ['p0 gets in', 'p1 gets in'],
}))
