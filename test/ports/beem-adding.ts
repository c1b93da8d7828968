/**
 * Two processes add a shared number to itself, each through a register of its own; which values can it take?
 * Source: BEEM, adding (instances 1 and 3).
 */

import { constant, forever, model, range, reachable, set, state, step, threads, until } from 'modelcheck'

const constants = { bound: constant(range(2, 600), 20), goal: constant(range(1, 1000), 17) }

export const adding = model('beem-adding', constants, ({ bound, goal }) => {
  const number = range(0, 4 * bound)
  const { c } = state({ c: number.starts(1) })
  const ids = ['a1', 'a2'] as const
  const adder = threads(ids, { locals: { x: number.starts(0) } }, (_, { x }) => forever(
    until('x := c', c.lt(bound), set(x, c)),
    step('x := x + c', set(x, x.plus(c))),
    step('c := x', set(c, x)),
  ))
  return { threads: adder, interchangeable: [ids], properties: { goal: reachable(c.is(goal)) }, expectViolated: ['deadlock'] }
})
