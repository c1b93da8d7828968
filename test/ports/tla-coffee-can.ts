/**
 * A can of black and white beans: take two; if they are equal put a black one in, else the white one. What is left?
 * Source: TLA+ examples, CoffeeCan (100 beans, any mixture at first); Gries 1981, The Science of Programming.
 */

import {
  action, all, any, assuming, choose, constant, eventually, implies, model, next, range, record, set, state,
  stepwise, weak,
} from 'modelcheck'

export const coffeeCan = model('tla-coffee-can', { beans: constant(range(1, 100), 100) }, ({ beans: most }) => {
  const amount = range(0, most)
  const { can } = state({ can: record({ black: amount, white: amount }).starts({ black: 0, white: 0 }) })
  const { black, white } = can
  const beans = black.plus(white)
  const take = [
    action('two white', {}, () => ({
      when: [beans.gt(1), white.ge(2)],
      then: [set(black, black.plus(1)), set(white, white.minus(2))],
    })),
    action('two black', {}, () => ({ when: [beans.gt(1), black.ge(2)], then: set(black, black.minus(1)) })),
    action('one of each', {}, () => ({
      when: [beans.gt(1), black.ge(1), white.ge(1)],
      then: set(black, black.minus(1)),
    })),
    action('the last bean', {}, () => ({ when: beans.is(1), then: [] })),
  ]
  const going = weak('beans are taken', take)
  const isEven = white.mod(2).is(0)

  return {
    initially: choose('black', amount, (b) => [
      set(black, b),
      choose('white', amount, (w) => b + w >= 1 && b + w <= most ? set(white, w) : { given: false, then: [] }),
    ]),
    actions: take,
    properties: {
      'every step takes a bean': stepwise(any(next(can).is(can), next(beans).lt(beans))),
      'white beans stay even, or odd': stepwise(next(isEven).is(isEven)),
      'one bean is left': assuming(going, eventually(beans.is(1))),
      'it is white if their number was odd': assuming(going, all(
        implies(isEven, eventually(all(black.is(1), white.is(0)))),
        implies(white.mod(2).is(1), eventually(all(black.is(0), white.is(1)))),
      )),
    },
  }
})
