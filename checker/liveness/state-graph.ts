/**
 * The reachable graph as liveness sees it: integers only. Provided by the search once it is complete.
 */
export interface StateGraph {
  readonly stateCount: number
  /** Level k is the indices levels[k-1] … levels[k]-1; the initial states are level 1. */
  readonly levels: readonly number[]
  readonly instanceCount: number
  /** Upper bound of the transitions of one state. */
  readonly maxSuccessors: number
  /**
   * Writes the transitions of a state (repeats and self-loops included) to targets[0…] and instances[0…], in an order that
   * depends on the content of the state alone; returns how many.
   */
  successors(index: number, targets: Int32Array, instances: Int32Array): number
  /** False for a state outside a `within` assumption: it was judged but belongs to no behaviour. */
  isWithin(index: number): boolean
  /** Truth of an atomic proposition, by index into `propositionsOf(model)`. */
  holds(proposition: number, index: number): boolean
  /** An order of states that does not depend on indices: negative, 0 or positive. For tie-breaks by content. */
  compare(left: number, right: number): number
}
