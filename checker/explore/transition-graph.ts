/**
 * The reachable graph, for liveness: transitions are regenerated from the states and looked up again.
 */

import type { StateGraph } from '../liveness/state-graph.ts'
import type { Exploration } from './exploration.ts'
import { compareStates } from './state-order.ts'

/** Requires a complete exploration. The graph uses the leader's buffers: one reader at a time. */
export function transitionGraph(exploration: Exploration): StateGraph {
  const { compiled, states, expander } = exploration
  const { kernel, out, tags } = expander
  const width = compiled.stateWords
  return {
    stateCount: exploration.distinct,
    levels: exploration.levels,
    instanceCount: compiled.instanceCount,
    maxSuccessors: compiled.maxSuccessors,
    successors: (index, targets, instances) => {
      const count = kernel.expand(states, index * width, out, tags, 0)
      for (let k = 0; k < count; k++) {
        targets[k] = expander.find(out, k * width)
        instances[k] = tags[k] as number
      }
      return count
    },
    isWithin: (index) => kernel.isWithin(states, index * width),
    holds: (proposition, index) => kernel.holds(states, index * width, proposition),
    compare: (left, right) => compareStates(states, width, left, right),
  }
}
