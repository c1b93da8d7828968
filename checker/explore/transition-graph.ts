/**
 * The reachable graph, for liveness: transitions are regenerated from the states and looked up again.
 */

import type { StateGraph } from '../liveness/state-graph.ts'
import { batchSize } from './expander-shape.ts'
import type { Exploration } from './exploration.ts'
import { compareStates } from './state-order.ts'

/** Requires a complete exploration. The graph uses the leader's buffers: one reader at a time. */
export function transitionGraph(exploration: Exploration): StateGraph {
  const { compiled, states, expander } = exploration
  const { kernel, out, tags } = expander
  // Folded all, or not at all, by now.
  const { words } = states
  const width = compiled.stateWords
  return {
    stateCount: exploration.distinct,
    levels: exploration.levels,
    instanceCount: compiled.instanceCount,
    maxSuccessors: compiled.maxSuccessors,
    recorded: exploration.recorded,
    expand: (list, count, { counts, targets, instances }) => {
      let written = 0
      for (let i = 0; i < count; ) {
        let n = 0
        while (i < count && n < batchSize) {
          const more = kernel.expand(words, states.at(list[i] as number), out, tags, n)
          counts[i++] = more
          n += more
        }
        expander.findBatch(n, targets, written)
        for (let k = 0; k < n; k++) instances[written + k] = tags[k] as number
        written += n
      }
    },
    isWithin: (index) => kernel.isWithin(words, states.at(index)),
    holds: (proposition, index) => kernel.holds(words, states.at(index), proposition),
    compare: (left, right) => compareStates(states, width, left, right),
  }
}
