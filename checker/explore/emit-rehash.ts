/**
 * Generated code that enters all states into a larger table.
 *
 * Each thread enters some of the states. Where there are several, a slot is claimed by compare-and-exchange, once it has been read and found empty: misses
 * overlap in the reading before.
 */

import { batchSize } from '../compile/kernel-arrays.ts'
import { hashLines, nextSlot, placeOfHash } from './emit-hash.ts'
import type { ExpanderShape } from './expander-shape.ts'

export function emitRehash(shape: ExpanderShape, words: readonly number[]): string {
  const width = words.length
  const hash = hashLines(
    shape,
    words.map((w) => `arena[at + ${w}]`),
  )
  const passed = shape.isShared
    ? 'slots[p] !== 0 || Atomics.compareExchange(slots, p, 0, entry) !== 0'
    : 'slots[p] !== 0'
  return `// Enters the states from … to-1. They are distinct, and the table was cleared.
function rehash(from, to) {
  const arena = states, slots = table, hashOf = hashes, placeOf = places
  const bits = indexBits, multiple = multiplier, shift = placeShift, tableSlots = slotCount
  let touched = 0
  for (let start = from; start < to; start += ${batchSize}) {
    const n = Math.min(${batchSize}, to - start)
    for (let i = 0; i < n; i++) {
      const at = (start + i) * ${width}
      ${hash.join('\n      ')}
      hashOf[i] = h
      placeOf[i] = ${placeOfHash('multiple', 'shift')}
    }
    for (let i = 0; i < n; i += 4) touched ^= slots[placeOf[i]] ^ slots[placeOf[i + 1]] ^ slots[placeOf[i + 2]] ^ slots[placeOf[i + 3]]
    for (let i = 0; i < n; i++) {
      const entry = (hashOf[i] << bits) | (start + i + 1)
      let p = placeOf[i]
      while (${passed}) {
        ${nextSlot('placeOf[i]', 'tableSlots').join('\n        ')}
      }
${shape.isShared ? '' : '      slots[p] = entry\n'}    }
  }
  warm = touched
}`
}
