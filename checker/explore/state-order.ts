/**
 * An order of states by content: the same on every machine and for any number of threads.
 */

/** Negative, 0 or positive: compares the packed words of the states with these indices, unsigned. */
export function compareStates(states: Int32Array, stateWords: number, left: number, right: number): number {
  for (let w = 0; w < stateWords; w++) {
    const difference = ((states[left * stateWords + w] ?? 0) >>> 0) - ((states[right * stateWords + w] ?? 0) >>> 0)
    if (difference !== 0) return difference
  }
  return 0
}
