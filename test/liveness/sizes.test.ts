/**
 * How small the automata are: the patterns that specs use have their minimal ones, and published formulas are near Spot's sizes.
 */

import { describe, expect, it } from 'vitest'
import type { Automaton } from '../../checker/liveness/automaton.ts'
import type { Ltl } from '../../src/model/ir.ts'
import { stateBasedSize } from './buchi.ts'
import { among, except } from './graph.ts'
import { parseLtl } from './parse.ts'
import { published } from './published-formulas.ts'
import { automatonOf, proposition } from './words.ts'

const sizesOf = (formula: string): readonly [number, number] => {
  const f = parseLtl(formula, (name) => proposition(Number(name.slice(1))))
  const size = (isNegated: boolean): number => stateBasedSize(automatonOf(f, isNegated).automaton)
  return [size(false), size(true)]
}

/**
 * States beyond Spot's, for the formula and for its negation; a formula that is not named needs none. Most of them are obligations,
 * for which Spot determinises and minimises; we check negations, whose sizes mostly agree.
 */
const larger: Readonly<Record<string, readonly [number, number]>> = {
  d13: [2, 0],
  d15: [1, 0],
  d17: [1, 0],
  d23: [0, 1],
  d27: [2, 0],
  d29: [1, 0],
  d31: [2, 0],
  d33: [1, 0],
  d35: [4, 0],
  d37: [2, 0],
  d39: [2, 0],
  d41: [3, 1],
  d43: [3, 1],
  d45: [9, 1],
  d47: [2, 0],
  d49: [1, 0],
  d55: [1, -4],
  eh7: [1, 0],
  eh9: [4, 0],
  sb7: [2, 2],
  sb9: [2, 1],
  sb13: [4, 0],
  sb21: [5, 4],
  sb23: [4, 5],
}

describe('sizes of state-based automata', () => {
  /** Known to be minimal: no automaton with fewer states accepts the same. */
  it.each([
    ['Gp0', 1, 2],
    ['Fp0', 2, 1],
    ['GFp0', 2, 2],
    ['FGp0', 2, 2],
    ['p0 U p1', 2, 2],
    ['p0 W p1', 2, 2],
    ['G(p0 -> Fp1)', 2, 2],
    ['G(p0 -> Gp1)', 2, 3],
    ['G(p0 -> (p1 W p2))', 2, 3],
    ['Xp0', 3, 3],
    ['Xp0 U Xp1', 3, 3],
    ['GFp0 | GFp1', 2, 2],
    ['p0 U GFp1', 2, 2],
    ['X(p0 U GFp1)', 2, 2],
  ])('%s has the minimal %i states, and its negation %i', (formula, positive, negative) => {
    expect(sizesOf(formula)).toEqual([positive, negative])
  })

  it('know a predicate and its negation for opposites', () => {
    const until = (right: Ltl): Ltl => ({ kind: 'leadsTo', left: among([0]), right })
    const automatonFor = (right: Ltl): Automaton => automatonOf(until(right), true).automaton
    expect(automatonFor(except([0]))).toEqual(automatonFor({ kind: 'not', f: among([0]) }))
  })

  it('of published formulas are those of Spot, except where the table says how many more', () => {
    const rows = published.flatMap(({ id, formula, spot }) => {
      if (spot === null) return []
      const [positive, negative] = sizesOf(formula)
      return [{ id, spot, ours: [positive, negative] as const }]
    })
    const beyond = rows.map(({ id, spot, ours }) => [id, [ours[0] - spot[0], ours[1] - spot[1]]] as const)
    expect(Object.fromEntries(beyond.filter(([, [p, n]]) => p !== 0 || n !== 0))).toEqual(larger)
    const total = (of: (row: (typeof rows)[number]) => readonly number[]): number =>
      rows.reduce((sum, one) => sum + (of(one)[0] ?? 0) + (of(one)[1] ?? 0), 0)
    expect([total(({ ours }) => ours), total(({ spot }) => spot)]).toEqual([432, 361])
  })
})
