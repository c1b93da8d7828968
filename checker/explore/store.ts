/**
 * Where states live: one arena in breadth-first order, the visited set that finds them in it, and the credit
 * of the newest level. Every state has a dense stable index; there are no parent pointers.
 *
 * The buffers are reserved once at the size the memory budget allows. The operating system commits pages when they
 * are first written, so an unused reservation costs nothing, growth never copies, and workers need no new buffers.
 */

import type { CompiledModel } from '../compile/compiled-model.ts'
import { collectEarlierBuffers } from './collect.ts'

/** Shared buffers, sent to a worker once. */
export interface StoreBuffers {
  /** Int32Array, [capacity × stateWords + slack]: state i at word i × stateWords. */
  readonly states: SharedArrayBuffer
  /** Int32Array, [slots of maxTableClass]: 0 when empty, else tag and index + 1. Only the slots of the present class are in use. */
  readonly table: SharedArrayBuffer
  /** [capacity], by `creditOf`: for the i-th state of the newest level, the first action that reached it. */
  readonly credit: SharedArrayBuffer
  readonly creditBytes: number
  readonly capacity: number
  readonly maxTableClass: number
  /** Null when transitions are not recorded. */
  readonly edges: EdgeBuffers | null
}

/**
 * Where transitions are recorded: in the upper half of the arena, which states need last. A budget that would not hold
 * both holds the states: they take the room back, and transitions are generated again.
 */
export interface EdgeBuffers {
  /** Int32Array, [firstState]: the word of the arena where a state's record begins, or 0. */
  readonly places: SharedArrayBuffer
  /** States with this index and above lie where transitions are recorded. */
  readonly firstState: number
  /** The word of the arena where the first segment begins, and how many segments there are. */
  readonly from: number
  readonly segments: number
}

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
/** Those of 32 million and more grow by a quarter at most: never less than 0.69 full. */
const fineClass = 23 * 4
/** 1,600 million states. */
const maxTableClass = 28 * 4 + 3
const maxArenaWords = 2 ** 32 - 8
/** Where a transition is recorded must be a 31-bit number. */
const maxRecordedWords = 2 ** 31 - 8
const slotBytes = 4

/** The least class that may hold so many states. */
export function tableClassFor(stateCount: number): number {
  let tableClass = firstTableClass
  while (tableShape(tableClass).limit < stateCount + 1) tableClass++
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
  memoryBytes: number,
  edgeBytes: number,
): StoreBuffers {
  const words = Math.max(1, compiled.stateWords)
  const creditBytes = actionCount <= 255 ? 1 : 2
  const stateBytes = words * 4 + creditBytes + slotBytes / maxLoad
  const initialCount = compiled.initialStates.length / words
  const wanted = Math.max(Math.floor(memoryBytes / stateBytes), initialCount + 1024)
  const arenaWords = edgeBytes > 0 ? maxRecordedWords : maxArenaWords
  const capacity = Math.min(wanted, Math.floor(arenaWords / words) - 1, tableShape(maxTableClass).limit - 1)
  const tableClass = tableClassFor(capacity)
  collectEarlierBuffers()
  return {
    // One state more, because the word after a state is read to warm its cache line.
    states: new SharedArrayBuffer((capacity + 1) * words * 4),
    table: new SharedArrayBuffer(tableShape(tableClass).slots * slotBytes),
    credit: new SharedArrayBuffer(capacity * creditBytes),
    creditBytes,
    capacity,
    maxTableClass: tableClass,
    edges: reserveEdges(compiled, capacity, edgeBytes),
  }
}

export function creditOf({ credit, creditBytes }: StoreBuffers): Uint8Array | Uint16Array {
  return creditBytes === 1 ? new Uint8Array(credit) : new Uint16Array(credit)
}

function reserveEdges(compiled: CompiledModel, capacity: number, edgeBytes: number): EdgeBuffers | null {
  const words = Math.max(1, compiled.stateWords)
  const firstState = capacity >> 1
  const from = firstState * words
  const room = Math.min(capacity * words - from, edgeBytes / 4)
  const segments = Math.max(0, Math.floor(room / segmentWords))
  const isPossible = segments > 0 && 2 * compiled.maxSuccessors < segmentWords
  return isPossible ? { places: new SharedArrayBuffer(firstState * 4), firstState, from, segments } : null
}

/** Bytes that the search has touched: states, table in use and the credit of the widest level. */
export function touchedBytes(
  { creditBytes }: StoreBuffers,
  stateCount: number,
  stateWords: number,
  tableClass: number,
  widest: number,
): number {
  return stateCount * stateWords * 4 + tableShape(tableClass).slots * slotBytes + widest * creditBytes
}
