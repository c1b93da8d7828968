/**
 * Generated code that hashes the words of a state, in place: a call for each successor would cost as much as the hash.
 */

import type { ExpanderShape } from './expander-shape.ts'

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

/** The slot that a hash belongs to; a number of 32 bits. */
export const placeOfHash = '(Math.imul(h >>> 3, multiplier) >>> placeShift) | 0'
