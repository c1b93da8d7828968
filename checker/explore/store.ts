/**
 * Where states live: one arena in breadth-first order, the visited set that finds them in it, and the credit
 * of the newest level. Every state has a dense stable index; there are no parent pointers.
 *
 * The buffers are reserved once at the size the memory budget allows. The operating system commits pages when they
 * are first written, so an unused reservation costs nothing, growth never copies, and workers need no new buffers.
 */

import type { CompiledModel } from '../compile/compiled-model.ts'
import { instanceBits, type RecordedEdges } from '../liveness/state-graph.ts'
import { collectEarlierBuffers } from './collect.ts'
import { rowWords } from './expander-shape.ts'
import type { ExploreOptions } from './exploration.ts'

/** Shared buffers, sent to a worker once. */
export interface StoreBuffers {
  /** Int32Array, [capacity × arenaWords + slack]: state i, or its row, at word i × arenaWords. */
  readonly states: SharedArrayBuffer
  /** Int32Array, [slots of maxTableClass]: 0 when empty, else tag and index + 1. Only the slots of the present class are in use. */
  readonly table: SharedArrayBuffer
  /** [capacity], by `creditOf`: for the i-th state of the newest level, the first action that reached it. */
  readonly credit: SharedArrayBuffer
  readonly creditBytes: number
  /** States that there is ever room for: as rows, if they can be folded. */
  readonly capacity: number
  /** States that there is room for unfolded. */
  readonly unfoldedCapacity: number
  readonly maxTableClass: number
  /** Null when transitions are not recorded. */
  readonly edges: EdgeBuffers | null
  /** Null when states are too short to be folded. */
  readonly nodes: NodeBuffers | null
}

/** Nodes of folded states: see emit-fold.ts. */
export interface NodeBuffers {
  /** Int32Array, [capacity × 2]: the children of each node, the first of which is not in use. */
  readonly pairs: SharedArrayBuffer
  /** Int32Array, [slots of maxTableClass]: 0 when empty, else tag and number. */
  readonly table: SharedArrayBuffer
  readonly capacity: number
  readonly maxTableClass: number
}

/**
 * Where transitions are recorded: in the upper half of the arena, which states need last. A budget that would not hold
 * both holds the states: they take the room back, and transitions are generated again.
 */
export interface EdgeBuffers {
  /** Int32Array, [states below `from`]: the word of the arena where a state's record begins, or 0. */
  readonly places: SharedArrayBuffer
  /** As `RecordedEdges` says. */
  readonly instanceBits: number
  /** The word of the arena where the first segment begins, and how many segments there are. */
  readonly from: number
  readonly segments: number
}

/** Leaves 4 bits for how far a target lies. */
const bitsOfFarEdges = 28

/** Threads take room for transitions by so many words. */
export const segmentWords = 2 ** 16

/** The fullest a table may be; linear probing stays within a cache line or two. */
const maxLoad = 0.8
/** Of a table that grows by small steps: longer probing in return for memory. */
const maxFineLoad = 0.86

/** Tables have 4 to 7 times a power of two of slots. */
export interface TableShape {
  readonly slots: number
  /** A hash h belongs to slot `(h >>> 3) * multiple >>> shift`: an integer product that cannot overflow 32 bits. */
  readonly multiple: number
  readonly shift: number
  /** How many states the table takes before it grows. */
  readonly limit: number
  /** Low bits of a slot that hold an index; the others hold a tag, the low bits of the hash. */
  readonly indexBits: number
}

const hashBits = 29

export function tableShape(tableClass: number): TableShape {
  const multiple = 4 + (tableClass & 3)
  const exponent = tableClass >> 2
  const slots = multiple * 2 ** exponent
  const limit = Math.floor(slots * (tableClass < fineClass ? maxLoad : maxFineLoad))
  return { slots, multiple, shift: hashBits - exponent, limit, indexBits: 32 - Math.clz32(limit + 1) }
}

/** A million slots: pages that no state hashes to are never committed. */
const firstTableClass = 18 * 4
/** Tables of less than 4 million slots are quadrupled, because entering everything again costs more than the memory. */
const roomyClass = 20 * 4
/** Those of 64 million and more grow by a quarter at most: never less than 0.69 full. */
const fineClass = 24 * 4
/** 1,600 million states. */
const maxTableClass = 28 * 4 + 3
const maxArenaWords = 2 ** 32 - 8
/** Where a transition is recorded must be a 31-bit number. */
const maxRecordedWords = 2 ** 31 - 8
const slotBytes = 4
/** Shorter states are hardly longer than a row. */
const leastFoldedWords = 5
/** A tree has a node beside its root. */
const leastTreeWords = 3
/** 64 thousand slots. */
const firstNodeClass = 14 * 4
const maxNodes = 2 ** 30

/** The least class that may hold so many states. */
export function tableClassFor(stateCount: number): number {
  let tableClass = firstTableClass
  while (tableShape(tableClass).limit < stateCount + 1) tableClass++
  return tableClass
}

