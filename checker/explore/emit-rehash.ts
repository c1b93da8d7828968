/**
 * Generated code that enters all states into a larger table.
 *
 * Each thread enters the states that belong into its own part of the table, and reads all others only to pass over them: hashing
 * a state twice costs less than one atomic instruction, which would also keep the misses of neighbours from overlapping. A
 * state that finds no slot before its part ends is put off until nobody owns parts any more.
 */

export function emitRehash(width: number, batchSize: number): string {
  return `let putOff = []
// Enters the states from … to-1 of an arena whose place is in low … high-1. They are distinct, and this part was cleared.
function rehash(arena, slots, from, to, low, high) {
  const hashOf = hashes, placeOf = places, indexOfOne = sifted
  const bits = indexBits, multiple = multiplier, shift = placeShift
  for (let start = from; start < to; start += ${batchSize}) {
    const n = Math.min(${batchSize}, to - start)
    let m = 0
    for (let i = 0; i < n; i++) {
      const h = hashAt(arena, (start + i) * ${width}), place = Math.imul(h >>> 3, multiple) >>> shift
      hashOf[m] = h
      placeOf[m] = place
      indexOfOne[m] = start + i
      m += ((place - low) | (high - 1 - place)) >>> 31 ^ 1
    }
    let touched = 0
    for (let i = 0; i < m; i += 4) touched ^= slots[placeOf[i]] ^ slots[placeOf[i + 1]] ^ slots[placeOf[i + 2]] ^ slots[placeOf[i + 3]]
    warm = touched
    for (let i = 0; i < m; i++) {
      let p = placeOf[i]
      while (p < high && slots[p] !== 0) p++
      if (p < high) slots[p] = (hashOf[i] << bits) | (indexOfOne[i] + 1)
      else putOff.push(indexOfOne[i])
    }
  }
}
// Enters what this thread has put off, while others may do the same.
function settle(arena, slots) {
  for (const index of putOff) {
    const h = hashAt(arena, index * ${width}), entry = (h << indexBits) | (index + 1)
    let p = Math.imul(h >>> 3, multiplier) >>> placeShift
    while (slots[p] !== 0 || Atomics.compareExchange(slots, p, 0, entry) !== 0) p = p + 1 === slotCount ? 0 : p + 1
  }
  putOff = []
}`
}
