/**
 * Generated code of the inner loop, specialised by state width and by whether other threads write too.
 *
 * It is generated for two reasons, both measured (bench/README.md): literal word offsets, and one private copy a model, so
 * that the call of `kernel.expandBatch` has a single target and stays fast when a process checks several models.
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

import { batchSize, sourceSlots } from '../compile/kernel-arrays.ts'
import { emitFold, emitFoldState } from './emit-fold.ts'
import { emitReducedExpand } from './emit-reduced-expand.ts'
import { emitRehash } from './emit-rehash.ts'
import { emitPrepare, emitSift, emitSiftState } from './emit-sift.ts'
import { arenaWords, type ExpanderShape, rowWords } from './expander-shape.ts'

/** States are read from the arena so many at a time: cache misses overlap, and few are read in vain when a batch is full. */
const groupSize = 16

/** Body of `function (parts)`, returning `{ expand, insertInitial, find, rehash, ... }`. */
export function emitExpander(shape: ExpanderShape): string {
  const width = arenaWords(shape)
  const words = Array.from({ length: width }, (_, w) => w)
  return `'use strict'
const { kernel, states, table, credit, actionOf, claimBlock, edgePlaces, claimSegment } = parts
const { states: sources, successors: out, tags, ends, newOnes, expandBatch, judgeBatch } = kernel
const hashes = new Int32Array(${batchSize} + tags.length), places = new Int32Array(hashes.length), first = new Int32Array(hashes.length)
${emitSiftState(shape)}
${shape.isFolded ? emitFoldState(shape) : ''}
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

${shape.isFolded ? emitFold(shape) : emitLoad(shape)}

${emitExpandStates()}

${emitPrepare(shape)}

${emitSift(shape, words)}

${emitInsertBatch(shape, words)}

${shape.isReduced ? emitReducedExpand(shape) : emitExpand(shape)}

${emitFind(shape, words)}

${emitRehash(width, batchSize)}

return {
  expand, find, transitionsOf, move, resize,
  rehash: (from, to, low, high) => rehash(states, table, from, to, low, high),
  rehashElsewhere: (arena, slots, to) => { rehash(arena, slots, 0, to, 0, slots.length); putOff = [] },
  settle: () => settle(states, table),
  insertInitial: (count) => insertBatch(count),
  setRecording: (is) => { isRecording = is },
  setSegment: (from, end) => { segmentAt = from; segmentEnd = end },
  setBlock: (from, end, start) => { next = from; blockEnd = end; levelStart = start },
  next: () => next,
  blockEnd: () => blockEnd,
  warm: () => warm,${shape.isFolded ? foldMembers : ''}
}`
}

const foldMembers = `
  folding: {
    foldZeros, unfold, enterNodes, resizeNodes,
    fold: (count, to) => { sourceOf.fill(0, 0, count); foldBatch(count); states.set(rows.subarray(0, count * ${rowWords}), to * ${rowWords}) },
    setNodes: (from, end) => { nextNode = from; nodeEnd = end },
    nextNode: () => nextNode,
    nodeEnd: () => nodeEnd,
  },`

function emitLoad({ stateWords }: ExpanderShape): string {
  const words = Array.from({ length: stateWords }, (_, w) => w)
  return `const expandGroup = expandBatch
// Puts the states first … first+count-1 where the kernel expands them, from place k on.
function load(first, count, k) {
  const arena = states, loaded = sources
  for (let i = 0; i < count; i++) {
    const from = (first + i) * ${stateWords}, at = (k + i) * ${stateWords}
${words.map((w) => `    loaded[at + ${w}] = arena[from + ${w}]`).join('\n')}
  }
}`
}

function emitExpandStates(): string {
  return `// Expands states from first on, before \`to\`, until a batch is full; returns how many, at least one.
function expandStates(first, to) {
  const most = Math.min(to - first, ${sourceSlots})
  let k = 0, n = 0
  while (k < most && n < ${batchSize}) {
    const end = Math.min(k + ${groupSize}, most)
    load(first + k, end - k, k)
    k = expandGroup(k, end, n)
    n = ends[k - 1]
  }
  return k
}`
}

/**
 * Where transitions are recorded, indices are collected a batch at a time, so that the loop over the visited set has one store more and
 * nothing else. A record is what `RecordedEdges` says.
 */
function emitExpand({ records, instanceBits }: ExpanderShape): string {
  const expand = `${records ? 'const indexOf = new Int32Array(tags.length)\n' : ''}// Expands states from … to-1 until a batch is full; returns the first state not expanded.
function expand(from, to) {
  const count = expandStates(from, to)
  insertBatch(ends[count - 1])
${records ? '  if (isRecording) record(from, count)\n' : ''}  return from + count
}`
  return records ? `${expand}\n${emitRecord(instanceBits)}` : expand
}