/** The least class of a table of so many nodes. */
export function nodeClassFor(nodeCount: number): number {
  let tableClass = firstNodeClass
  while (tableShape(tableClass).limit < nodeCount + 1) tableClass++
  return tableClass
}

/** The class that a full table grows to, when there must be room for so many states. */
export function grownClass(tableClass: number, stateCount: number): number {
  const step = tableClass < roomyClass ? 8 : tableClass < fineClass ? 2 : 1
  return Math.max(tableClass + step, tableClassFor(stateCount))
}

/**
 * Reserves buffers for as many states as `memoryBytes` can hold, after those of earlier searches are given back; of these as many
 * as `edgeBytes` allows may give way to transitions.
 */
export function reserveStore(
  compiled: CompiledModel,
  actionCount: number,
  {
    memoryBytes,
    edgeBytes,
    foldBytes,
    earlierBytes,
    hasFarEdges,
  }: Pick<ExploreOptions, 'memoryBytes' | 'edgeBytes' | 'foldBytes' | 'earlierBytes' | 'hasFarEdges'>,
): StoreBuffers {
  const creditBytes = actionCount <= 255 ? 1 : 2
  const arenaWords = edgeBytes > 0 ? maxRecordedWords : maxArenaWords
  const roomFor = (words: number): number => {
    const initialCount = compiled.initialStates.length / compiled.stateWords
    const wanted = Math.max(statesIn(memoryBytes, words, creditBytes), initialCount + 1024)
    return Math.min(wanted, Math.floor(arenaWords / words) - 1, tableShape(maxTableClass).limit - 1)
  }
  const unfoldedCapacity = roomFor(compiled.stateWords)
  const isFoldable =
    Number.isFinite(foldBytes) && compiled.stateWords >= (foldBytes === 0 ? leastTreeWords : leastFoldedWords)
  const capacity = isFoldable ? roomFor(rowWords) : unfoldedCapacity
  const words = Math.max(unfoldedCapacity * compiled.stateWords, isFoldable ? capacity * rowWords : 0)
  const largestClass = tableClassFor(capacity)
  collectEarlierBuffers(earlierBytes)
  const reserve = (): StoreBuffers => ({
    // One state more, because the word after a state is read to warm its cache line.
    states: new SharedArrayBuffer((words + compiled.stateWords) * 4),
    table: new SharedArrayBuffer(tableShape(largestClass).slots * slotBytes),
    credit: new SharedArrayBuffer(capacity * creditBytes),
    creditBytes,
    capacity,
    unfoldedCapacity,
    maxTableClass: largestClass,
    edges: reserveEdges(compiled, unfoldedCapacity, edgeBytes, hasFarEdges),
    nodes: isFoldable ? reserveNodes(memoryBytes) : null,
  })
  try {
    return reserve()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // A system that sets aside what is reserved may have none left for this one while those linger.
    collectEarlierBuffers(0)
    return reserve()
  }
}

/** How many states of so many words fit into some bytes, with what is kept for each. */
export function statesIn(bytes: number, words: number, creditBytes: number): number {
  return Math.max(0, Math.floor(bytes / (words * 4 + creditBytes + slotBytes / maxLoad)))
}

function reserveNodes(memoryBytes: number): NodeBuffers {
  const capacity = Math.min(statesIn(memoryBytes, rowWords, 0), maxNodes)
  const maxTableClass = nodeClassFor(capacity)
  return {
    pairs: new SharedArrayBuffer(capacity * rowWords * 4),
    table: new SharedArrayBuffer(tableShape(maxTableClass).slots * slotBytes),
    capacity,
    maxTableClass,
  }
}

export function creditOf({ credit, creditBytes }: StoreBuffers): Uint8Array | Uint16Array {
  return creditBytes === 1 ? new Uint8Array(credit) : new Uint16Array(credit)
}

/** Where transitions are recorded, if they are. */
export function recordedEdges({ states, edges }: StoreBuffers): RecordedEdges | null {
  if (edges === null) return null
  return { pool: new Int32Array(states), places: new Int32Array(edges.places), instanceBits: edges.instanceBits }
}

function reserveEdges(
  compiled: CompiledModel,
  capacity: number,
  edgeBytes: number,
  hasFarEdges: boolean,
): EdgeBuffers | null {
  const words = compiled.stateWords
  const from = (capacity >> 1) * words
  const room = Math.min(capacity * words - from, edgeBytes / 4)
  const segments = Math.max(0, Math.floor(room / segmentWords))
  const isPossible = segments > 0 && 2 * compiled.maxSuccessors < segmentWords
  const mostStates = Math.floor(from / Math.min(words, rowWords))
  if (!isPossible) return null
  const bits = hasFarEdges ? bitsOfFarEdges : instanceBits(compiled.instanceCount)
  return { places: new SharedArrayBuffer(mostStates * 4), instanceBits: bits, from, segments }
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
  const places = segments === 0 ? 0 : Math.min(states * 4, store.edges?.places.byteLength ?? 0)
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
  return [new Int32Array(store.edges.places), new Int32Array(store.states, begin * 4, Math.max(0, to - begin))]
}
