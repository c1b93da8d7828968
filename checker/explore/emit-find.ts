/**
 * Generated code that looks states up, while nobody inserts, and moves them.
 */

import { batchSize } from '../compile/kernel-arrays.ts'
import { hashLines, nextSlot, placeOfHash } from './emit-hash.ts'
import { type ExpanderShape, groupSize } from './expander-shape.ts'

const placeOfState = `(${placeOfHash('multiplier', 'placeShift')}) | 0`

export function emitFind(shape: ExpanderShape, words: readonly number[]): string {
  const { isFolded } = shape
  const whole = isFolded ? 'rows' : 'asked'
  const hash = hashLines(
    shape,
    words.map((w) => `${whole}[${w}]`),
  )
  return `${emitLookUps(shape, words)}
// Index of the state \`asked\`, or -1. Only while nobody inserts.
function find() {
${isFolded ? '  findRowOfAsked()\n' : ''}  ${hash.join('\n  ')}
  return ${isFolded ? 'findAt' : 'findAsked'}(0, h, ${placeOfState})
}
// Transitions of the first \`most\` states \`listed\`, or as many as fit into a batch: how many each has, \`counted\`, and where they lead,
// \`indexOf\`; their instances are tags; what a record tells of each state, \`told\`. Returns how far it came. Only while nobody inserts, of
// states that were all expanded.
function transitionsOf(most) {
  let n = 0, k = 0
  while (k < most && n < ${batchSize}) {
    const begin = k, end = Math.min(k + ${groupSize}, most)
    for (let j = begin; j < end; j++) load(listed[j], 1, j)
    k = ${isFolded ? 'expandGroup' : 'expandBatch'}(begin, end, n)
    for (let j = begin; j < k; j++) {
      counted[j] = ends[j] - n
      told[j] = letter(j * ${shape.stateWords})
      n = ends[j]
    }
  }
${isFolded ? '  foldBatch(n)\n' : ''}  findHashed(n)
  return k
}
// What records tell of the states first … first+count-1.
function tell(first, count) {
  load(first, count, 0)
  for (let j = 0; j < count; j++) told[j] = letter(j * ${shape.stateWords})
}
${emitMove(shape, words)}`
}

function emitLookUps({ isFolded }: ExpanderShape, words: readonly number[]): string {
  return `${isFolded ? '' : `${emitLookUp('findAsked', 'asked', words)}\n`}${emitLookUp('findAt', isFolded ? 'rows' : 'out', words)}
// Like \`find\`, but cache misses overlap.
function findHashed(n) {
  hashAll(n)
  touch(n)
  for (let i = 0; i < n; i++) indexOf[i] = findAt(i * ${words.length}, hashes[i], places[i])
}`
}

function emitLookUp(name: string, found: string, words: readonly number[]): string {
  const same = words.map((w) => `arena[b + ${w}] === found[at + ${w}]`).join(' && ')
  return `function ${name}(at, hash, place) {
  const arena = states, found = ${found}, key = hash << indexBits
  let p = place
  for (;;) {
    const slot = table[p]
    if (slot === 0) return -1
    if ((slot ^ key) >>> indexBits === 0) {
      const index = (slot & indexMask) - 1
      const b = index * ${words.length}
      if (${same}) return index
    }
    ${nextSlot('place', 'slotCount').join('\n    ')}
  }
}`
}

function emitMove(shape: ExpanderShape, words: readonly number[]): string {
  const width = words.length
  return `// Moves states of the newest level to lower indices, a batch at a time so that cache misses overlap.
function move(begin, target, count) {
  const arena = states, slots = table, credits = credit, hashOf = hashes, placeOf = places
  let touched = 0
  for (let done = 0; done < count; done += ${batchSize}) {
    const n = Math.min(${batchSize}, count - done), from = begin + done, to = target + done
    for (let i = 0; i < n; i++) {
      const a = (from + i) * ${width}, b = (to + i) * ${width}
${words.map((w) => `      arena[b + ${w}] = arena[a + ${w}]`).join('\n')}
      credits[to + i - levelStart] = credits[from + i - levelStart]
${hashLines(
  shape,
  words.map((w) => `arena[a + ${w}]`),
)
  .map((line) => `      ${line}`)
  .join('\n')}
      hashOf[i] = h
      placeOf[i] = ${placeOfState}
    }
    for (let i = 0; i < n; i += 4) touched ^= slots[placeOf[i]] ^ slots[placeOf[i + 1]] ^ slots[placeOf[i + 2]] ^ slots[placeOf[i + 3]]
    for (let i = 0; i < n; i++) {
      const key = hashOf[i] << indexBits, old = key | (from + i + 1)
      let p = placeOf[i]
      while (slots[p] !== old) {
        ${nextSlot('placeOf[i]', 'slotCount').join('\n        ')}
      }
      slots[p] = key | (to + i + 1)
    }
  }
  warm = touched
}`
}
