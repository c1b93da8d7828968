/**
 * Generated code of the inner loop, specialised by state width and by whether other threads write too. It is of the language of
 * `machine/syntax.ts`, and given the arrays and functions that `expander-program.ts` lists.
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
 * Every function copies what it reads of the variables outside into constants first, arrays too: where it runs as JavaScript, the optimiser
 * then checks and loads them once a batch, not once an access, and the loops that only wait for memory become short enough
 * for many misses to overlap.
 */

import { batchSize, sourceSlots, successorSlots } from '../compile/kernel-arrays.ts'
import { emitFind } from './emit-find.ts'
import { emitFold, emitFoldArrays } from './emit-fold.ts'
import { nextSlot } from './emit-hash.ts'
import { emitRecord } from './emit-record.ts'
import { emitReducedExpand } from './emit-reduced-expand.ts'
import { emitRehash } from './emit-rehash.ts'
import { emitPrepare, emitSift, emitSiftArrays } from './emit-sift.ts'
import { arenaWords, type ExpanderShape, groupSize } from './expander-shape.ts'

/** Functions and arrays that every shape offers. */
const offered = [
  ...['expand', 'insertBatch', 'find', 'asked', 'move'],
  ...['transitionsOf', 'tell', 'listed', 'counted', 'told', 'indexOf'],
  ...['actionOf', 'credited'],
  ...['rehash', 'resize', 'setRecording', 'setSegment', 'setBlock', 'nextIndex', 'endOfBlock'],
]
/** Those of folded states. */
const offeredFolded = [
  ...['foldZeros', 'unfold', 'unfolded', 'load', 'foldStates'],
  ...['enterNodes', 'resizeNodes', 'setNodes', 'numberOfNext', 'endOfNodes'],
]

export function emitExpander(shape: ExpanderShape): string {
  const words = Array.from({ length: arenaWords(shape) }, (_, w) => w)
  const names = [...offered, ...(shape.isFolded ? offeredFolded : [])]
  return `${emitArrays(shape)}
let indexBits = 0, indexMask = 0, multiplier = 0, placeShift = 0, slotCount = 0
let next = 0, blockEnd = 0, levelStart = 0, warm = 0
let isRecording = false, segmentAt = 0, segmentEnd = 0

// The table has \`multiplier * 2^(29 - placeShift)\` slots; a hash belongs to the slot at that share of it.
function resize(slots, multiple, shift, bits) {
  slotCount = slots
  multiplier = multiple
  placeShift = shift
  indexBits = bits
  indexMask = (1 << bits) - 1 | 0
}
function setRecording(is) { isRecording = is !== 0 }
function setSegment(from, end) {
  segmentAt = from
  segmentEnd = end
}
function setBlock(from, end, start) {
  next = from
  blockEnd = end
  levelStart = start
}
function nextIndex() { return next }
function endOfBlock() { return blockEnd }

${shape.isFolded ? emitFold(shape) : emitLoad(shape)}

${emitExpandStates(shape)}

${emitPrepare(shape)}

${emitSift(shape, words)}

${emitInsertBatch(shape, words)}

${emitFind(shape, words)}

${shape.isReduced ? emitReducedExpand(shape) : emitExpand(shape)}

${emitRehash(shape, words)}

return { ${names.join(', ')} }`
}

/** Declarations of the arrays that each thread has for itself. */
export function emitArrays(shape: ExpanderShape): string {
  const slots = successorSlots(shape.maxSuccessors)
  return `// For each instance its action. Initial states are entered as if the first instance had made them, even if there is none.
const actionOf = new Int32Array(${Math.max(1, shape.instanceCount)})
// For each action how many states of those that this thread met it was the first to make; less than none where another thread met more of them.
const credited = new Int32Array(${Math.max(1, shape.actionCount)})
// Slots are read four at a time, so up to three more than there are.
const hashes = new Int32Array(${slots + 4}), places = new Int32Array(${slots + 4}), first = new Int32Array(${slots + 4})
// Of each successor its index, or -1.
const indexOf = new Int32Array(${slots})
// A state that is looked for; states whose transitions are, how many each has, and what is told of it.
const asked = new Int32Array(${shape.stateWords}), listed = new Int32Array(${sourceSlots}), counted = new Int32Array(${sourceSlots})
const told = new Int32Array(${sourceSlots})
${emitSiftArrays(shape)}
${shape.isFolded ? emitFoldArrays(shape) : ''}`
}

