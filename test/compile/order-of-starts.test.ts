/**
 * Statements of `initially` that have nothing to do with each other are run in the order in which what they write counts.
 */

import { expect, it } from 'vitest'
import { layoutOf } from '../../checker/compile/layout.ts'
import { inOrderOfStates, type Start } from '../../checker/compile/order-of-starts.ts'
import {
  arbitrary,
  bool,
  choose,
  each,
  ifElse,
  model,
  range,
  type Statements,
  set,
  state,
} from '../../src/language/index.ts'
import { printStatement } from '../../src/model/print.ts'
import { buildModel } from '../support/build.ts'

/** `c` counts most. */
function declare() {
  return state({ a: range(0, 3).starts(0), b: each(2, bool).starts(false), c: range(0, 3).starts(0) })
}

type Initially = (variables: ReturnType<typeof declare>) => Statements

function startsOf(initially: Initially): readonly Start[] {
  const built = buildModel(model('starts', () => ({ initially: initially(declare()), terminal: true, properties: {} })))
  return inOrderOfStates(built, layoutOf(built))
}

const nameOf = ({ statement }: Start): string =>
  statement.kind === 'choose' ? statement.name : printStatement(statement)

/** The statements as they are run: choices by name. */
const orderOf = (initially: Initially): readonly string[] => startsOf(initially).map(nameOf)

const few = [0, 1]

it('what counts more is chosen first, whatever the order in which a spec says it', () => {
  expect(orderOf(({ a, b, c }) => arbitrary(a, b, c))).toEqual(['c', 'b[1]', 'b[0]', 'a'])
  expect(orderOf(({ a, b, c }) => arbitrary(b, c, a))).toEqual(['c', 'b[1]', 'b[0]', 'a'])
})

it.each<[string, Initially]>([
  [
    'reads what that writes',
    ({ a, c }) => [choose('first', few, (n) => set(a, n)), choose('second', few, () => set(c, a))],
  ],
  [
    'writes what that reads',
    ({ a, c }) => [choose('first', few, () => set(a, c)), choose('second', few, (n) => set(c, n))],
  ],
  [
    'writes what that writes',
    ({ a, c }) => [choose('first', few, (n) => set(a, n)), choose('second', few, (n) => [set(a, n), set(c, n)])],
  ],
  [
    'is kept from being run by that',
    ({ a, c }) => [
      choose('first', few, (n) => ({ given: a.is(n), then: [] })),
      choose('second', few, (n) => set(c, n)),
    ],
  ],
  ['may fail', ({ a, c }) => [choose('first', few, (n) => set(a, n)), choose('second', few, () => set(c, c.minus(1)))]],
])('a statement stays behind one if it %s', (_, initially) => {
  expect(orderOf(initially)).toEqual(['first', 'second'])
})

it('others change places', () => {
  const initially = ({ a, b, c }: ReturnType<typeof declare>): Statements => [
    choose('first', few, (n) => set(a, n)),
    choose('second', few, () => set(c, ifElse(b.at(0), 1, 2))),
  ]
  expect(orderOf(initially)).toEqual(['second', 'first'])
})

it('one is independent if it reads nothing, cannot fail, and nobody else writes what it writes', () => {
  const initially: Initially = ({ a, b, c }) => [
    choose('reads', few, () => set(a, c)),
    choose('fails', few, (n) => ({ given: c.is(n), then: [] })),
    set(b.at(0), true),
    choose('stays', few, (n) => set(c, n)),
    choose('first', [false, true], (n) => set(b.at(1), n)),
    choose('second', [false, true], (n) => set(b.at(1), n)),
  ]
  const independent = startsOf(initially).filter((one) => one.isIndependent)

  expect(new Set(independent.map(nameOf))).toEqual(new Set(['stays', 'b[0] := true']))
})
