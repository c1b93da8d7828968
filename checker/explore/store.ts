/**
 * Where states live: one arena in breadth-first order, the visited set that finds them in it, and the credit
 * of the newest level. Every state has a dense stable index; there are no parent pointers.
 *
 * A store is near when all of it lies in one memory of WebAssembly, which ends at 4 GiB, and far when it lies in buffers of any size.
 */

import type { RecordedEdges, RecordShape } from '../liveness/state-graph.ts'
import type { Workspace } from '../liveness/workspace.ts'
import { rowWords } from './expander-shape.ts'
import { slotBytes, tableShape } from './table-shape.ts'

/** Bytes of a buffer of its own, or of the store's memory. */
export interface Place {
  readonly buffer: SharedArrayBuffer | null
  readonly at: number
  readonly bytes: number
}

/** Sent to a worker once; `arraysOf` tells what is in it. */
export interface StoreBuffers {
  /** Null: it is far. */
  readonly memory: WebAssembly.Memory | null
  /** Bytes that it may touch. */
  readonly memoryBytes: number
  readonly states: Place
  readonly table: Place
  readonly credit: Place
  readonly creditBytes: 1 | 2
  /** States that there is ever room for: as rows, if they can be folded. */
  readonly capacity: number
  /** States that there is room for unfolded. */
  readonly unfoldedCapacity: number
  readonly maxTableClass: number
  /** Null when transitions are not recorded. */
  readonly edges: EdgeBuffers | null
  /** Null when states are too short to be folded. */
  readonly nodes: NodeBuffers | null
  /** For what follows the search. */
  readonly workspace: Place
}

/** Nodes of folded states: see emit-fold.ts. */
export interface NodeBuffers {
  readonly pairs: Place
  readonly table: Place
  readonly capacity: number
  readonly maxTableClass: number
}

/**
 * Where transitions are recorded: in the upper half of the arena, which states need last. A budget that would not hold
 * both holds the states: they take the room back, and transitions are generated again.
 */
export interface EdgeBuffers extends RecordShape {
  readonly places: Place
  /** The word of the arena where the first segment begins, and how many segments there are. */
  readonly from: number
  readonly segments: number
}

export interface StoreArrays {
  /** [capacity × arenaWords + slack]: state i, or its row, at word i × arenaWords. */
  readonly states: Int32Array
  /** [slots of maxTableClass]: 0 when empty, else tag and index + 1. Only the slots of the present class are in use. */
  readonly table: Int32Array
  /** [capacity]: for the i-th state of the newest level, the first action that reached it. */
  readonly credit: Uint8Array | Uint16Array
  /** [states below `EdgeBuffers.from`]: the word of the arena where a state's record begins, or 0. Empty where none is recorded. */
  readonly edgePlaces: Int32Array
  /** [capacity × 2]: the children of each node, the first of which is not in use. Empty where states are not folded. */
  readonly nodes: Int32Array
  /** [slots of maxTableClass]: 0 when empty, else tag and number. Likewise. */
  readonly nodeTable: Int32Array
}

/** The same bytes each time. */
export function arraysOf({ memory, states, table, credit, creditBytes, edges, nodes }: StoreBuffers): StoreArrays {
  const bufferOf = ({ buffer }: Place): ArrayBufferLike => buffer ?? (memory as WebAssembly.Memory).buffer
  const words = (place: Place | undefined): Int32Array =>
    place === undefined ? new Int32Array(0) : new Int32Array(bufferOf(place), place.at, place.bytes / 4)
  const credits = [bufferOf(credit), credit.at, credit.bytes / creditBytes] as const
  return {
    states: words(states),
    table: words(table),
    credit: creditBytes === 1 ? new Uint8Array(...credits) : new Uint16Array(...credits),
    edgePlaces: words(edges?.places),
    nodes: words(nodes?.pairs),
    nodeTable: words(nodes?.table),
  }
}

/** Threads take room for transitions by so many words. */
export const segmentWords = 2 ** 16

