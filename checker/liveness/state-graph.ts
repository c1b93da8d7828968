/**
 * The reachable graph as liveness sees it: integers only. Provided by the search once it is complete.
 */

import type { Workspace } from './workspace.ts'

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
  readonly source: TransitionSource
  /**
   * Which of some atomic propositions hold in a state, a bit each in their order: indices into `propositionsOf(model)`. Negative for a state
   * outside a `within` assumption: it was judged but belongs to no behaviour.
   */
  read(index: number, propositions: readonly number[]): number
  /** An order of states that does not depend on indices: negative, 0 or positive. For tie-breaks by content. */
  compare(left: number, right: number): number
}

/**
 * Regenerates transitions, of several states at once, so that their cache misses overlap: one state after the other, repeats and self-loops
 * included, in an order that depends on the content of each state alone. Its arrays hold that until somebody asks for something else.
 */
export interface TransitionSource {
  /** States whose transitions are asked for, and by the same places how many each has, and what a record tells of it. */
  readonly listed: Int32Array
  readonly counted: Int32Array
  readonly told: Int32Array
  /** Of each transition where it leads, and its instance. */
  readonly indexOf: Int32Array
  readonly tags: Int32Array
  /** As records have them. */
  readonly propositions: readonly number[]
  /** Regenerates those of the first `count` states listed, or of as many as fit; returns how many, at least one. */
  transitionsOf(count: number): number
  /** Writes what records tell of the states first … first+count-1, as many as can be listed at most. */
  tell(first: number, count: number): void
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
