/**
 * Loyd's sliding puzzle: reverse the order of the tiles.
 * Source: BEEM, loyd (instances 1 and 2).
 */

import { action, all, bool, constant, each, forall, model, not, range, reachable, set, state } from 'modelcheck'

export const loyd = model('beem-loyd', { columns: constant(range(2, 4), 2), rows: constant(range(2, 4), 3) }, ({ columns, rows }) => {
  const size = columns * rows
  const { tile, x, y, isDone } = state({
    tile: each(size, range(0, size - 1)).starts(Array.from({ length: size }, (_, i) => i)),
    x: range(0, columns - 1).starts(0),
    y: range(0, rows - 1).starts(0),
    isDone: bool.starts(false),
  })
  const blank = y.times(columns).plus(x)

  const slide = action('slide', { dx: [-1, 0, 1], dy: [-1, 0, 1] }, ({ dx, dy }) => {
    const moved = blank.plus(dy * columns + dx)
    return {
      when: Math.abs(dx) + Math.abs(dy) === 1 && [
        x.plus(dx).ge(0), x.plus(dx).lt(columns), y.plus(dy).ge(0), y.plus(dy).lt(rows),
      ],
      then: [set(tile.at(blank), tile.at(moved)), set(tile.at(moved), 0), set(x, x.plus(dx)), set(y, y.plus(dy))],
    }
  })
  const notice = action('notice', {}, () => ({
    when: all(not(isDone), forall(size, (i) => tile.at(i).is(size - 1 - i))),
    then: set(isDone, true),
  }))
  return { actions: [slide, notice], properties: { 'reversed': reachable(isDone) } }
})
