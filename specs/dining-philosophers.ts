/**
 * Dining philosophers: everybody takes the left fork first, and one day all of them hold one fork and wait for the other.
 * If a single philosopher takes the right fork first, nobody can be locked out for ever by strongly fair philosophers.
 * Source: Dijkstra 1971, doi:10.1007/BF00289519.
 */

import {
  at, bool, constant, each, forever, idle, leadsTo, model, names, not, range, set, state, step, threads, until,
} from 'modelcheck'

const constants = { seats: constant(range(2, 10), 4) }

const table = (seats: number, isLeftHanded: (seat: number) => boolean) => {
  const { taken } = state({ taken: each(seats, bool).starts(false) })

  const philosophers = threads(names('phil', seats), { fair: 'strong' }, (_me, _local, seat) => {
    const left = taken.at(seat)
    const right = taken.at((seat + 1) % seats)
    const [first, second] = isLeftHanded(seat) ? [left, right] : [right, left]
    return forever(
      idle('think'),
      until('take first', not(first), set(first, true)),
      until('take second', not(second), set(second, true)),
      step('eat'),
      step('put back', set(left, false), set(right, false)),
    )
  })
  return {
    threads: philosophers,
    properties: Object.fromEntries(
      Object.entries(philosophers).map(([name, phil]) => [
        `${name} eats`,
        leadsTo(at(phil, 'take first'), at(phil, 'eat')),
      ]),
    ),
  }
}

/** All alike: the deadlock, and with it nobody is sure to eat. */
export const leftHanded = model('dining-philosophers', constants, ({ seats }) => ({
  ...table(seats, () => true),
  expectViolated: ['deadlock', ...names('phil', seats).map((phil) => `${phil} eats`)],
}))

export const oneRightHanded = model('dining-philosophers-mixed', constants, ({ seats }) =>
  table(seats, (seat) => seat > 0),
)
