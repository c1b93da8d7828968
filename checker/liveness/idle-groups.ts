/**
 * Vacuity: fairness conditions that ask for nothing, because no instance of theirs ever changes a state.
 */

import type { FairnessGroup } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import { countAt, type Edges, instanceAt, recordOf, targetAt } from './edges.ts'
import { groupSize } from './regenerated-edges.ts'
import type { StateGraph } from './state-graph.ts'

/**
 * Says of each group that no instance of it is enabled in a reachable state, or that none would change one. Ends as soon as every
 * group was seen to, which on most models is after a few states.
 */
export function* idleGroups(
  graph: StateGraph,
  edges: Edges,
  groups: readonly FairnessGroup[],
): Parts<readonly string[]> {
  let idle = groups
  const states = new Int32Array(groupSize)
  const seen = new Uint8Array(graph.instanceCount)
  for (let from = 0; from < graph.stateCount && idle.length > 0; from += groupSize) {
    yield
    const count = Math.min(groupSize, graph.stateCount - from)
    for (let i = 0; i < count; i++) states[i] = from + i
    edges.prepare(states, count)
    for (let i = 0; i < count; i++) noteEnabled(edges, from + i, seen)
    idle = idle.filter(({ instances }) => !instances.some((instance) => seen[instance] === changing))
  }
  return idle.map(({ strength, name, instances }) => {
    const isEnabled = instances.some((instance) => seen[instance] === enabled)
    const why = isEnabled ? 'where it is enabled it changes nothing' : 'it is never enabled'
    return `the ${strength} fairness of ${name} asks for nothing: ${why}`
  })
}

/** What was seen of an instance, if anything. */
const [enabled, changing] = [1, 2]

function noteEnabled(edges: Edges, state: number, seen: Uint8Array): void {
  const at = recordOf(edges, state)
  for (let i = countAt(edges, at) - 1; i >= 0; i--) {
    const instance = instanceAt(edges, at, i)
    const what = targetAt(edges, at, i, state) === state ? enabled : changing
    seen[instance] = Math.max(seen[instance] as number, what)
  }
}
