/**
 * Generated code that enters all states into a larger table.
 *
 * Each thread enters the states that belong into its own part of the table, and reads all others only to pass over them: hashing
 * a state twice costs less than one atomic instruction, which would also keep the misses of neighbours from overlapping. A
 * state that finds no slot before its part ends is put off until nobody owns parts any more.
 */

import { batchSize } from '../compile/kernel-arrays.ts'
import { hashLines, placeOfHash } from './emit-hash.ts'
import type { ExpanderShape } from './expander-shape.ts'

export function emitRehash(shape: ExpanderShape, words: readonly number[]): string {
  const width = words.length
  const hash = hashLines(
    shape,
    words.map((w) => `arena[at + ${w}]`),
  )
  return `// Enters the states from … to-1 whose place is in low … high-1. They are distinct, and this part was cleared.
function rehash(from, to, low, high) {
  const arena = states, slots = table, hashOf = hashes, placeOf = places, indexOfOne = sifted
  const bits = indexBits, multiple = multiplier, shift = placeShift
  let touched = 0
  for (let start = from; start < to; start += ${batchSize}) {
    const n = Math.min(${batchSize}, to - start)
    let m = 0
    for (let i = 0; i < n; i++) {
      const at = (start + i) * ${width}
      ${hash.join('\n      ')}
      const place = (Math.imul(h >>> 3, multiple) >>> shift) | 0
      hashOf[m] = h
      placeOf[m] = place
      indexOfOne[m] = start + i
      m += ((place - low) | (high - 1 - place)) >>> 31 ^ 1
    }
    for (let i = 0; i < m; i += 4) touched ^= slots[placeOf[i]] ^ slots[placeOf[i + 1]] ^ slots[placeOf[i + 2]] ^ slots[placeOf[i + 3]]
    for (let i = 0; i < m; i++) {
      let p = placeOf[i]
      while (p < high && slots[p] !== 0) p++
      if (p < high) slots[p] = (hashOf[i] << bits) | (indexOfOne[i] + 1)
      else putOff(indexOfOne[i])
    }
  }
  warm = touched
}
// Enters a state that was put off, while others may do the same.
function enterAlone(index) {
  const arena = states, at = index * ${width}
  ${hash.join('\n  ')}
  const entry = (h << indexBits) | (index + 1)
  let p = ${placeOfHash}
  while (table[p] !== 0 || Atomics.compareExchange(table, p, 0, entry) !== 0) p = p + 1 === slotCount ? 0 : p + 1
}`
}
