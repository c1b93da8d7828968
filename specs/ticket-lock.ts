/**
 * A ticket lock: take the next ticket, wait until it is called. Fair, because tickets are called in the order they were taken.
 * The broken twin takes a ticket in two steps, as if the fetch-and-add were a load and a store.
 */

import {
  always, at, constant, count, forever, idle, leadsTo, model, names, range, set, state, step, threads, until,
} from 'modelcheck'

/** How a ticket is taken. */
type Take = 'fetch-and-add' | 'load, then store'

const constants = { processes: constant(range(2, 6), 3) }

const lock = (take: Take, processes: number) => {
  const ticket = range(0, processes - 1)
  const { nextTicket, called } = state({ nextTicket: ticket.starts(0), called: ticket.starts(0) })
  const following = { nextTicket: nextTicket.plus(1).mod(processes), called: called.plus(1).mod(processes) }

  const ids = names('p', processes)
  const process = threads(ids, { fair: 'weak', locals: { mine: ticket.starts(0) } }, (_, { mine }) =>
    forever(
      take === 'fetch-and-add'
        ? idle('take', set(mine, nextTicket), set(nextTicket, following.nextTicket))
        : [idle('load', set(mine, nextTicket)), step('store', set(nextTicket, mine.plus(1).mod(processes)))],
      until('wait', called.is(mine)),
      step('critical'),
      step('leave', set(called, following.called)),
    ),
  )

  return {
    threads: process,
    interchangeable: [ids],
    properties: {
      'mutual exclusion': always(count(Object.values(process), (p) => at(p, 'critical')).le(1)),
      ...Object.fromEntries(
        Object.entries(process).map(([id, p]) => [`${id} gets in`, leadsTo(at(p, 'wait'), at(p, 'critical'))]),
      ),
    },
  }
}

export const ticketLock = model('ticket-lock', constants, ({ processes }) => lock('fetch-and-add', processes))

/** Two processes can draw the same ticket, and then one that nobody calls any more. */
export const torn = model('ticket-lock-torn', constants, ({ processes }) => ({
  ...lock('load, then store', processes),
  expectViolated: ['mutual exclusion', 'deadlock', ...names('p', processes).map((process) => `${process} gets in`)],
}))
