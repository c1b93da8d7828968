/**
 * Generated code that hashes the words of a state, and goes through the slots of a table, in place: a call for each successor would cost as
 * much as the hash.
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
  const last = hasWeakHash ? 'h = Math.imul(h & 0xff, 0x01010101)' : 'h ^= h >>> 13'
  return ['let h = 0x2545f491', ...mixes, 'h = Math.imul(h, 0x85ebca6b)', last]
}

/** A table begins where a line of the cache does, and is so many lines long. */
const slotsOfLine = cacheLineBytes / slotBytes

/**
 * Moves `p` on to the next slot of those that a lookup reads which began at slot `home` of a table with so many: the rest of a line of the cache
 * comes before another line.
 */
export function nextSlot(home: string, slots: string): readonly string[] {
  const within = slotsOfLine - 1
  return [
    `p = (p & ${-slotsOfLine}) | (p + 1 & ${within})`,
    `if (((p ^ ${home}) & ${within}) === 0) p = p + ${slotsOfLine} < ${slots} ? p + ${slotsOfLine} : p & ${within}`,
  ]
}

/** The slot that a hash belongs to; a number of 32 bits. */
export const placeOfHash = '(Math.imul(h >>> 3, multiplier) >>> placeShift) | 0'
