/**
 * Looks for a place where a behaviour may stop and is accepted.
 */

import { countAt, type Edges, instanceAt, targetAt } from './edges.ts'
import type { Fairness } from './fairness.ts'
import { endures, letterAt } from './letters.ts'
import type { Product } from './product.ts'

export interface Stops {
  readonly product: Product
  readonly fairness: Fairness
  /** Is there one among what was visited? */
  isAny: boolean
}

/** A pair was visited; `at`: where the record of the state begins. */
export function lookForStop(stops: Stops, state: number, automatonState: number, at: number): void {
  if (stops.isAny) return
  const { edges, letters } = stops.product
  if (isForced(edges, stops.fairness, state, at)) return
  stops.isAny = endures(letters, automatonState, letterAt(letters, state, at))
}

/** Is a fair instance enabled that would change the state? */
function isForced(edges: Edges, { isFair }: Fairness, state: number, at: number): boolean {
  const count = countAt(edges, at)
  for (let i = 0; i < count; i++) {
    if (targetAt(edges, at, i, state) !== state && isFair[instanceAt(edges, at, i)] === 1) return true
  }
  return false
}
