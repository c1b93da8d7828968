/**
 * Toads and frogs change sides of a board: each moves one field ahead, or jumps over one of the others.
 * Source: BEEM, frogs (instances 1 and 2).
 */

import { action, all, bool, constant, each, forall, model, not, oneOf, range, reachable, set, state } from 'modelcheck'

export const frogs = model('beem-frogs', { columns: constant(range(1, 5), 1), rows: constant(range(3, 31), 17) }, ({ columns, rows }) => {
  const size = columns * rows
  const middle = (size - 1) / 2
  const { field, x, y, isDone } = state({
    field: each(size, oneOf(['free', 'toad', 'frog'])).starts(
      Array.from({ length: size }, (_, i) => (i < middle ? 'toad' : i > middle ? 'frog' : 'free')),
    ),
    x: range(0, columns - 1).starts((columns - 1) / 2),
    y: range(0, rows - 1).starts((rows - 1) / 2),
    isDone: bool.starts(false),
  })
  const free = y.times(columns).plus(x)

  const move = action('move', { who: ['toad', 'frog'], along: ['row', 'column'], by: [1, 2] }, ({ who, along, by }) => {
    const back = who === 'toad' ? -1 : 1
    const [place, length, stride] = along === 'row' ? [x, columns, back] : [y, rows, back * columns]
    const from = free.plus(by * stride)
    return {
      when: [
        place.plus(by * back).ge(0),
        place.plus(by * back).lt(length),
        by === 1 || field.at(free.plus(stride)).is(who === 'toad' ? 'frog' : 'toad'),
        field.at(from).is(who),
      ],
      then: [set(field.at(free), who), set(field.at(from), 'free'), set(place, place.plus(by * back))],
    }
  })
  const notice = action('notice', {}, () => ({
    when: all(
      not(isDone),
      forall(size, (i) => i === middle || field.at(i).is(i < middle ? 'frog' : 'toad')),
    ),
    then: set(isDone, true),
  }))
  return { actions: [move, notice], properties: { 'sides changed': reachable(isDone) }, expectViolated: ['deadlock'] }
})
