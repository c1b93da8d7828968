/**
 * Lines for generated code that hash the words of a state and go through the slots of a table. They are written in place, because a call for
 * each successor would cost as much as the hash.
 */

import { cacheLineBytes } from '../machine/reserve.ts'
import type { ExpanderShape } from './expander-shape.ts'
import { slotBytes } from './table-shape.ts'

/** Declares `h`, the hash of these words. */
export function hashLines(
  { hasWeakHash }: Pick<ExpanderShape, 'hasWeakHash'>,
  words: readonly string[],
): readonly string[] {
  const mixes = words.map(
    (word, w) => `h = Math.imul(h ^ ${word}, ${(0x9e3779b1 + w * 0x3c6ef372) | 1 | 0}); h ^= h >>> 15`,
  )
  return ['let h = 0x2545f491', ...mixes, 'h = Math.imul(h, 0x85ebca6b)', lastMix(hasWeakHash)]
}

/** Ends a hash. Weak ones are for tests: many states share one. */
export function lastMix(hasWeakHash: boolean): string {
  return hasWeakHash ? 'h = Math.imul(h & 0xff, 0x01010101)' : 'h ^= h >>> 13'
}

/** A table begins where a line of the cache does, and is so many lines long. */
const slotsOfLine = cacheLineBytes / slotBytes

/**
 * Moves `p` to the slot that a lookup reads next, of a table with so many, when it began at slot `place`: the rest of that line of the cache
 * comes before the next line.
 */
export function nextSlot(place: string, slots: string): readonly string[] {
  const within = slotsOfLine - 1
  return [
    `p = (p & ${-slotsOfLine}) | (p + 1 & ${within})`,
    `if (((p ^ ${place}) & ${within}) === 0) p = p + ${slotsOfLine} < ${slots} ? p + ${slotsOfLine} : p & ${within}`,
  ]
}

/** The slot that the hash `h` belongs to, in a table of this shape (table-shape.ts). Unsigned: a number of 32 bits needs `| 0`. */
export function placeOfHash(multiple: string, shift: string): string {
  return `Math.imul(h >>> 3, ${multiple}) >>> ${shift}`
}
