/**
 * Vacuity: fairness conditions that ask for nothing, because no instance of theirs is ever enabled.
 */

import type { FairnessGroup } from '../../src/model/ir.ts'
import type { Parts } from '../parts.ts'
import { countAt, type Edges, groupSize, instanceAt, recordOf, targetAt } from './edges.ts'
import type { StateGraph } from './state-graph.ts'

/**
 * The groups without an instance that is enabled in some reachable state and would change it. Ends as soon as every group was
 * seen enabled, which on most models is after a few states.
 */
export function* idleGroups(
  graph: StateGraph,
  edges: Edges,
  groups: readonly FairnessGroup[],
): Parts<readonly FairnessGroup[]> {
  let idle = groups
  const states = new Int32Array(groupSize)
  const isSeen = new Uint8Array(graph.instanceCount)
  for (let from = 0; from < graph.stateCount && idle.length > 0; from += groupSize) {
    yield
    const count = Math.min(groupSize, graph.stateCount - from)
    for (let i = 0; i < count; i++) states[i] = from + i
    edges.prepare(states, count)
    for (let i = 0; i < count; i++) noteEnabled(edges, from + i, isSeen)
    idle = idle.filter(({ instances }) => !instances.some((instance) => isSeen[instance] === 1))
  }
  return idle
}

function noteEnabled(edges: Edges, state: number, isSeen: Uint8Array): void {
  const at = recordOf(edges, state)
  for (let i = countAt(edges, at) - 1; i >= 0; i--) {
    if (targetAt(edges, at, i, state) !== state) isSeen[instanceAt(edges, at, i)] = 1
  }
}
