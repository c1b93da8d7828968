/**
 * Words that the budget leaves beside transitions.
 */

import { takeWords, type Workspace } from './workspace.ts'

export interface Lender {
  /** So many words for others, zeroed, until the next call; null when the budget does not hold them. */
  lend(words: number): Lent | null
  /** What the budget leaves beside all that is kept. */
  freeBytes(): number
  /** What all that has taken on top of the search. */
  takenBytes(): number
}

export interface Lent {
  readonly words: Int32Array
  /** What they leave of the workspace. */
  readonly workspace: Workspace | null
}

/** Lends from some bytes, in a workspace if that has room, or else what somebody else can spare. */
export function createLender(
  roomBytes: number,
  workspace: Workspace | null,
  fromElsewhere: (words: number) => Int32Array | null,
): Lender {
  let lent = 0
  let mostLent = 0
  return {
    lend: (words) => {
      lent = words * 4 <= roomBytes ? words * 4 : 0
      mostLent = Math.max(lent, mostLent)
      if (lent === 0) {
        const elsewhere = fromElsewhere(words)
        return elsewhere === null ? null : { words: elsewhere.fill(0), workspace }
      }
      const { array, rest } = takeWords(workspace, words)
      return { words: array.fill(0), workspace: rest }
    },
    freeBytes: () => roomBytes - lent,
    takenBytes: () => mostLent,
  }
}
