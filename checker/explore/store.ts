/**
 * Where states live: one arena in breadth-first order, the visited set that finds them in it, and the credit
 * of the newest level. Every state has a dense stable index; there are no parent pointers.
 *
 * The buffers are reserved once at the size the memory budget allows. The operating system commits pages when they
 * are first written, so an unused reservation costs nothing, growth never copies, and workers need no new buffers.
 */

import type { CompiledModel } from '../compile/compiled-model.ts'

/** Shared buffers, sent to a worker once. */
export interface StoreBuffers {
  /** Int32Array, [capacity × stateWords]: state i at word i × stateWords. */
  readonly states: SharedArrayBuffer
  /** Int32Array, [2^maxTableBits]: 0 when empty, else tag and index + 1. Only the first 2^tableBits are in use. */
  readonly table: SharedArrayBuffer
  /** Uint16Array, [capacity]: for the i-th state of the newest level, the first action that reached it. */
  readonly credit: SharedArrayBuffer
  readonly capacity: number
  readonly maxTableBits: number
}

/** The fullest a table may be; linear probing stays near two probes a lookup. */
export const maxLoad = 0.8

const firstTableBits = 16
const maxArenaWords = 2 ** 31 - 8
const maxTableBits = 30
const creditBytes = 2
const slotBytes = 4

/** Reserves buffers for as many states as `memoryBytes` can hold. */
export function reserveStore(compiled: CompiledModel, memoryBytes: number): StoreBuffers {
  const words = Math.max(1, compiled.stateWords)
  const stateBytes = words * 4 + creditBytes + slotBytes / maxLoad
  const initialCount = compiled.initialStates.length / words
  const wanted = Math.max(Math.floor(memoryBytes / stateBytes), initialCount + 1024)
  const capacity = Math.min(wanted, Math.floor(maxArenaWords / words), Math.floor(2 ** maxTableBits * maxLoad))
  const tableBits = Math.max(firstTableBits, Math.ceil(Math.log2(capacity / maxLoad)))
  return {
    states: new SharedArrayBuffer(capacity * words * 4),
    table: new SharedArrayBuffer(2 ** tableBits * slotBytes),
    credit: new SharedArrayBuffer(capacity * creditBytes),
    capacity,
    maxTableBits: tableBits,
  }
}

/** Slots (as a power of two) of a table that may hold `stateCount` states. */
export function tableBitsFor(stateCount: number): number {
  return Math.max(firstTableBits, Math.ceil(Math.log2((stateCount + 1) / maxLoad)))
}

/** Bytes that the search has touched: states, table in use and the credit of the widest level. */
export function touchedBytes(stateCount: number, stateWords: number, tableBits: number, widest: number): number {
  return stateCount * stateWords * 4 + 2 ** tableBits * slotBytes + widest * creditBytes
}
