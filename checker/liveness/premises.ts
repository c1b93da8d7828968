/**
 * Vacuity: premises of a temporal formula that no reachable state satisfies.
 */

import type { Expr, Ltl, Model } from '../../src/model/ir.ts'
import { operandsOf, propositionsOf } from '../../src/model/ltl.ts'
import type { Parts } from '../parts.ts'
import { groupSize } from './edges.ts'
import type { StateGraph } from './state-graph.ts'

/** Left sides of `leadsTo` and `implies` that are state predicates. */
function premisesOf(f: Ltl): readonly Expr[] {
  const own = (f.kind === 'leadsTo' || f.kind === 'implies') && f.left.kind === 'predicate' ? [f.left.e] : []
  return [...own, ...operandsOf(f).flatMap(premisesOf)]
}

/** The premises that are false in every reachable state. */
export function* unreachablePremises(model: Model, formula: Ltl, graph: StateGraph): Parts<readonly Expr[]> {
  const keys = propositionsOf(model).map((e) => JSON.stringify(e))
  const unreachable: Expr[] = []
  for (const e of premisesOf(formula)) {
    if (!(yield* holdsSomewhere(graph, keys.indexOf(JSON.stringify(e))))) unreachable.push(e)
  }
  return unreachable
}

function* holdsSomewhere(graph: StateGraph, proposition: number): Parts<boolean> {
  for (let state = 0; state < graph.stateCount; state++) {
    if (state % groupSize === 0) yield
    if (graph.holds(proposition, state)) return true
  }
  return false
}
