/**
 * Walks over temporal formulas that more than one floor needs.
 */

import type { Expr, Ltl, Model } from './ir.ts'
import { createNumbering } from './numbering.ts'

/** The atoms of all liveness properties, in order of first occurrence, each once. */
export function propositionsOf(model: Model): readonly Expr[] {
  return [...numberedPropositions(model, createNumbering()).values()]
}

/** By their numbers. */
function numberedPropositions(model: Model, numberOf: (e: Expr) => number): ReadonlyMap<number, Expr> {
  const found = new Map<number, Expr>()
  for (const property of model.properties) {
    if (property.kind !== 'liveness') continue
    for (const e of predicatesOf(property.formula)) {
      const { atom } = literalOf(e)
      const key = numberOf(atom)
      if (!found.has(key)) found.set(key, atom)
    }
  }
  return found
}

/** Where the atom of a state predicate stands among `propositionsOf(model)`; -1: it is of no liveness property. */
export function propositionFinder(model: Model): (predicate: Expr) => number {
  const numberOf = createNumbering()
  const numbers = [...numberedPropositions(model, numberOf).keys()]
  return (predicate) => numbers.indexOf(numberOf(literalOf(predicate).atom))
}

/** A state predicate as an atom or its negation, so that `not(p)` is known to be the opposite of `p`. */
export function literalOf(e: Expr): { readonly atom: Expr; readonly isNegated: boolean } {
  if (e.kind !== 'not') return { atom: e, isNegated: false }
  const { atom, isNegated } = literalOf(e.e)
  return { atom, isNegated: !isNegated }
}

/** The state predicates of a formula, left to right. */
export function predicatesOf(f: Ltl): readonly Expr[] {
  return f.kind === 'predicate' ? [f.e] : subformulasOf(f).flatMap(predicatesOf)
}

/** The immediate subformulas, left to right. */
export function subformulasOf(f: Ltl): readonly Ltl[] {
  switch (f.kind) {
    case 'predicate':
    case 'taken':
      return []
    case 'not':
    case 'always':
    case 'eventually':
    case 'next':
      return [f.f]
    case 'and':
    case 'or':
      return f.fs
    case 'implies':
    case 'until':
    case 'weakUntil':
    case 'release':
    case 'leadsTo':
      return [f.left, f.right]
  }
}
