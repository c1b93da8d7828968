/**
 * Generated code of the inner loop, specialised by state width and by whether other threads write too.
 *
 * It is generated for two reasons, both measured (bench/README.md): literal word offsets, and one private copy a model, so
 * that the call of `kernel.expand` has a single target and stays fast when a process checks several models.
 *
 * Successors are produced a batch at a time: all are hashed, then all first slots are read, then all states these
 * slots point to, and only then is each probed. Cache misses of a batch overlap instead of queueing.
 *
 * Races (with other threads): slots are read plainly; only an empty slot is claimed, by compare-and-exchange, after the
 * state's words were written. A slot never changes once claimed, so a plain read is either 0 (the claim then fails and the
 * slot is read again) or final. A mismatch under an equal tag is read again atomically, because a plain read of the
 * words may be older than the slot.
 */

/** Successors in a batch: enough to overlap misses, small enough to stay in the first-level cache. */
export const batchSize = 512

export interface ExpanderShape {
  readonly stateWords: number
  readonly isShared: boolean
  /** For tests: hashes are cut to 8 bits, so that nearly every lookup meets a collision. */
  readonly hasWeakHash: boolean
}

/** Body of `function (kernel, states, table, credit, actionOf, lanes, out, tags, claimBlock)`, returning `{ expand, insert, find, rehash, ... }`. */
export function emitExpander(shape: ExpanderShape): string {
  const words = Array.from({ length: shape.stateWords }, (_, w) => w)
  return `'use strict'
const hashes = new Int32Array(out.length / ${shape.stateWords} | 0), first = new Int32Array(hashes.length)
let shift = 16, indexBits = 16, indexMask = 65535, slotMask = 65535
let next = 0, blockEnd = 0, levelStart = 0, warm = 0

${emitHash(shape, words)}

function resize(bits) { shift = 32 - bits; indexBits = bits; indexMask = slotMask = (2 ** bits - 1) | 0 }

${emitInsert(shape, words)}

${emitBatch(shape)}

// Expands states from … to-1 until a batch is full; returns the first state not expanded.
function expand(from, to, room) {
  let n = 0
  while (from < to && n <= room) {
    n += kernel.expand(states, from * ${shape.stateWords}, out, tags, n)
    from++
  }
  insertBatch(n)
  return from
}

${emitFind(words)}

${emitRehash(shape)}

return {
  expand, find, findBatch, move, rehash, resize,
  insertInitial: (count) => insertBatch(count),
  setBlock: (from, end, start) => { next = from; blockEnd = end; levelStart = start },
  next: () => next,
  blockEnd: () => blockEnd,
  warm: () => warm,
}`
}

function emitHash(shape: ExpanderShape, words: readonly number[]): string {
  const mixes = words.map(
    (w) => `  h = Math.imul(h ^ a[base + ${w}], ${(0x9e3779b1 + w * 0x3c6ef372) | 1 | 0})
  h ^= h >>> 15`,
  )
  const weak = shape.hasWeakHash ? 'h = Math.imul(h & 0xff, 0x01010101)' : 'h ^= h >>> 13'
  return `function hashAt(a, base) {
  let h = 0x2545f491
${mixes.join('\n')}
  h = Math.imul(h, 0x85ebca6b)
  ${weak}
  return h
}`
}

function emitBatch(shape: ExpanderShape): string {
  const width = shape.stateWords
  return `function insertBatch(n) {
  for (let i = 0; i < n; i++) hashes[i] = hashAt(out, i * ${width})
  for (let i = 0; i < n; i++) first[i] = table[hashes[i] >>> shift]
  for (let i = 0; i < n; i++) {
    const slot = first[i]
    if (slot !== 0 && (slot ^ (hashes[i] << indexBits)) >>> indexBits === 0) warm = (warm + states[((slot & indexMask) - 1) * ${width}]) | 0
  }
  for (let i = 0; i < n; i++) insert(i * ${width}, hashes[i], actionOf[tags[i]])
}`
}

