/**
 * What a loop has met, as a set of items in a bigint: acceptance sets; weak groups that were taken, or disabled somewhere;
 * strong groups that were taken; strong groups that were enabled somewhere, and therefore must be taken.
 */

import { recordOf } from './edges.ts'
import { enabledGroups } from './fair-parts.ts'
import { type Fairness, hasGroup } from './fairness.ts'
import { type Product, stateOf } from './product.ts'

export interface Duty {
  /** Items that a step meets, and those that being at a node meets. */
  onEdge(instance: number, marks: number, changes: boolean): bigint
  onNode(node: number): bigint
  /** Items that a loop which met these still lacks; 0n when it is accepting and fair. */
  missing(met: bigint): bigint
}

/** Acceptance sets are the lowest items. */
const markBits = 31n

export function dutyOf(product: Product, fairness: Fairness): Duty {
  const { groups, words, groupsOf } = fairness
  const size = BigInt(groups.length)
  const [takenAt, enabledAt] = [markBits + size, markBits + 2n * size]
  const itemOf = (g: number, offset: bigint): bigint => 1n << (offset + BigInt(g))
  const sum = (items: readonly bigint[]): bigint => items.reduce((all, item) => all | item, 0n)
  const weak = groups.flatMap(({ strength }, g) => (strength === 'weak' ? [g] : []))
  const strong = groups.flatMap(({ strength }, g) => (strength === 'strong' ? [g] : []))
  const needed = BigInt(product.automaton.allMarks) | sum(weak.map((g) => itemOf(g, markBits)))

  const ofInstance: (bigint | undefined)[] = []
  const takenBy = (instance: number): bigint => {
    const set = groupsOf.subarray(instance * words, (instance + 1) * words)
    const known =
      ofInstance[instance] ??
      sum([
        ...weak.filter((g) => hasGroup(set, g)).map((g) => itemOf(g, markBits)),
        ...strong.filter((g) => hasGroup(set, g)).map((g) => itemOf(g, takenAt)),
      ])
    ofInstance[instance] = known
    return known
  }
  const ofNode = new Map<number, bigint>()
  const enabled = new Int32Array(words)
  const seenAt = (node: number): bigint => {
    const state = stateOf(product, node)
    enabledGroups(product.edges, fairness, state, recordOf(product.edges, state), enabled)
    return sum([
      ...weak.filter((g) => !hasGroup(enabled, g)).map((g) => itemOf(g, markBits)),
      ...strong.filter((g) => hasGroup(enabled, g)).map((g) => itemOf(g, enabledAt)),
    ])
  }
  return {
    onEdge: (instance, marks, changes) => BigInt(marks) | (changes ? takenBy(instance) : 0n),
    onNode: (node) => {
      const known = ofNode.get(node) ?? seenAt(node)
      ofNode.set(node, known)
      return known
    },
    missing: (met) => {
      const owed = (met >> enabledAt) << takenAt
      return (needed | owed) & ~met
    },
  }
}
