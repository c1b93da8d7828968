/**
 * Why a temporal formula fails on a lasso: the moment that shows it, found by following what is false from the outside in.
 */

import type { Ltl, Model } from './ir.ts'
import { answered, truth, type Word, wordOf } from './lasso.ts'
import { subformulasOf } from './ltl.ts'
import type { Trace } from './trace.ts'

/** A step is an index of the trace's steps: what is said holds after it. */
export type Failure =
  | { readonly kind: 'false'; readonly claim: Ltl; readonly step: number }
  | { readonly kind: 'never'; readonly awaited: Ltl; readonly step: number }
  /** It is to hold for good in the end, and is false there in every round of the loop. */
  | { readonly kind: 'again and again'; readonly claim: Ltl; readonly step: number; readonly isStop: boolean }
  /** It was to hold at least until something else did. */
  | { readonly kind: 'too soon'; readonly claim: Ltl; readonly awaited: Ltl; readonly step: number }
  | { readonly kind: 'in vain'; readonly premise: Ltl; readonly failure: Failure; readonly step: number }

/** Requires a formula that fails on the trace. Null where all there is to say is that it does. */
export function failureOf(model: Model, trace: Trace, formula: Ltl): Failure | null {
  const failure = search({ model, word: wordOf(trace) }, formula, 0)
  return failure.kind === 'false' && failure.claim === formula && !isNear(formula) ? null : failure
}

interface Place {
  readonly model: Model
  readonly word: Word
}

/** Requires a formula that is false at the position. */
function search(place: Place, f: Ltl, step: number): Failure {
  const { model, word } = place
  const isTrue = (g: Ltl): readonly boolean[] => truth(model, g, word)
  const later = positionsFrom(word, step)
  const firstFalse = (g: Ltl, positions: readonly number[]): number => {
    const values = isTrue(g)
    return positions.find((i) => values[i] === false) ?? step
  }
  if (isNear(f)) return { kind: 'false', claim: f, step }
  switch (f.kind) {
    case 'and':
      for (const g of f.fs) if (isTrue(g)[step] === false) return search(place, g, step)
      return { kind: 'false', claim: f, step }
    case 'implies':
      // A premise about the whole run has no moment of its own, and is mostly long.
      if (!isNear(f.left)) return search(place, f.right, step)
      return { kind: 'in vain', premise: f.left, failure: search(place, f.right, step), step }
    case 'next':
      return search(place, f.f, step + 1 < word.states.length ? step + 1 : word.loop)
    case 'always':
      return search(place, f.f, firstFalse(f.f, later))
    case 'leadsTo':
      return search(place, { kind: 'always', f: answered(f) }, step)
    case 'eventually': {
      if (f.f.kind !== 'always') return { kind: 'never', awaited: f.f, step }
      const round = positionsFrom(word, word.loop)
      return { kind: 'again and again', claim: f.f.f, step: firstFalse(f.f.f, round), isStop: round.length === 1 }
    }
    case 'until':
    case 'weakUntil': {
      const left = isTrue(f.left)
      const early = later.find((i) => left[i] === false)
      if (early === undefined) return { kind: 'never', awaited: f.right, step }
      return { kind: 'too soon', claim: f.left, awaited: f.right, step: early }
    }
    case 'release':
      return { kind: 'too soon', claim: f.right, awaited: f.left, step: firstFalse(f.right, later) }
    default:
      return { kind: 'false', claim: f, step }
  }
}

/** The positions that come at a position or after it, in the order in which they first do. */
function positionsFrom(word: Word, start: number): readonly number[] {
  const all = word.states.map((_, i) => i)
  return [...all.slice(start), ...all.slice(word.loop, start)]
}

/** It speaks of a bounded number of moments. */
function isNear(f: Ltl): boolean {
  const isBounded = ['predicate', 'taken', 'not', 'next', 'and', 'or', 'implies'].includes(f.kind)
  return isBounded && subformulasOf(f).every(isNear)
}
