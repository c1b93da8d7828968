/**
 * What the generated code of the inner loop is specialised by.
 */

/** Successors in a batch: enough to overlap misses, small enough to stay in the first-level cache. */
export const batchSize = 512

export interface ExpanderShape {
  readonly stateWords: number
  readonly isShared: boolean
  /** For tests: hashes are cut to 8 bits, so that nearly every lookup meets a collision. */
  readonly hasWeakHash: boolean
  /** Transitions are recorded on the way, while there is room. */
  readonly records: boolean
  /** Low bits of a transition, which hold its instance. */
  readonly instanceBits: number
  /** Whether only a part of the successors is followed where that is enough. */
  readonly isReduced: boolean
  /** Whether the arena holds rows of folded states: see emit-fold.ts. */
  readonly isFolded: boolean
}

/** Words of a folded state. */
export const rowWords = 2

/** Words that a state has in the arena. */
export function arenaWords({ stateWords, isFolded }: Pick<ExpanderShape, 'stateWords' | 'isFolded'>): number {
  return isFolded ? rowWords : stateWords
}

/** Expands the state with index `index`, the `k`-th of its batch. */
export function emitExpandOne({ isFolded, stateWords }: ExpanderShape, index: string, k: string): string {
  return isFolded
    ? `n = expandUnfolded(${index}, to, ${k}, n)`
    : `n += expandState(states, ${index} * ${stateWords}, out, tags, n)`
}
