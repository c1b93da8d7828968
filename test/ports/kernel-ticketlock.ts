/**
 * The ticket spinlock of arm64 Linux, calls and returns being steps of their own.
 * Source: Marinas, kernel-tla (ticketlock, without trylock).
 */

import {
  all, any, at, constant, count, type Expr, forever, leadsTo, model, names, never, not, range, record, routines, set,
  state, step, threads, until, weak,
} from 'modelcheck'
import { underEach } from './fairness.ts'

const constants = { processes: constant(range(1, 4), 4), maxTicket: constant(range(1, 7), 3) }

export const ticketLock = model('kernel-ticketlock', constants, ({ processes: n, maxTicket }) => {
  const ids = names('p', n)
  const ticket = range(0, maxTicket)
  const none = -1
  const { lock } = state({ lock: record({ owner: ticket, next: ticket }).starts({ owner: 0, next: 0 }) })
  const increased = (one: Expr<number>) => one.plus(1).mod(maxTicket + 1)

  const process = threads(ids, { locals: { mine: range(none, maxTicket).starts(none) } }, (_, { mine }) => {
    const code = routines({
      spin_lock: () => [
        step('take ticket', set(mine, lock.next), set(lock.next, increased(lock.next))),
        until('wait', lock.owner.is(mine), set(mine, none)),
      ],
      spin_unlock: () => [step('serve the next', set(lock.owner, increased(lock.owner))), step('return')],
    }, {})
    return forever(step('lock'), code.spin_lock(), step('cs'), step('unlock'), code.spin_unlock())
  })

  const everybody = Object.values(process)
  const getsIn = everybody.map((p) => leadsTo(not(at(p, 'cs')), at(p, 'cs')))
  return {
    threads: process,
    interchangeable: [ids],
    properties: {
      'mutual exclusion': never(count(everybody, (p) => at(p, 'cs')).gt(1)),
      ...underEach(everybody, { LockAll: all(getsIn), LockAny: any(getsIn) }, {
        'none': [],
        'WF': everybody.map((p) => weak(p.selectionName, p)),
      }),
    },
  }
})
