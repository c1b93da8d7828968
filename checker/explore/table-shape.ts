/**
 * Sizes of the tables of the visited set, and of nodes.
 */

/** The fullest a table may be: most lookups end in the cache line that they begin in. */
export const maxLoad = 0.8

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
  const limit = Math.floor(slots * maxLoad)
  return { slots, multiple, shift: hashBits - exponent, limit, indexBits: 32 - Math.clz32(limit + 1) }
}

/** Half a million slots: of a larger table the first states of a search touch more pages, which the system commits in 2 to 3 µs each. */
export const firstTableClass = 17 * 4
/**
 * From smaller tables it is 4 million slots at once, and four times as many at least; from there tables double, because entering everything again
 * costs more than the memory.
 */
const roomyClass = 20 * 4
/** Those of 64 million and more grow by a quarter at most: never less than 0.64 full. */
const fineClass = 24 * 4
/** 1,500 million states. */
export const maxTableClass = 28 * 4 + 3
/** 64 thousand slots. */
const firstNodeClass = 14 * 4
export const slotBytes = 4

/** The least class that may hold so many states. */
export function tableClassFor(stateCount: number): number {
  let tableClass = firstTableClass
  while (tableShape(tableClass).limit < stateCount + 1) tableClass++
  return tableClass
}

/** The class of the first table of a search. One that initial states fill would have to grow soon, so it is as large as it would then be. */
export function firstClassFor(initialStates: number): number {
  const least = tableClassFor(initialStates)
  return least === firstTableClass ? least : grownClass(firstTableClass, initialStates)
}

/** The least class of a table of so many nodes. */
export function nodeClassFor(nodeCount: number): number {
  let tableClass = firstNodeClass
  while (tableShape(tableClass).limit < nodeCount + 1) tableClass++
  return tableClass
}

/** The class that a full table grows to, when there must be room for so many states. */
export function grownClass(tableClass: number, stateCount: number): number {
  const step = tableClass < roomyClass ? Math.max(8, roomyClass - tableClass) : tableClass < fineClass ? 4 : 1
  return Math.max(tableClass + step, tableClassFor(stateCount))
}
