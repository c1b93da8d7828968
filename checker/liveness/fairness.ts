/**
 * Fairness conditions over the instances of a graph, as bits: group g is bit g % 32 of word ⌊g / 32⌋.
 */

import type { FairnessGroup } from '../../src/model/ir.ts'

export interface Fairness {
  readonly groups: readonly FairnessGroup[]
  /** Words of a set of groups. */
  readonly words: number
  /** Groups of each instance, [instanceCount × words]. */
  readonly groupsOf: Int32Array
  /** The weak groups, and the strong ones, [words]. */
  readonly weak: Int32Array
  readonly strong: Int32Array
  /** True when the instance belongs to some group: [instanceCount]. */
  readonly isFair: Uint8Array
}

export function createFairness(groups: readonly FairnessGroup[], instanceCount: number): Fairness {
  const words = Math.ceil(groups.length / 32)
  const groupsOf = new Int32Array(instanceCount * words)
  const isFair = new Uint8Array(instanceCount)
  const [weak, strong] = [new Int32Array(words), new Int32Array(words)]
  const add = (set: Int32Array, at: number, bit: number): void => {
    set[at] = (set[at] ?? 0) | bit
  }
  for (const [g, group] of groups.entries()) {
    const [word, bit] = [g >>> 5, 1 << (g & 31)]
    add(group.strength === 'weak' ? weak : strong, word, bit)
    for (const instance of group.instances) {
      add(groupsOf, instance * words + word, bit)
      isFair[instance] = 1
    }
  }
  return { groups, words, groupsOf, weak, strong, isFair }
}

/** Is group g in the set? */
export function hasGroup(set: Int32Array, g: number): boolean {
  return ((set[g >>> 5] ?? 0) & (1 << (g & 31))) !== 0
}