function emitInsert(shape: ExpanderShape, words: readonly number[]): string {
  const width = shape.stateWords
  const same = words.map((w) => `states[b + ${w}] === out[at + ${w}]`).join(' && ')
  const sameAtomically = words.map((w) => `Atomics.load(states, b + ${w}) === out[at + ${w}]`).join(' && ')
  const copy = words.map((w) => `      states[base + ${w}] = out[at + ${w}]`).join('\n')
  const claim = shape.isShared
    ? 'if (Atomics.compareExchange(table, p, 0, key | (next + 1)) !== 0) continue'
    : 'table[p] = key | (next + 1)'
  return `function insert(at, hash, action) {
  const key = hash << indexBits
  let p = hash >>> shift
  for (;;) {
    const slot = table[p]
    if (slot === 0) {
      if (next === blockEnd) claimBlock()
      const base = next * ${width}
${copy}
      credit[next - levelStart] = action
      ${claim}
      next++
      kernel.judge(states, base)
      kernel.digest(states, base, lanes)
      return
    }
    if ((slot ^ key) >>> indexBits === 0) {
      const index = (slot & indexMask) - 1
      const b = index * ${width}
      if ((${same})${shape.isShared ? ` || (${sameAtomically})` : ''}) {
        if (index >= levelStart && action < credit[index - levelStart]) ${shape.isShared ? 'lowerCredit(index - levelStart, action)' : 'credit[index - levelStart] = action'}
        return
      }
    }
    p = (p + 1) & slotMask
  }
}
function lowerCredit(at, action) {
  let seen = Atomics.load(credit, at)
  while (action < seen) {
    const found = Atomics.compareExchange(credit, at, seen, action)
    if (found === seen) return
    seen = found
  }
}`
}

function emitFind(words: readonly number[]): string {
  const same = words.map((w) => `states[b + ${w}] === a[at + ${w}]`).join(' && ')
  return `// Index of the state at a[at…], or -1. Only while nobody inserts.
function find(a, at) { return findHashed(a, at, hashAt(a, at)) }
function findHashed(a, at, hash) {
  const key = hash << indexBits
  let p = hash >>> shift
  for (;;) {
    const slot = table[p]
    if (slot === 0) return -1
    if ((slot ^ key) >>> indexBits === 0) {
      const index = (slot & indexMask) - 1
      const b = index * ${words.length}
      if (${same}) return index
    }
    p = (p + 1) & slotMask
  }
}
// The indices of the first n states of \`out\`, to targets[at…]: like \`find\`, but cache misses overlap.
function findBatch(n, targets, at) {
  for (let i = 0; i < n; i++) hashes[i] = hashAt(out, i * ${words.length})
  for (let i = 0; i < n; i++) first[i] = table[hashes[i] >>> shift]
  for (let i = 0; i < n; i++) {
    const slot = first[i]
    if (slot !== 0) warm = (warm + states[((slot & indexMask) - 1) * ${words.length}]) | 0
  }
  for (let i = 0; i < n; i++) targets[at + i] = findHashed(out, i * ${words.length}, hashes[i])
}
// Points the slot of the state at index \`from\` to \`to\`, its copy.
function move(from, to) {
  const hash = hashAt(states, from * ${words.length})
  let p = hash >>> shift
  const old = (hash << indexBits) | (from + 1)
  while (table[p] !== old) p = (p + 1) & slotMask
  table[p] = (hash << indexBits) | (to + 1)
}`
}

function emitRehash(shape: ExpanderShape): string {
  const width = shape.stateWords
  return `// Enters states from … to-1, which are known to be distinct, into a cleared table.
function rehash(from, to) {
  for (let start = from; start < to; start += ${batchSize}) {
    const n = Math.min(${batchSize}, to - start)
    for (let i = 0; i < n; i++) hashes[i] = hashAt(states, (start + i) * ${width})
    for (let i = 0; i < n; i++) warm = (warm + table[hashes[i] >>> shift]) | 0
    for (let i = 0; i < n; i++) {
      const hash = hashes[i], entry = (hash << indexBits) | (start + i + 1)
      let p = hash >>> shift
      for (;;) {
        ${
          shape.isShared
            ? 'if (table[p] === 0 && Atomics.compareExchange(table, p, 0, entry) === 0) break'
            : 'if (table[p] === 0) { table[p] = entry; break }'
        }
        p = (p + 1) & slotMask
      }
    }
  }
}`
}
