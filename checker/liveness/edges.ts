/**
 * Transitions of the state graph: as the search recorded them, or else regenerated (regenerated-edges.ts).
 */

import { createLender, type Lender } from './lender.ts'
import { regeneratedEdges } from './regenerated-edges.ts'
import { instanceBits, type RecordedEdges, type StateGraph, type TransitionSource } from './state-graph.ts'
import type { Workspace } from './workspace.ts'

/** What may be lent whatever the budget. */
const leastLent = 2 ** 24

export interface Edges extends RecordedEdges, Lender {
  /** True when `places` says where every record lies: words beyond the number of states. */
  readonly isRecorded: boolean
  /** Makes `load` of the first `count` of some states cheap: at most `groupSize` of them. */
  prepare(states: Int32Array, count: number): void
  /** Where the record of a state begins, when `places` does not say; valid until the next call. */
  load(state: number): number
  /** Room for what works on them. */
  readonly workspace: Workspace | null
  /** Null where they are recorded. */
  readonly regenerator: Regenerator | null
}

/** For programs that regenerate transitions by themselves. */
export interface Regenerator extends Pick<TransitionSource, 'listed' | 'told' | 'tell'> {
  /** Stores the records of the first `count` states listed, at most `groupSize`; others may be forgotten. The states that were listed are lost. */
  generate(count: number): void
}

/** Where the record of a state begins in `pool`; valid until the next call. */
export function recordOf(edges: Edges, state: number): number {
  const place = edges.places[state] as number
  return place === 0 ? edges.load(state) : place
}

/** How many transitions the record that begins at `at` holds. */
export function countAt({ pool, countBits }: Pick<Edges, 'pool' | 'countBits'>, at: number): number {
  return headAt(pool, at) & ((1 << countBits) - 1)
}

/** The first word of the record that begins at `at`. */
export function headAt(pool: Int32Array, at: number): number {
  const head = pool[at] as number
  return head ^ (head >> 31)
}

/** Where the i-th transition of a state's record leads to. */
export function targetAt({ pool, instanceBits }: Edges, at: number, i: number, state: number): number {
  const isFar = (pool[at] as number) < 0
  return isFar ? (pool[at + 1 + 2 * i] as number) : state + ((pool[at + 1 + i] as number) >> instanceBits)
}

export function instanceAt({ pool, instanceBits }: Edges, at: number, i: number): number {
  const isFar = (pool[at] as number) < 0
  return isFar ? (pool[at + 2 + 2 * i] as number) : (pool[at + 1 + i] as number) & ((1 << instanceBits) - 1)
}

/** `bits` and `leastBytes`: for tests. */
export function createEdges(
  graph: StateGraph,
  budgetBytes: number,
  bits: number = instanceBits(graph.instanceCount),
  leastBytes: number = leastLent,
): Edges {
  return graph.recorded === null
    ? regeneratedEdges(graph, budgetBytes, bits, leastBytes)
    : recordedEdges(graph, graph.recorded, Math.max(leastBytes, budgetBytes))
}

function recordedEdges({ workspace }: StateGraph, recorded: RecordedEdges, roomBytes: number): Edges {
  const { places } = recorded
  return {
    ...recorded,
    isRecorded: true,
    workspace,
    regenerator: null,
    prepare: () => {},
    load: (state) => places[state] as number,
    ...createLender(roomBytes, workspace, () => null),
  }
}
