/**
 * Expressions as text: parentheses where they are needed, or where people differ about them.
 */

import { expect, it } from 'vitest'
import {
  all,
  always,
  any,
  bool,
  type Expr,
  ifElse,
  implies,
  model,
  not,
  range,
  setOf,
  state,
} from '../../src/language/index.ts'
import { printExpr } from '../../src/model/print.ts'
import { buildModel } from '../support/build.ts'

interface Here {
  readonly a: Expr<boolean>
  readonly x: Expr<number>
  readonly y: Expr<number>
  readonly s: ReturnType<typeof setOfNumbers>
}

const setOfNumbers = () => state({ s: setOf(range(0, 9)).starts([]) }).s

function printed(predicate: (here: Here) => Expr<boolean>): string {
  const built = buildModel(
    model('m', () => {
      const { a, x, y } = state({ a: bool.starts(true), x: range(0, 9).starts(0), y: range(0, 9).starts(0) })
      return { terminal: true, properties: { p: always(predicate({ a, x, y, s: setOfNumbers() })) } }
    }),
  )
  const [p] = built.properties
  if (p?.kind !== 'invariant') throw new Error('no invariant')
  return printExpr(p.predicate)
}

it.each<readonly [string, (here: Here) => Expr<boolean>]>([
  ['x - y + 4 < 7', ({ x, y }) => x.minus(y).plus(4).lt(7)],
  ['x - (y + 4) < 7', ({ x, y }) => x.minus(y.plus(4)).lt(7)],
  ['(x - y + 4) mod 4 < 2', ({ x, y }) => x.minus(y).plus(4).mod(4).lt(2)],
  ['x * 2 + y < 7', ({ x, y }) => x.times(2).plus(y).lt(7)],
  ['x + (y mod 4) < 7', ({ x, y }) => x.plus(y.mod(4)).lt(7)],
  ['(x * y) mod 4 = 2', ({ x, y }) => x.times(y).mod(4).is(2)],
  ['(x div 2) * 2 = x', ({ x }) => x.div(2).times(2).is(x)],
  ['min(x, y) + 1 = 1', ({ x, y }) => x.min(y).plus(1).is(1)],
  ['not a and x != y', ({ a, x, y }) => all(not(a), x.isNot(y))],
  ['not (a and x = y)', ({ a, x, y }) => not(all(a, x.is(y)))],
  ['not (x < y)', ({ x, y }) => not(x.lt(y))],
  ['a and (x = y or x < y)', ({ a, x, y }) => all(a, any(x.is(y), x.lt(y)))],
  ['a or x < y', ({ a, x, y }) => any(any(a), all(x.lt(y)))],
  ['x != y and not a', ({ a, x, y }) => all(not(all(x.is(y))), any(not(any(a))))],
  ['true and not false', () => all(all(), not(any()))],
  ['a => (x = y => x < y)', ({ a, x, y }) => implies(a, implies(x.is(y), x.lt(y)))],
  ['(a and x = y) => x < y', ({ a, x, y }) => implies(all(a, x.is(y)), x.lt(y))],
  ['(if a then x + 1 else y) = 3', ({ a, x, y }) => ifElse(a, x.plus(1), y).is(3)],
  ['x + 1 in (s with y) or a', ({ a, x, y, s }) => any(s.with(y).has(x.plus(1)), a)],
])('%s', (text, predicate) => {
  expect(printed(predicate)).toBe(text)
})
