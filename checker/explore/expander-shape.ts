/**
 * What the generated code of the inner loop is specialised by.
 */

import type { RecordShape } from '../liveness/state-graph.ts'

export interface ExpanderShape {
  readonly stateWords: number
  /** As the compiled model has them. */
  readonly maxSuccessors: number
  readonly instanceCount: number
  readonly actionCount: number
  readonly isShared: boolean
  /** For tests: hashes are cut to 8 bits, so that nearly every lookup meets a collision. */
  readonly hasWeakHash: boolean
  /** How transitions are recorded on the way, while there is room; null: they are not. */
  readonly record: RecordShape | null
  /** Whether only a part of the successors is followed where that is enough. */
  readonly isReduced: boolean
  /** Whether the arena holds rows of folded states: see emit-fold.ts. */
  readonly isFolded: boolean
}

/** Words of a folded state. */
export const rowWords = 2

/** States are read from the arena so many at a time: cache misses overlap, and few are read in vain when a batch is full. */
export const groupSize = 16

/** Words that a state has in the arena. */
export function arenaWords({ stateWords, isFolded }: Pick<ExpanderShape, 'stateWords' | 'isFolded'>): number {
  return isFolded ? rowWords : stateWords
}
