/**
 * Generated code of the inner loop, specialised by state width and by whether other threads write too.
 *
 * It is generated for two reasons, both measured (bench/README.md): literal word offsets, and one private copy a model, so
 * that the call of `kernel.expand` has a single target and stays fast when a process checks several models.
 *
 * Successors are produced a batch at a time: all are hashed, then all first slots are read, then all states that these
 * slots point to under the right tag, and only then is each probed. Cache misses of a batch overlap instead of queueing.
 *
 * Before that, those that were met just before are sifted out: neighbours in a level have many successors in common.
 *
 * Races (with other threads): slots are read plainly; only an empty slot is claimed, by compare-and-exchange, after the
 * state's words were written. A slot never changes once claimed, so a plain read is either 0 (the claim then fails and the
 * slot is read again) or final. A mismatch under an equal tag is read again atomically, because a plain read of the
 * words may be older than the slot.
 *
 * Every function copies what it reads from the closure into constants first: the optimiser then checks and loads them once a
 * batch, not once an access, and the loops that only wait for memory become short enough for many misses to overlap.
 */

import { emitReducedExpand } from './emit-reduced-expand.ts'
import { emitRehash } from './emit-rehash.ts'
import { emitPrepare, emitSift, emitSiftState } from './emit-sift.ts'

/** Successors in a batch: enough to overlap misses, small enough to stay in the first-level cache. */
export const batchSize = 512

export interface ExpanderShape {
  readonly stateWords: number
  readonly isShared: boolean
  /** For tests: hashes are cut to 8 bits, so that nearly every lookup meets a collision. */
  readonly hasWeakHash: boolean
  /** Transitions are recorded on the way, while there is room. */
  readonly records: boolean
  /** Whether only a part of the successors is followed where that is enough. */
  readonly isReduced: boolean
}

/** Body of `function (parts)`, returning `{ expand, insertInitial, find, rehash, ... }`. */
export function emitExpander(shape: ExpanderShape): string {
  const words = Array.from({ length: shape.stateWords }, (_, w) => w)
  return `'use strict'
const { kernel, states, table, credit, actionOf, lanes, out, tags, claimBlock, edgePlaces, claimSegment } = parts
const { expand: expandState, judge, digest } = kernel
const hashes = new Int32Array(${batchSize} + tags.length), places = new Int32Array(hashes.length), first = new Int32Array(hashes.length)
${emitSiftState(shape)}
let indexBits = 0, indexMask = 0, multiplier = 0, placeShift = 0, slotCount = 0
let next = 0, blockEnd = 0, levelStart = 0, warm = 0
// So many batches read states again even if they are equal: what the optimiser has not seen happen makes it throw a function away.
let earlyBatches = 256
let isRecording = false, segmentAt = 0, segmentEnd = 0

${emitHash(shape, words)}

// The table has \`multiplier * 2^(29 - placeShift)\` slots; a hash belongs to the slot at that share of it.
function resize(slots, multiple, shift, bits) {
  slotCount = slots
  multiplier = multiple
  placeShift = shift
  indexBits = bits
  indexMask = (2 ** bits - 1) | 0
}

${emitPrepare(shape.stateWords)}

${emitSift(shape, words)}

${emitInsertBatch(shape, words)}

function judgeNew(from, to) {
  for (let i = from; i < to; i++) {
    judge(states, i * ${shape.stateWords})
    digest(states, i * ${shape.stateWords}, lanes)
  }
}

${shape.isReduced ? emitReducedExpand(shape.stateWords) : emitExpand(shape)}

${emitFind(words)}

${emitRehash(shape.stateWords, batchSize)}

return {
  expand, find, findBatch, move, resize,
  rehash: (from, to, low, high) => rehash(states, table, from, to, low, high),
  rehashElsewhere: (arena, slots, to) => { rehash(arena, slots, 0, to, 0, slots.length); putOff = [] },
  settle: () => settle(states, table),
  insertInitial: (count) => insertBatch(count),
  setRecording: (is) => { isRecording = is },
  setSegment: (from, end) => { segmentAt = from; segmentEnd = end },
  setBlock: (from, end, start) => { next = from; blockEnd = end; levelStart = start },
  next: () => next,
  blockEnd: () => blockEnd,
  warm: () => warm,
}`
}

/**
 * Where transitions are recorded, indices are collected a batch at a time, so that the loop over the visited set has one store more and
 * nothing else. A record is what `RecordedEdges` says.
 */
