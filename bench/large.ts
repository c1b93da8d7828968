/**
 * More states than most machines hold, and as many as arithmetic says: six counters to 29 reach 30^6 = 729,000,000 states of
 * 60 bits, in 175 levels, by 1 + 6 × 29 × 30^5 = 4,228,200,001 generated ones. For figures of memory:
 * `npx modelcheck bench/large.ts --memory 12G`, some minutes; `--set most=20` reaches 85,766,121, `--set most=31 --memory 16G` 2^30.
 */

import { action, always, constant, each, model, range, set, state } from 'modelcheck'

const counters: readonly number[] = [0, 1, 2, 3, 4, 5]

export const large = model('six counters', { most: constant(range(1, 40), 29) }, ({ most }) => {
  const { x } = state({ x: each(6, range(0, 1023)).starts(0) })
  return {
    actions: [
      action('count', { i: counters }, ({ i }) => ({ when: x.at(i).lt(most), then: set(x.at(i), x.at(i).plus(1)) })),
    ],
    properties: { 'none goes too far': always(x.at(0).le(most)) },
    terminal: true,
  }
})
