/**
 * The towers of Hanoi. BEEM is content when all discs but one have reached the last peg.
 * Source: BEEM, hanoi (instances 1 and 2).
 */

import { action, all, any, constant, each, model, range, reachable, sequenceOf, set, state } from 'modelcheck'

export const hanoi = model('beem-hanoi', { discs: constant(range(2, 15), 8) }, ({ discs }) => {
  const pegs = ['a', 'b', 'c'] as const
  const tower = Array.from({ length: discs }, (_, i) => discs - i)
  const { peg } = state({
    peg: each(pegs, sequenceOf(range(1, discs), discs)).starts({ a: tower, b: [], c: [] }),
  })
  return {
    actions: action('move', { from: pegs, to: pegs }, ({ from, to }) => ({
      when: from !== to && [
        peg[from].length.gt(0),
        any(peg[to].length.is(0), all(peg[to].length.gt(0), peg[from].last.lt(peg[to].last))),
      ],
      then: [set(peg[to], peg[to].append(peg[from].last)), set(peg[from], peg[from].front)],
    })),
    properties: { 'all but one are there': reachable(peg.c.length.is(discs - 1)) },
  }
})
