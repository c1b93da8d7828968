/**
 * Vacuity: premises of a temporal formula, and where a state predicate among them holds.
 */

import type { Expr, Ltl, Model } from '../../src/model/ir.ts'
import { literalOf, propositionFinder, subformulasOf } from '../../src/model/ltl.ts'
import type { Parts } from '../../src/model/parts.ts'
import { groupSize } from './regenerated-edges.ts'
import type { StateGraph } from './state-graph.ts'

export interface Premise {
  readonly premise: Ltl
  /** True where it is asked of the beginning of a behaviour alone: under no temporal operator. */
  readonly isInitial: boolean
}

/** Left sides of `leadsTo` and `implies`. */
export function premisesOf(f: Ltl, isInitial = true): readonly Premise[] {
  const isConnective = f.kind === 'and' || f.kind === 'or' || f.kind === 'not' || f.kind === 'implies'
  const isInside = isInitial && isConnective
  const own = f.kind === 'leadsTo' || f.kind === 'implies' ? [{ premise: f.left, isInitial: isInside }] : []
  return [...own, ...subformulasOf(f).flatMap((g) => premisesOf(g, isInside))]
}

/** Does a predicate hold in an initial state, only in others, or in none that is reachable? */
export function* whereHolds(model: Model, e: Expr, graph: StateGraph): Parts<'initially' | 'later' | 'nowhere'> {
  const wanted = literalOf(e).isNegated ? 0 : 1
  const propositions = [propositionFinder(model)(e)]
  for (let state = 0; state < graph.stateCount; state++) {
    if (state % groupSize === 0) yield
    if (graph.read(state, propositions) === wanted) return state < (graph.levels[1] ?? 0) ? 'initially' : 'later'
  }
  return 'nowhere'
}
