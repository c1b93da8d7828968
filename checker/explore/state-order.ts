/**
 * An order of states by content: the same on every machine and for any number of threads.
 */

import type { StateReader } from './state-reader.ts'

/** Negative, 0 or positive: compares the packed words of the states with these indices, unsigned. */
export function compareStates(states: StateReader, stateWords: number, left: number, right: number): number {
  const leftAt = states.at(left)
  const rightAt = states.at(right)
  return compareWords(states.words, stateWords, leftAt, rightAt)
}

/** The same of the states words[left…] and words[right…]. */
export function compareWords(words: Int32Array, stateWords: number, left: number, right: number): number {
  for (let w = 0; w < stateWords; w++) {
    const difference = ((words[left + w] ?? 0) >>> 0) - ((words[right + w] ?? 0) >>> 0)
    if (difference !== 0) return difference
  }
  return 0
}
