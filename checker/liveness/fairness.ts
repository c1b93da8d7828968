/**
 * Fairness conditions over the instances of a graph, by number.
 */

import type { FairnessGroup } from '../../src/model/ir.ts'
import type { Edges } from './edges.ts'

export interface Fairness {
  readonly groups: readonly FairnessGroup[]
  /** Groups of instance i: groups[starts[i]] … groups[starts[i+1]-1] of `list`. */
  readonly starts: Int32Array
  readonly list: Int32Array
}

export function createFairness(groups: readonly FairnessGroup[], instanceCount: number): Fairness {
  const byInstance: number[][] = Array.from({ length: instanceCount }, () => [])
  for (const [g, group] of groups.entries()) for (const instance of group.instances) byInstance[instance]?.push(g)
  const starts = new Int32Array(instanceCount + 1)
  for (const [i, list] of byInstance.entries()) starts[i + 1] = (starts[i] ?? 0) + list.length
  return { groups, starts, list: Int32Array.from(byInstance.flat()) }
}

/** A run may stop in a state when no fair instance is enabled there that would change it. */
export function mayStop({ starts }: Fairness, edges: Edges, state: number): boolean {
  edges.load(state)
  const { pool, at } = edges
  const end = at + 1 + 2 * (pool[at] as number)
  for (let k = at + 1; k < end; k += 2) {
    const instance = pool[k + 1] as number
    if (pool[k] !== state && starts[instance] !== starts[instance + 1]) return false
  }
  return true
}
