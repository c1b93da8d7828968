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

import { emitFold, emitFoldState } from './emit-fold.ts'
import { emitReducedExpand } from './emit-reduced-expand.ts'
import { emitRehash } from './emit-rehash.ts'
import { emitPrepare, emitSift, emitSiftState } from './emit-sift.ts'
import { arenaWords, batchSize, type ExpanderShape, emitExpandOne, rowWords } from './expander-shape.ts'

/** Body of `function (parts)`, returning `{ expand, insertInitial, find, rehash, ... }`. */
export function emitExpander(shape: ExpanderShape): string {
  const width = arenaWords(shape)
  const words = Array.from({ length: width }, (_, w) => w)
  return `'use strict'
const { kernel, states, table, credit, actionOf, lanes, out, tags, claimBlock, edgePlaces, claimSegment } = parts
const { expand: expandState, judge, digest } = kernel
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

${shape.isFolded ? emitFold(shape) : ''}

${emitPrepare(shape)}

${emitSift(shape, words)}

${emitInsertBatch(shape, words)}

${emitJudgeNew(shape)}

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

/** Folded states are judged where they were made, before the next batch. */
function emitJudgeNew({ isFolded, stateWords }: ExpanderShape): string {
  if (isFolded)
    return `const batchOfNew = new Int32Array(tags.length)
// Judges the new states of this batch.
function judgeBatch(count) {
  for (let i = 0; i < count; i++) {
    judge(out, batchOfNew[i] * ${stateWords})
    digest(out, batchOfNew[i] * ${stateWords}, lanes)
  }
}`
  return `function judgeNew(from, to) {
  for (let i = from; i < to; i++) {
    judge(states, i * ${stateWords})
    digest(states, i * ${stateWords}, lanes)
  }
}`
}

/**
 * Where transitions are recorded, indices are collected a batch at a time, so that the loop over the visited set has one store more and
 * nothing else. A record is what `RecordedEdges` says.
 */
function emitExpand(shape: ExpanderShape): string {
  const what = `// Expands states from … to-1 until a batch is full; returns the first state not expanded.
function expand(from, to, room)`
  if (!shape.records && shape.isFolded)
    return `${what} {
  const start = from
  let n = 0
  while (from < to && n <= room && from - start < ${batchSize}) {
    ${emitExpandOne(shape, 'from', 'from - start')}
    from++
  }
  insertBatch(n)
  return from
}`
  if (!shape.records)
    return `${what} {
  let n = 0
  while (from < to && n <= room) {
    ${emitExpandOne(shape, 'from', '')}
    from++
  }
  insertBatch(n)
  return from
}`
  return `const ends = new Int32Array(${batchSize}), indexOf = new Int32Array(tags.length)
${what} {
  let n = 0, count = 0
  while (from < to && n <= room && count < ${batchSize}) {
    ${emitExpandOne(shape, 'from', 'count')}
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
    const state = first + j, begin = k, end = stateEnds[j], size = end - k
    if (at + 2 * size >= segmentEnd) {
      if (!claimSegment()) return
      at = segmentAt
    }
    places[state] = at
    arena[at++] = size
    let tooFar = 0
    for (; k < end; k++) {
      const away = targets[k] - state, packed = (away << ${shape.instanceBits}) | instances[k]
      tooFar |= (packed >> ${shape.instanceBits}) ^ away
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
  ${isFolded ? 'judgeBatch(enterBatch(m))' : 'judgeNew(enterBatch(m), next)'}
}
// Enters the first m states that were sifted; returns ${isFolded ? 'how many are new' : 'where those begin that are not judged'}.
function enterBatch(m) {
  const arena = states, slots = table, found = ${isFolded ? 'rows, newOnes = batchOfNew' : 'out'}, hashOf = hashes, placeOf = places, credits = credit${shape.records ? ', targets = indexOf' : ''}
  const bits = indexBits, mask = indexMask, last = slotCount - 1, start = levelStart, siftedAt = sifted
${shape.isShared ? '  const isEarly = earlyBatches > 0\n  earlyBatches -= isEarly ? 1 : 0\n' : ''}  let to = next, end = blockEnd, ${isFolded ? 'newCount = 0' : 'judged = next'}
  for (let i = 0; i < m; i++) {
    const which = siftedAt[i], at = which * ${width}, key = hashOf[i] << bits
    let p = placeOf[i], slot = slots[p]
    for (;;) {
      if (slot === 0) {
        if (to === end) {
          ${isFolded ? 'next = to' : 'judgeNew(judged, to)'}
          claimBlock()
          ${isFolded ? '' : 'judged = '}to = next
          end = blockEnd
        }
        const action = actionOf[tags[which]]
${copy}
        credits[to - start] = action
${claim}
${isFolded ? '        newOnes[newCount++] = which\n' : ''}${noteTarget('to')}        to++
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
  return ${isFolded ? 'newCount' : 'judged'}
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
  const successors = isFolded
    ? `    unfold(list[i], 1, sources, sourceNumbers, i - from)
    n += expandState(sources, (i - from) * ${stateWords}, out, tags, n)
    sourceOf.fill(i - from, begin, n)`
    : `    n += expandState(states, list[i] * ${stateWords}, out, tags, n)`
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
  let n = 0, i = from
  for (; i < to && n < ${batchSize} && i - from < ${batchSize}; i++) {
    const begin = n
${successors}
    counts[i] = n - begin
  }
${isFolded ? '  foldBatch(n)\n' : ''}  findHashed(n, targets, at)
  return i
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
