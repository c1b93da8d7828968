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
  /** Null when transitions must be generated again. */
  readonly recorded: RecordedEdges | null
  /** Memory that costs nothing more, with anything in it. */
  readonly spare: readonly Int32Array[]
  /** Room in the memory where the search was; null: it was in none of WebAssembly. */
  readonly workspace: Workspace | null
  /** Writes the transitions of the first `count` of some states; many at once overlap their cache misses. */
  expand(states: Int32Array, count: number, into: Transitions): void
  /**
   * Which of some atomic propositions hold in a state, a bit each in their order: indices into `propositionsOf(model)`. Negative for a state
   * outside a `within` assumption: it was judged but belongs to no behaviour.
   */
  read(index: number, propositions: readonly number[]): number
  /** An order of states that does not depend on indices: negative, 0 or positive. For tie-breaks by content. */
  compare(left: number, right: number): number
}

/** Bytes of a memory that nobody else uses; those that are not written cost nothing. */
export interface Workspace {
  readonly memory: WebAssembly.Memory
  readonly at: number
  readonly bytes: number
}

/** What the bits of a record's words are. */
export interface RecordShape {
  /** The low bits of a transition, which hold its instance. */
  readonly instanceBits: number
  /** The low bits of a record's first word, which hold how many transitions there are. */
  readonly countBits: number
  /**
   * What the bits above them tell of the state: the first, that it lies outside a `within` assumption; each other, that the
   * proposition with this index into `propositionsOf(model)` holds.
   */
  readonly propositions: readonly number[]
}

export interface RecordedEdges extends RecordShape {
  /**
   * Holds for each state a record: how many transitions and what is told of the state, then a word for each transition, the target less the
   * state above the instance. Where some target lies too far for that, the complement of the first word, then pairs of target and instance.
   */
  readonly pool: Int32Array
  /** Where the record of each state begins, [stateCount] and unused room. */
  readonly places: Int32Array
}

/** Bits that hold the number of an instance. */
export function instanceBits(instanceCount: number): number {
  return 32 - Math.clz32(Math.max(1, instanceCount - 1))
}

/** Bits that hold how many transitions a state has. */
export function countBits(maxSuccessors: number): number {
  return 32 - Math.clz32(maxSuccessors)
}

/** How many propositions there is room for beside: the sign is not free, nor is the bit of states outside. */
export function mostPropositions(maxSuccessors: number): number {
  return Math.max(0, 30 - countBits(maxSuccessors))
}

/**
 * Transitions of several states, one state after the other, repeats and self-loops included, in an order that depends
 * on the content of each state alone.
 */
export interface Transitions {
  /** How many belong to the i-th state. */
  readonly counts: Int32Array
  readonly targets: Int32Array
  readonly instances: Int32Array
}

export function createTransitions(states: number, maxSuccessors: number): Transitions {
  const room = states * (maxSuccessors + 1)
  return { counts: new Int32Array(states), targets: new Int32Array(room), instances: new Int32Array(room) }
}
