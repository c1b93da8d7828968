/**
 * The reachable graph, for liveness: transitions are regenerated from the states and looked up again.
 */

import type { StateGraph } from '../liveness/state-graph.ts'
import type { Exploration } from './exploration.ts'
import { compareStates } from './state-order.ts'

/** Requires a complete exploration. The graph uses the leader's buffers: one reader at a time. */
export function transitionGraph(exploration: Exploration): StateGraph {
  const { compiled, states, expander } = exploration
  const { kernel } = expander
  // Folded all, or not at all, by now.
  const { words } = states
  const width = compiled.stateWords
  return {
    stateCount: exploration.distinct,
    levels: exploration.levels,
    instanceCount: compiled.instanceCount,
    maxSuccessors: compiled.maxSuccessors,
    recorded: exploration.recorded,
    spare: exploration.spare,
    workspace: exploration.workspace,
    source: expander.source,
    read: (index, propositions) => {
      const base = kernel.load(words, states.at(index))
      if (!kernel.isWithin(base)) return -1
      let bits = 0
      for (let i = 0; i < propositions.length; i++) {
        if (kernel.holds(base, propositions[i] as number)) bits |= 1 << i
      }
      return bits
    },
    compare: (left, right) => compareStates(states, width, left, right),
  }
}
