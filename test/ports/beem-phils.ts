/**
 * Dining philosophers, and two cures for their deadlock: one takes the other fork first, or not all are let into the room.
 * Source: BEEM, phils (instances 1 to 3).
 */

import {
  always, assuming, at, bool, constant, each, either, eventually, exists, forever, leadsTo, leave, model, names, not,
  oneOf, range, set, state, step, threads, until, weak,
} from 'modelcheck'

const constants = {
  seats: constant(range(2, 15), 4),
  cure: constant(oneOf(['none', 'left-handed', 'room']), 'none'),
  room: constant(range(1, 15), 3),
}

export const philosophers = model('beem-phils', constants, ({ seats: n, cure, room }) => {
  const { isTaken, guests } = state({
    isTaken: each(n, bool).starts(false),
    guests: range(0, n).starts(0),
  })

  const phil = threads(names('phil', n), {}, (_, __, i) => {
    const [right, left] = [isTaken.at(i), isTaken.at((i + 1) % n)]
    const [one, other] = cure === 'left-handed' && i === 0 ? [left, right] : [right, left]
    const dine = (first: string) => [
      until(first, not(one), set(one, true)),
      until('one', not(other), set(other, true)),
      step('eat', set(one, false)),
      step('finish', set(other, false)),
    ]
    if (cure !== 'room') return forever(dine('think'))
    return forever(
      until('think', guests.lt(room), set(guests, guests.plus(1))),
      forever(either(dine('inside'), [step('go out', set(guests, guests.minus(1))), leave('loop')])),
    )
  })

  const all = Object.values(phil)
  const moving = weak('somebody moves', all)
  const eats = all.map((p) => at(p, 'eat'))
  const [first] = all
  if (first === undefined) throw new Error('there are no philosophers')
  const everybody = ['phil0 eats again and again', 'with one fork, phil0 eats']
  return {
    threads: phil,
    properties: {
      'phil0 eats again and again': assuming(moving, always(eventually(at(first, 'eat')))),
      'with one fork, phil0 eats': assuming(moving, leadsTo(at(first, 'one'), at(first, 'eat'))),
      'somebody eats again and again': assuming(moving, always(eventually(exists(eats, (is) => is)))),
    },
    expectViolated: {
      none: [...everybody, 'somebody eats again and again', 'deadlock'],
      'left-handed': everybody,
      room: [...everybody, 'somebody eats again and again'],
    }[cure],
  }
})
