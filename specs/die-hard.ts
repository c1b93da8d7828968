/**
 * The puzzle of the film: measure four gallons with a jug of three and a jug of five.
 * The claim that it cannot be done is wrong, and the shortest counterexample is the solution.
 */

import { action, model, never, range, set, state, when } from 'modelcheck'

export const dieHard = model('die-hard', () => {
  const { small, big } = state({ small: range(0, 3).starts(0), big: range(0, 5).starts(0) })

  return {
    actions: [
      action('fill small', {}, () => ({ then: set(small, 3) })),
      action('fill big', {}, () => ({ then: set(big, 5) })),
      action('empty small', {}, () => ({ then: set(small, 0) })),
      action('empty big', {}, () => ({ then: set(big, 0) })),
      // `when` splits each pouring: either all of it fits, or the other jug is filled to the brim.
      action('small to big', {}, () => ({
        then: when(small.plus(big).le(5),
          [set(big, big.plus(small)), set(small, 0)],
          [set(small, small.plus(big).minus(5)), set(big, 5)]),
      })),
      action('big to small', {}, () => ({
        then: when(small.plus(big).le(3),
          [set(small, small.plus(big)), set(big, 0)],
          [set(big, small.plus(big).minus(3)), set(small, 3)]),
      })),
    ],
    properties: { 'big never holds 4': never(big.is(4)) },
    expectViolated: ['big never holds 4'],
  }
})
