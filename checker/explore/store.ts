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
  /** Uint16Array, [capacity]: for the i-th state of the newest level, the first action that reached it. */
  readonly credit: SharedArrayBuffer
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
export const maxLoad = 0.8

/** Tables have 4 or 6 times a power of two of slots, so that a table grown by half is never less than 0.53 full. */
export interface TableShape {
  readonly slots: number
  /** A hash h belongs to slot `(h >>> 3) * multiple >>> shift`: an integer product that cannot overflow 32 bits. */
  readonly multiple: number
  readonly shift: number
  /** Low bits of a slot that hold an index; the others hold a tag, the low bits of the hash. */
  readonly indexBits: number
}

const hashBits = 29

export function tableShape(tableClass: number): TableShape {
  const multiple = tableClass % 2 === 0 ? 4 : 6
  const exponent = tableClass >> 1
  const slots = multiple * 2 ** exponent
  const indexBits = 32 - Math.clz32(Math.floor(slots * maxLoad) + 1)
  return { slots, multiple, shift: hashBits - exponent, indexBits }
}

/** A million slots: pages that no state hashes to are never committed. */
const firstTableClass = 36
/** Small tables are quadrupled, because entering everything again costs more than the memory. */
const roomyClass = 40
const maxTableClass = 57
const maxArenaWords = 2 ** 31 - 8
const creditBytes = 2
const slotBytes = 4

/** The least class that may hold so many states. */
export function tableClassFor(stateCount: number): number {
  let tableClass = firstTableClass
  while (tableShape(tableClass).slots * maxLoad < stateCount + 1) tableClass++
  return tableClass
}

/** The class that a full table grows to, when there must be room for so many states. */
export function grownClass(tableClass: number, stateCount: number): number {
  return Math.max(tableClass < roomyClass ? tableClass + 4 : tableClass + 1, tableClassFor(stateCount))
}

/**
 * Reserves buffers for as many states as `memoryBytes` can hold, after those of earlier searches are given back; of these as many
 * as `edgeBytes` allows may give way to transitions.
 */
export function reserveStore(compiled: CompiledModel, memoryBytes: number, edgeBytes: number): StoreBuffers {
  const words = Math.max(1, compiled.stateWords)
  const stateBytes = words * 4 + creditBytes + slotBytes / maxLoad
  const initialCount = compiled.initialStates.length / words
  const wanted = Math.max(Math.floor(memoryBytes / stateBytes), initialCount + 1024)
  const most = Math.floor(tableShape(maxTableClass).slots * maxLoad)
  const capacity = Math.min(wanted, Math.floor(maxArenaWords / words) - 1, most)
  const tableClass = tableClassFor(capacity)
  collectEarlierBuffers()
  return {
    // One state more, because the word after a state is read to warm its cache line.
    states: new SharedArrayBuffer((capacity + 1) * words * 4),
    table: new SharedArrayBuffer(tableShape(tableClass).slots * slotBytes),
    credit: new SharedArrayBuffer(capacity * creditBytes),
    capacity,
    maxTableClass: tableClass,
    edges: reserveEdges(compiled, capacity, edgeBytes),
  }
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
export function touchedBytes(stateCount: number, stateWords: number, tableClass: number, widest: number): number {
  return stateCount * stateWords * 4 + tableShape(tableClass).slots * slotBytes + widest * creditBytes
}
