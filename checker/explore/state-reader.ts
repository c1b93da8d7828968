/**
 * Reads states of the arena, folded or not.
 */

import type { FoldingCode } from './generated-expander.ts'

/** Words of states by index. */
export interface StateReader {
  readonly words: Int32Array
  /** Where in `words` a state begins; valid until the third call after this one. */
  at(index: number): number
}

/** States that can be read at a time. */
const readSlots = 3

export function createReader(
  states: () => Int32Array,
  stateWords: number,
  folding: () => FoldingCode | null,
): StateReader {
  const unfolded = new Int32Array(readSlots * stateWords)
  let slot = 0
  return {
    get words() {
      return folding() === null ? states() : unfolded
    },
    at: (index) => {
      const rows = folding()
      if (rows === null) return index * stateWords
      slot = slot + 1 === readSlots ? 0 : slot + 1
      unfolded.set(rows.unfold(index), slot * stateWords)
      return slot * stateWords
    },
  }
}
