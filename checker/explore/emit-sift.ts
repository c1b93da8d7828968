/**
 * Generated code of what is done with a batch of successors before they are looked up: hashing, sifting, warming the cache.
 *
 * The sieve remembers the last states that it saw, each at a place given by its hash, with the action that made it. A
 * successor found there is in the visited set already, or will be before this batch ends; if it was not made by an earlier
 * action either, it changes nothing and is dropped. Half of all successors and more fall through without a cache miss
 * (docs/performance.md). States wider than `widestSifted` are not sifted: fewer fit, and comparing them costs more. Nor is
 * anything where transitions are recorded, because then every successor must be found.
 *
 * No loop here branches on data: what is kept is counted by arithmetic, and a useless read costs less than a wrong guess.
 */

import { successorSlots } from '../compile/kernel-arrays.ts'
import { hashLines, placeOfHash } from './emit-hash.ts'
import { arenaWords, type ExpanderShape } from './expander-shape.ts'

/** In words. */
const widestSifted = 4
/** The sieve stays in the first-level cache. */
const sieveWords = 4096

function hasSieve(shape: ExpanderShape): boolean {
  return arenaWords(shape) <= widestSifted && shape.record === null
}

function sieveSize(shape: ExpanderShape): number {
  return 2 ** Math.floor(Math.log2(sieveWords / arenaWords(shape)))
}

/** Declarations. The sieve keeps how early an action comes, not its index: nothing, at first, comes later than any. */
export function emitSiftArrays(shape: ExpanderShape): string {
  const size = sieveSize(shape)
  const sieve = hasSieve(shape)
    ? `
const sieve = new Int32Array(${size * arenaWords(shape)}), sieveEarly = new Uint16Array(${size})`
    : ''
  return `const sifted = new Int32Array(${successorSlots(shape.maxSuccessors)})${sieve}`
}

export function emitSift(shape: ExpanderShape, words: readonly number[]): string {
  const width = arenaWords(shape)
  if (!hasSieve(shape))
    return `// Hashes the first n states of \`out\` and keeps all.
function sift(n) {
  const siftedAt = sifted
  hashAll(n)
  for (let i = 0; i < n; i++) siftedAt[i] = i
  return n
}`
  const differences = words.map((w) => `(seen[r + ${w}] ^ w${w})`).join(' | ')
  return `// Hashes the first n states of \`out\` and keeps those that the sieve does not hold; returns how many.
function sift(n) {
  const found = ${foundIn(shape)}, tagOf = tags, actions = actionOf, hashOf = hashes, placeOf = places, siftedAt = sifted
  const seen = sieve, seenEarly = sieveEarly, multiple = multiplier, shift = placeShift
  let m = 0
  for (let i = 0; i < n; i++) {
    const at = i * ${width}
${words.map((w) => `    const w${w} = found[at + ${w}]`).join('\n')}
    ${hashLines(
      shape,
      words.map((w) => `w${w}`),
    ).join('\n    ')}
    const q = h & ${sieveSize(shape) - 1}, r = q * ${width}, early = 65535 - actions[tagOf[i]] | 0
    const differs = ${differences}
    hashOf[m] = h
    placeOf[m] = ${placeOfHash('multiple', 'shift')}
    siftedAt[m] = i
    m += (differs | (0 - differs) | (seenEarly[q] - early)) >>> 31
${words.map((w) => `    seen[r + ${w}] = w${w}`).join('\n')}
    seenEarly[q] = early
  }
  return m
}`
}

/** Where a batch has its states as the arena holds them. */
function foundIn({ isFolded }: ExpanderShape): string {
  return isFolded ? 'rows' : 'out'
}

export function emitPrepare(shape: ExpanderShape): string {
  const width = arenaWords(shape)
  return `function hashAll(n) {
  const found = ${foundIn(shape)}, hashOf = hashes, placeOf = places, multiple = multiplier, shift = placeShift
  for (let i = 0; i < n; i++) {
    const at = i * ${width}
    ${hashLines(
      shape,
      Array.from({ length: width }, (_, w) => `found[at + ${w}]`),
    ).join('\n    ')}
    hashOf[i] = h
    placeOf[i] = ${placeOfHash('multiple', 'shift')}
  }
}
// Brings what the lookup of the first n hashed states reads into the cache: slots, and states under the right tag.
function touch(n) {
  const arena = states, slots = table, hashOf = hashes, placeOf = places, slotOf = first, mask = indexMask, bits = indexBits
  // Four at a time, the last of which may be of an earlier batch: with fewer instructions between them, more misses overlap.
  for (let i = 0; i < n; i += 4) {
    slotOf[i] = slots[placeOf[i]]
    slotOf[i + 1] = slots[placeOf[i + 1]]
    slotOf[i + 2] = slots[placeOf[i + 2]]
    slotOf[i + 3] = slots[placeOf[i + 3]]
  }
  // Reads the word after the state that the slot points to: nearly always in the same cache line.
  let touched = 0
  for (let i = 0; i < n; i++) {
    const slot = slotOf[i], isTagged = (((slot ^ (hashOf[i] << bits)) >>> bits) - 1) >> 31
    touched ^= arena[(slot & mask & isTagged) * ${width}]
  }
  warm = touched
}`
}
