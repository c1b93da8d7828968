/**
 * The reachable graph as liveness sees it: integers only. Provided by the search once it is complete.
 */
export interface StateGraph {
  readonly stateCount: number
  /** The initial states are the indices 0 … initialCount-1. Indices ascend with depth (breadth-first order of levels). */
  readonly initialCount: number
  readonly instanceCount: number
  /** Upper bound of the transitions of one state. */
  readonly maxSuccessors: number
  /**
   * Writes the transitions of a state (repeats and self-loops included) to targets[0…] and instances[0…]; returns how many.
   * A transition into a state that was not stored does not occur; states outside a `within` assumption have none.
   */
  successors(index: number, targets: Int32Array, instances: Int32Array): number
  /** Truth of an atomic proposition, by index into `propositionsOf(model)`. */
  holds(proposition: number, index: number): boolean
  /** An order of states that does not depend on indices: negative, 0 or positive. For tie-breaks by content. */
  compare(left: number, right: number): number
}