function emitLoad({ stateWords }: ExpanderShape): string {
  const words = Array.from({ length: stateWords }, (_, w) => w)
  return `// Puts the states first … first+count-1 where the kernel expands them, from place k on.
function load(first, count, k) {
  const arena = states, loaded = sources
  for (let i = 0; i < count; i++) {
    const from = (first + i) * ${stateWords}, at = (k + i) * ${stateWords}
${words.map((w) => `    loaded[at + ${w}] = arena[from + ${w}]`).join('\n')}
  }
}`
}

function emitExpandStates({ isFolded }: ExpanderShape): string {
  return `// Expands states from first on, before \`to\`, until a batch is full; returns how many, at least one.
function expandStates(first, to) {
  const most = Math.min(to - first, ${sourceSlots})
  let k = 0, n = 0
  while (k < most && n < ${batchSize}) {
    const end = Math.min(k + ${groupSize}, most)
    load(first + k, end - k, k)
    k = ${isFolded ? 'expandGroup' : 'expandBatch'}(k, end, n)
    n = ends[k - 1]
  }
  return k
}`
}

/**
 * Where transitions are recorded, indices are collected a batch at a time, so that the loop over the visited set has one store more and
 * nothing else.
 */
function emitExpand(shape: ExpanderShape): string {
  const expand = `// Expands states from … to-1 until a batch is full; returns the first state not expanded.
function expand(from, to) {
  const count = expandStates(from, to)
  insertBatch(ends[count - 1])
${shape.record === null ? '' : '  if (isRecording) record(from, count)\n'}  return from + count
}`
  return `${emitRecord(shape)}\n${expand}`
}

/** Gives a state of the newest level to an earlier action, of all that make it. */
function emitLowerCredit({ isShared }: ExpanderShape): string {
  const alone = `  credited[credit[at]]--
  credited[action]++
  credit[at] = action`
  const shared = `  const credits = credit
  let seen = credits[at]
  while (action < seen) {
    const found = Atomics.compareExchange(credits, at, seen, action)
    if (found === seen) {
      credited[seen]--
      credited[action]++
      break
    }
    seen = found
  }`
  return `function lowerCredit(at, action) {
${isShared ? shared : alone}
}`
}

function emitInsertBatch(shape: ExpanderShape, words: readonly number[]): string {
  const width = arenaWords(shape)
  const { isFolded, isShared } = shape
  const same = words.map((w) => `arena[b + ${w}] === found[at + ${w}]`).join(' && ')
  const differenceAtomically = words.map((w) => `(Atomics.load(arena, b + ${w}) ^ found[at + ${w}])`).join(' | ')
  const reread = `        if (!isSame) isSame = (${differenceAtomically}) === 0\n`
  const copy = words.map((w) => `        arena[to * ${width} + ${w}] = found[at + ${w}]`).join('\n')
  const claim = isShared
    ? `        slot = Atomics.compareExchange(slots, p, 0, key | (to + 1))
        if (slot !== 0) continue`
    : '        slots[p] = key | (to + 1)'
  const noteTarget = (index: string): string => (shape.record !== null ? `        targets[which] = ${index}\n` : '')
  return `${emitLowerCredit(shape)}
// Enters the first m states that were sifted; returns how many are new, which are \`newOnes\`.
function enterBatch(m) {
  const arena = states, slots = table, found = ${isFolded ? 'rows' : 'out'}, freshOnes = newOnes, hashOf = hashes, placeOf = places, credits = credit, targets = indexOf
  const tagOf = tags, actions = actionOf, siftedAt = sifted, creditedTo = credited
  const bits = indexBits, mask = indexMask, tableSlots = slotCount, start = levelStart
  let to = next, end = blockEnd, count = 0
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
        const action = actions[tagOf[which]]
${copy}
        credits[to - start] = action
${claim}
        creditedTo[action]++
        freshOnes[count++] = which
${noteTarget('to')}        to++
        break
      }
      if ((slot ^ key) >>> bits === 0) {
        const index = (slot & mask) - 1, b = index * ${width}
        ${isShared ? 'let' : 'const'} isSame = ${same}
${isShared ? reread : ''}        if (isSame) {
${noteTarget('index')}          if (index >= start) {
            const action = actions[tagOf[which]], c = index - start
            if (action < credits[c]) lowerCredit(c, action)
          }
          break
        }
      }
      ${nextSlot('placeOf[i]', 'tableSlots').join('\n      ')}
      slot = slots[p]
    }
  }
  next = to
  return count
}
function insertBatch(n) {
  ${isFolded ? 'foldBatch(n)' : ''}
  const m = sift(n)
  touch(m)
  judgeBatch(enterBatch(m))
}`
}