/** Whether a store that the search can leave has no more segments than threads may take before they heed a pause: two each. */
export function lacksSegments({ edges }: StoreBuffers, segments: number, workers: number): boolean {
  return segments > (edges?.segments ?? 0) - 2 * workers
}

/** Where transitions are recorded, if they are. */
export function recordedEdges(store: StoreBuffers): RecordedEdges | null {
  if (store.edges === null) return null
  const { states, edgePlaces } = arraysOf(store)
  const { instanceBits, countBits, propositions } = store.edges
  return { pool: states, places: edgePlaces, instanceBits, countBits, propositions }
}

/** Null where the store is far. */
export function workspaceOf({ memory, workspace: { at, bytes } }: StoreBuffers): Workspace | null {
  return memory === null ? null : { memory, at, bytes }
}

/** Bytes of so many nodes and of their table. */
export function nodeBytes(nodeCount: number, nodeClass: number): number {
  return nodeCount * rowWords * 4 + tableShape(nodeClass).slots * slotBytes
}

/** How far the search has come into its buffers. */
export interface Extent {
  readonly states: number
  /** Words of the arena that states have touched. */
  readonly words: number
  readonly tableClass: number
  /** States of the widest level. */
  readonly widest: number
  /** Segments that threads asked for, to record transitions. */
  readonly segments: number
}

/** Bytes that the search has touched: of the arena, the table in use, the credit of the widest level, and recorded transitions. */
export function touchedBytes(store: StoreBuffers, extent: Extent): number {
  const { states, words, tableClass, widest, segments } = extent
  const { from, to } = recordedWords(store, segments)
  const arena = words <= from ? words + to - from : Math.max(words, to)
  const places = segments === 0 ? 0 : Math.min(states * 4, store.edges?.places.bytes ?? 0)
  return arena * 4 + tableShape(tableClass).slots * slotBytes + widest * store.creditBytes + places
}

/** The words of the arena that recorded transitions have touched. */
function recordedWords({ edges }: StoreBuffers, segments: number): { readonly from: number; readonly to: number } {
  const from = edges?.from ?? 0
  return { from, to: from + Math.min(segments, edges?.segments ?? 0) * segmentWords }
}

/** What transitions leave that were given up: touched, and of no use to the search any more. */
export function spareRoom(store: StoreBuffers, { words, segments }: Extent): readonly Int32Array[] {
  if (store.edges === null || segments === 0) return []
  const { from, to } = recordedWords(store, segments)
  const begin = Math.max(from, words)
  const { edgePlaces, states } = arraysOf(store)
  return [edgePlaces, states.subarray(begin, Math.max(begin, to))]
}

/** Everything that a search has in its store. */
export interface Contents {
  /** Words of the arena that states take, and how many there are. */
  readonly words: number
  readonly states: number
  /** States of the newest level. */
  readonly credits: number
  readonly segments: number
  readonly nodes: number
  readonly nodeClass: number
}

/** Copies it to another store, except for the visited set. */
export function copyStore(from: StoreBuffers, to: StoreBuffers, contents: Contents): void {
  const { words, states, credits, segments, nodes, nodeClass } = contents
  const source = arraysOf(from)
  const target = arraysOf(to)
  target.states.set(source.states.subarray(0, words))
  target.credit.set(source.credit.subarray(0, credits))
  target.nodes.set(source.nodes.subarray(0, nodes * rowWords))
  if (nodes > 0) target.nodeTable.set(source.nodeTable.subarray(0, tableShape(nodeClass).slots))
  if (from.edges === null || to.edges === null || segments === 0) return
  const recorded = recordedWords(from, segments)
  target.states.set(source.states.subarray(recorded.from, recorded.to), to.edges.from)
  const away = to.edges.from - from.edges.from
  for (let i = 0; i < states; i++) {
    const at = source.edgePlaces[i] as number
    if (at !== 0) target.edgePlaces[i] = at + away
  }
}
