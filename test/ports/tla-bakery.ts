/**
 * Lamport's bakery with registers that may return anything while they are written, from every state of its inductive invariant: that the
 * invariant holds after one step more is the proof.
 * Source: TLA+ examples, Bakery-Boulangerie (MCBakery).
 */

import {
  action, all, always, any, arbitrary, bool, choose, constant, each, exists, type Expr, forall, implies, model, names, never, not, oneOf,
  range, set, setOf, state, type Statements,
} from 'modelcheck'

const places = ['ncs', 'e1', 'e2', 'e3', 'e4', 'w1', 'w2', 'cs', 'exit'] as const
type Place = (typeof places)[number]

const constants = { processes: constant(range(2, 3), 2), most: constant(range(1, 4), 2) }

export const lamportBakery = model('tla-bakery', constants, ({ processes, most }) => {
  const ids = names('p', processes)
  const numbers = Array.from({ length: most + 1 }, (_, k) => k)
  const { num, flag, pc, unchecked, max, nxt } = state({
    num: each(ids, range(0, most)).starts(0),
    flag: each(ids, bool).starts(false),
    pc: each(ids, oneOf(places)).starts('ncs'),
    unchecked: each(ids, setOf(oneOf(ids))).starts([]),
    max: each(ids, range(0, most)).starts(0),
    nxt: each(ids, oneOf(ids)).starts('p0'),
  })
  const others = (i: string): readonly string[] => ids.filter((j) => j !== i)
  const isAt = (i: string, ...some: readonly Place[]): Expr<boolean> => any(some.map((place) => pc.at(i).is(place)))
  const isFirst = (i: string, j: string): Expr<boolean> =>
    any(num.at(i).lt(num.at(j)), all(num.at(i).is(num.at(j)), ids.indexOf(i) < ids.indexOf(j)))

  /** Whatever j does, it goes after i. */
  const isBefore = (i: string, j: string): Expr<boolean> =>
    all(num.at(i).gt(0), any(
      isAt(j, 'ncs', 'e1', 'exit'),
      all(isAt(j, 'e2'), any(unchecked.at(j).has(i), max.at(j).ge(num.at(i)))),
      all(isAt(j, 'e3'), max.at(j).ge(num.at(i))),
      all(isAt(j, 'e4', 'w1', 'w2'), isFirst(i, j), implies(isAt(j, 'w1', 'w2'), unchecked.at(j).has(i))),
    ))
  const isUnderWay = (k: string, i: string): Expr<boolean> =>
    any(all(isAt(k, 'e2'), not(unchecked.at(k).has(i))), isAt(k, 'e3'))
  const invariant = forall(ids, (i) => all(
    implies(isAt(i, 'e4', 'w1', 'w2', 'cs'), num.at(i).isNot(0)),
    implies(isAt(i, 'e2', 'e3'), flag.at(i)),
    implies(isAt(i, 'w2'), nxt.at(i).isNot(i)),
    implies(isAt(i, 'w1', 'w2'), not(unchecked.at(i).has(i))),
    implies(isAt(i, 'w1', 'w2'), forall(others(i), (j) => any(unchecked.at(i).has(j), isBefore(i, j)))),
    forall(others(i), (k) => implies(all(isAt(i, 'w2'), nxt.at(i).is(k), isUnderWay(k, i)), max.at(k).ge(num.at(i)))),
    implies(isAt(i, 'cs'), forall(others(i), (j) => isBefore(i, j))),
  ))

  const go = (name: string, from: Place, does: (i: string) => Statements, condition?: (i: string) => Expr<boolean>) =>
    action(name, { i: ids }, ({ i }) => ({ lane: i, when: [isAt(i, from), condition?.(i) ?? true], then: does(i) }))
  const to = (i: string, place: Place): Statements => set(pc.at(i), place)
  const anyNumber = (i: string): Statements => choose('number', numbers, (k) => set(num.at(i), k))
  const turnFlag = (i: string): Statements => set(flag.at(i), not(flag.at(i)))
  const hasNone = (i: string): Expr<boolean> => unchecked.at(i).is([])

  return {
    initially: [arbitrary(num, flag, pc, unchecked, max, nxt), choose('start', ['any'], () => ({ given: invariant, then: [] }))],
    terminal: true,
    actions: [
      go('come', 'ncs', (i) => to(i, 'e1')),
      go('flag is written', 'e1', turnFlag),
      go('raise the flag', 'e1', (i) => [set(flag.at(i), true), set(unchecked.at(i), others(i)), set(max.at(i), 0), to(i, 'e2')]),
      go('look at a number', 'e2', (i) => choose('of', unchecked.at(i), (j) => [
        set(unchecked.at(i), unchecked.at(i).without(j)),
        set(max.at(i), max.at(i).max(num.at(j))),
      ])),
      go('all are looked at', 'e2', (i) => to(i, 'e3'), hasNone),
      go('number is written', 'e3', anyNumber),
      go('draw a number', 'e3', (i) => choose('number', numbers, (k) => ({
        given: max.at(i).lt(k),
        then: [set(num.at(i), k), to(i, 'e4')],
      }))),
      go('flag is written back', 'e4', turnFlag),
      go('lower the flag', 'e4', (i) => [set(flag.at(i), false), set(unchecked.at(i), others(i)), to(i, 'w1')]),
      go('wait for one', 'w1', (i) => choose('for', unchecked.at(i), (j) => ({
        given: not(flag.at(j)),
        then: [set(nxt.at(i), j), to(i, 'w2')],
      }))),
      go('enter', 'w1', (i) => to(i, 'cs'), hasNone),
      go(
        'pass one', 'w2',
        (i) => [set(unchecked.at(i), unchecked.at(i).without(nxt.at(i))), to(i, 'w1')],
        (i) => exists(ids, (k) => all(nxt.at(i).is(k), any(num.at(k).is(0), isFirst(i, k)))),
      ),
      go('leave', 'cs', (i) => to(i, 'exit')),
      go('number is cleared', 'exit', anyNumber),
      go('clear the number', 'exit', (i) => [set(num.at(i), 0), to(i, 'ncs')]),
    ],
    properties: {
      'mutual exclusion': never(exists(ids, (i) => exists(others(i), (j) => all(isAt(i, 'cs'), isAt(j, 'cs'))))),
      'inductive': always(invariant),
    },
  }
})