function emitExpand(shape: ExpanderShape): string {
  const expandOne = `n += expandState(states, from * ${shape.stateWords}, out, tags, n)`
  const what = `// Expands states from … to-1 until a batch is full; returns the first state not expanded.
function expand(from, to, room)`
  if (!shape.records)
    return `${what} {
  let n = 0
  while (from < to && n <= room) {
    ${expandOne}
    from++
  }
  insertBatch(n)
  return from
}`
  return `const ends = new Int32Array(${batchSize}), indexOf = new Int32Array(tags.length)
${what} {
  let n = 0, count = 0
  while (from < to && n <= room && count < ${batchSize}) {
    ${expandOne}
    ends[count++] = n
    from++
  }
  insertBatch(n)
  if (isRecording) record(from - count, count)
  return from
}
// Records the transitions of the last batch, made by \`count\` states from \`first\` on.
function record(first, count) {
  const arena = states, targets = indexOf, instances = tags, stateEnds = ends, places = edgePlaces
  let at = segmentAt, k = 0
  for (let j = 0; j < count; j++) {
    const end = stateEnds[j], size = end - k
    if (at + 2 * size >= segmentEnd) {
      if (!claimSegment()) return
      at = segmentAt
    }
    places[first + j] = at
    arena[at++] = size
    for (; k < end; k++) {
      arena[at++] = targets[k]
      arena[at++] = instances[k]
    }
  }
  segmentAt = at
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

function emitInsertBatch(shape: ExpanderShape, words: readonly number[]): string {
  const width = shape.stateWords
  const same = words.map((w) => `arena[b + ${w}] === found[at + ${w}]`).join(' && ')
  const differenceAtomically = words.map((w) => `(Atomics.load(arena, b + ${w}) ^ found[at + ${w}])`).join(' | ')
  const reread = `        if (!isSame || isEarly) isSame = (${differenceAtomically}) === 0\n`
  const copy = words.map((w) => `        arena[to * ${width} + ${w}] = found[at + ${w}]`).join('\n')
  const claim = shape.isShared
    ? `        slot = Atomics.compareExchange(slots, p, 0, key | (to + 1))
        if (slot !== 0) continue`
    : '        slots[p] = key | (to + 1)'
  const noteTarget = (index: string): string => (shape.records ? `        targets[which] = ${index}\n` : '')
  return `function insertBatch(n) {
  const arena = states, slots = table, found = out, hashOf = hashes, placeOf = places, credits = credit${shape.records ? ', targets = indexOf' : ''}
  const bits = indexBits, mask = indexMask, last = slotCount - 1, start = levelStart, siftedAt = sifted
${shape.isShared ? '  const isEarly = earlyBatches > 0\n  earlyBatches -= isEarly ? 1 : 0\n' : ''}  const m = sift(n)
  touch(m)
  let to = next, end = blockEnd, judged = next
  for (let i = 0; i < m; i++) {
    const which = siftedAt[i], at = which * ${width}, key = hashOf[i] << bits
    let p = placeOf[i], slot = slots[p]
    for (;;) {
      if (slot === 0) {
        if (to === end) {
          judgeNew(judged, to)
          claimBlock()
          judged = to = next
          end = blockEnd
        }
        const action = actionOf[tags[which]]
${copy}
        credits[to - start] = action
${claim}
${noteTarget('to')}        to++
        break
      }
      if ((slot ^ key) >>> bits === 0) {
        const index = (slot & mask) - 1, b = index * ${width}
        ${shape.isShared ? 'let' : 'const'} isSame = ${same}
${shape.isShared ? reread : ''}        if (isSame) {
${noteTarget('index')}          if (index >= start) ${shape.isShared ? 'lowerCredit(index - start, actionOf[tags[which]])' : 'if (actionOf[tags[which]] < credits[index - start]) credits[index - start] = actionOf[tags[which]]'}
          break
        }
      }
      p = p === last ? 0 : p + 1
      slot = slots[p]
    }
  }
  judgeNew(judged, to)
  next = to
}
function lowerCredit(at, action) {
  let seen = credit[at]
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
function find(a, at) {
  const hash = hashAt(a, at)
  return findAt(a, at, hash, Math.imul(hash >>> 3, multiplier) >>> placeShift)
}
function findAt(a, at, hash, place) {
  const key = hash << indexBits
  for (let p = place; ; p = p + 1 === slotCount ? 0 : p + 1) {
    const slot = table[p]
    if (slot === 0) return -1
    if ((slot ^ key) >>> indexBits === 0) {
      const index = (slot & indexMask) - 1
      const b = index * ${words.length}
      if (${same}) return index
    }
  }
}
// The indices of the first n states of \`out\`, to targets[at…]: like \`find\`, but cache misses overlap.
function findBatch(n, targets, at) {
  hashAll(n)
  touch(n)
  for (let i = 0; i < n; i++) targets[at + i] = findAt(out, i * ${words.length}, hashes[i], places[i])
}
// Points the slot of the state at index \`from\` to \`to\`, its copy.
function move(from, to) {
  const hash = hashAt(states, from * ${words.length})
  let p = Math.imul(hash >>> 3, multiplier) >>> placeShift
  const old = (hash << indexBits) | (from + 1)
  while (table[p] !== old) p = p + 1 === slotCount ? 0 : p + 1
  table[p] = (hash << indexBits) | (to + 1)
}`
}
