/**
 * From a formula in normal form to a small automaton that accepts exactly the behaviours that satisfy it.
 *
 * A state is a set of formulas still to be satisfied. Expanding it gives what must hold now, what is left for the next
 * position, and which promises (right sides of `until`) were put off; putting one off leaves its acceptance set.
 * Source: Couvreur 1999, doi:10.1007/3-540-48119-2_16.
 */

import type { Automaton, Transition } from './automaton.ts'
import type { Builder, Formula } from './formula.ts'
import { simplify } from './simplify.ts'

interface Term {
  readonly on: number
  readonly off: number
  readonly later: readonly Formula[]
  /** Promises put off, as bits. */
  readonly postponed: number
}

const maxPromises = 30

/** Throws when the formula has more than 30 `until`s: no model needs that, and marks are bits. */
export function translate(formula: Formula, builder: Builder): Automaton {
  const promises = new Map<Formula, number>()
  const promiseOf = (f: Formula): number => {
    const number = promises.get(f) ?? promises.size
    if (number >= maxPromises) throw new Error('a temporal formula with more than 30 promises')
    promises.set(f, number)
    return 1 << number
  }
  const expanded = new Map<Formula, readonly Term[]>()
  const termsOf = (f: Formula): readonly Term[] => {
    const known = expanded.get(f)
    if (known !== undefined) return known
    const terms = expand(f)
    expanded.set(f, terms)
    return terms
  }
  const expand = (f: Formula): readonly Term[] => {
    switch (f.kind) {
      case 'true':
        return [{ on: 0, off: 0, later: [], postponed: 0 }]
      case 'false':
        return []
      case 'literal':
        return [{ on: f.isNegated ? 0 : 1 << f.bit, off: f.isNegated ? 1 << f.bit : 0, later: [], postponed: 0 }]
      case 'and':
        return f.fs.reduce<readonly Term[]>((terms, g) => product(terms, termsOf(g)), termsOf(builder.yes))
      case 'or':
        return f.fs.flatMap(termsOf)
      case 'next':
        return [{ on: 0, off: 0, later: [f.f], postponed: 0 }]
      case 'until': {
        const wait: Term = { on: 0, off: 0, later: [f], postponed: promiseOf(f) }
        return [...termsOf(f.right), ...product(termsOf(f.left), [wait])]
      }
      case 'release': {
        const wait: Term = { on: 0, off: 0, later: [f], postponed: 0 }
        return product(termsOf(f.right), [...termsOf(f.left), wait])
      }
    }
  }

  const numbers = new Map<Formula, number>([[formula, 0]])
  const states: Formula[] = [formula]
  const terms: (readonly Term[])[] = []
  for (let state = 0; state < states.length; state++) {
    const found = withoutWeaker(termsOf(states[state] ?? builder.no))
    terms.push(found)
    for (const term of found) {
      const target = builder.and(term.later)
      if (numbers.has(target)) continue
      numbers.set(target, states.length)
      states.push(target)
    }
  }
  const allMarks = 2 ** promises.size - 1
  const transitions = terms.map((list) =>
    list.map(
      ({ on, off, later, postponed }): Transition => ({
        on,
        off,
        target: numbers.get(builder.and(later)) ?? 0,
        marks: allMarks & ~postponed,
      }),
    ),
  )
  return simplify({ transitions, allMarks })
}

function product(left: readonly Term[], right: readonly Term[]): readonly Term[] {
  return left.flatMap((l) =>
    right.flatMap((r): readonly Term[] => {
      const on = l.on | r.on
      const off = l.off | r.off
      if ((on & off) !== 0) return []
      const later = [...new Set([...l.later, ...r.later])]
      return [{ on, off, later, postponed: l.postponed | r.postponed }]
    }),
  )
}

/** Leaves out a term when another asks for no more in every respect. */
function withoutWeaker(terms: readonly Term[]): readonly Term[] {
  const isImplied = (weak: Term, by: Term): boolean =>
    (by.on & ~weak.on) === 0 &&
    (by.off & ~weak.off) === 0 &&
    (by.postponed & ~weak.postponed) === 0 &&
    by.later.every((f) => weak.later.includes(f))
  return terms.filter(
    (term, i) => !terms.some((by, j) => i !== j && isImplied(term, by) && (!isImplied(by, term) || j < i)),
  )
}