function emitRecord(instanceBits: number): string {
  return `// Records the transitions of the last batch, made by \`count\` states from \`first\` on.
function record(first, count) {
  const arena = states, targets = indexOf, instances = tags, stateEnds = ends, places = edgePlaces
  let at = segmentAt, k = 0
  for (let j = 0; j < count; j++) {
    const state = first + j, begin = k, end = stateEnds[j], size = end - k
    if (at + 2 * size >= segmentEnd) {
      if (!claimSegment()) return
      at = segmentAt
    }
    places[state] = at
    arena[at++] = size
    let tooFar = 0
    for (; k < end; k++) {
      const away = targets[k] - state, packed = (away << ${instanceBits}) | instances[k]
      tooFar |= (packed >> ${instanceBits}) ^ away
      arena[at++] = packed
    }
    if (tooFar !== 0) at = recordFar(arena, at - size - 1, begin, end)
  }
  segmentAt = at
}
// Records transitions of one state, some of which lead too far for one word; returns where its record ends.
function recordFar(arena, from, begin, end) {
  let at = from
  arena[at++] = ~(end - begin)
  for (let k = begin; k < end; k++) {
    arena[at++] = indexOf[k]
    arena[at++] = tags[k]
  }
  return at
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
  const width = arenaWords(shape)
  const { isFolded } = shape
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
  ${isFolded ? 'foldBatch(n)' : ''}
  const m = sift(n)
  touch(m)
  judgeBatch(enterBatch(m))
}
// Enters the first m states that were sifted; returns how many are new, which are \`newOnes\`.
function enterBatch(m) {
  const arena = states, slots = table, found = ${isFolded ? 'rows' : 'out'}, freshOnes = newOnes, hashOf = hashes, placeOf = places, credits = credit${shape.records ? ', targets = indexOf' : ''}
  const bits = indexBits, mask = indexMask, last = slotCount - 1, start = levelStart, siftedAt = sifted
${shape.isShared ? '  const isEarly = earlyBatches > 0\n  earlyBatches -= isEarly ? 1 : 0\n' : ''}  let to = next, end = blockEnd, count = 0
  for (let i = 0; i < m; i++) {
    const which = siftedAt[i], at = which * ${width}, key = hashOf[i] << bits
    let p = placeOf[i], slot = slots[p]
    for (;;) {
      if (slot === 0) {
        if (to === end) {
          next = to
          claimBlock()
          to = next
          end = blockEnd
        }
        const action = actionOf[tags[which]]
${copy}
        credits[to - start] = action
${claim}
        freshOnes[count++] = which
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
  next = to
  return count
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

function emitFind({ isFolded, stateWords }: ExpanderShape, words: readonly number[]): string {
  const same = words.map((w) => `states[b + ${w}] === a[at + ${w}]`).join(' && ')
  const find = isFolded
    ? `  findRow(a, at, 0)
  const hash = hashAt(rows, 0)
  return findAt(rows, 0, hash, Math.imul(hash >>> 3, multiplier) >>> placeShift)`
    : `  const hash = hashAt(a, at)
  return findAt(a, at, hash, Math.imul(hash >>> 3, multiplier) >>> placeShift)`
  return `// Index of the state at a[at…], or -1. Only while nobody inserts.
function find(a, at) {
${find}
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
${isFolded ? `  for (let i = 0; i < n; i++) findRow(out, i * ${stateWords}, i)\n` : ''}  findHashed(n, targets, at)
}
function findHashed(n, targets, at) {
  hashAll(n)
  touch(n)
  for (let i = 0; i < n; i++) targets[at + i] = findAt(${isFolded ? 'rows' : 'out'}, i * ${words.length}, hashes[i], places[i])
}
// Transitions of the states list[from] … list[to-1], as many as fit into a batch: how many each has, to counts[from…], and where they lead,
// to targets[at…]; their instances are tags. Returns how far it came. Only while nobody inserts, of states that were all expanded.
function transitionsOf(list, from, to, counts, targets, at) {
  const most = Math.min(to - from, ${sourceSlots})
  let n = 0, k = 0
  while (k < most && n < ${batchSize}) {
    const begin = k, end = Math.min(k + ${groupSize}, most)
    for (let j = begin; j < end; j++) load(list[from + j], 1, j)
    k = expandGroup(begin, end, n)
    for (let j = begin; j < k; j++) {
      counts[from + j] = ends[j] - n
      n = ends[j]
    }
  }
${isFolded ? '  foldBatch(n)\n' : ''}  findHashed(n, targets, at)
  return from + k
}
// Moves states of the newest level to lower indices.
function move(from, to, count) {
  for (let end = from + count; from < end; from++, to++) {
    const a = from * ${words.length}, b = to * ${words.length}
${words.map((w) => `    states[b + ${w}] = states[a + ${w}]`).join('\n')}
    credit[to - levelStart] = credit[from - levelStart]
    const hash = hashAt(states, a), old = (hash << indexBits) | (from + 1)
    let p = Math.imul(hash >>> 3, multiplier) >>> placeShift
    while (table[p] !== old) p = p + 1 === slotCount ? 0 : p + 1
    table[p] = (hash << indexBits) | (to + 1)
  }
}`
}
