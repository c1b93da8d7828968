/**
 * Code that chooses a stubborn set of instances in a state: the smallest that is closed under what each member asks for.
 *
 * An enabled member asks for all instances that it interferes with, and, if it can be seen, for all that can be seen. A disabled
 * one asks for those that may make the first conjunct true that is false. Sets of instances are bit masks.
 *
 * Most instances are disabled because their thread is elsewhere, and then all of a thread ask for the same: for what runs where it is. So only
 * instances that are here are members, what each asks for is found out once a state, and closing a set is then a walk over few.
 *
 * Source: Valmari 1998, doi:10.1007/3-540-65306-6_21.
 */

import { indent } from './block.ts'
import { scalarLines } from './emit-expr.ts'
import { functionText, type Interference, type KernelInput, readerOf, scalarBits } from './kernel-input.ts'

/** `choose` and `chosen`: see `Kernel`. */
export function emitStubborn(input: KernelInput, interference: Interference): string {
  const { maskWords, rows, interfering } = interference
  const masks = ['enabled', 'member', 'fresh', 'chosen', 'here', 'known']
  return `const rows = Int32Array.of(${rows.flatMap((row) => [...row]).join(', ')})
const interfering = Int32Array.of(${interfering.join(', ')})
${masks.map((name) => `const ${name} = new Int32Array(${maskWords})`).join('\n')}
// What each instance that is here asks for of those that are, as far as it is known.
const asked = new Int32Array(${maskWords * 32 * maskWords})
const pending = new Int32Array(${maskWords * 32})

${emitPlaces(input, interference)}

${emitBlocked(input, interference)}

${emitAsk(interference)}

// Enabled instances in the least closed set with this one; \`most\` if there are so many.
function close(base, seed, most) {
  ${clear('member', maskWords)}
  member[seed >>> 5] = 1 << (seed & 31)
  pending[0] = seed
  let top = 1, size = 0
  while (top > 0) {
    const i = pending[--top]
    if ((enabled[i >>> 5] >>> (i & 31) & 1) !== 0 && ++size === most) return most
    if ((known[i >>> 5] >>> (i & 31) & 1) === 0) ask(i, base)
    for (let w = 0; w < ${maskWords}; w++) {
      let more = asked[i * ${maskWords} + w] & ~member[w]
      member[w] |= more
      for (; more !== 0; more &= more - 1) pending[top++] = w * 32 + 31 - Math.clz32(more & -more)
    }
  }
  return size
}

function isFresh() {
  for (let w = 0; w < ${maskWords}; w++) if ((member[w] & fresh[w]) !== 0) return true
  return false
}

${emitApart(interference)}

function choose(base, from, to) {
  ${clear('enabled', maskWords)}
  for (let k = from; k < to; k++) enabled[tags[k] >>> 5] |= 1 << (tags[k] & 31)
  let count = 0
  for (let w = 0; w < ${maskWords}; w++) count += bitCount(enabled[w])
  if (count < 2) return false
  if (chooseApart()) return true
  ${clear('known', maskWords)}
  place(base)
  let least = count
  for (let w = 0; w < ${maskWords} && least > 1; w++) {
    for (let rest = enabled[w]; rest !== 0 && least > 1; rest &= rest - 1) {
      const size = close(base, w * 32 + 31 - Math.clz32(rest & -rest), least)
      if (size === least || !isFresh()) continue
      least = size
      ${wordsOf(maskWords, (w) => `chosen[${w}] = member[${w}]`)}
    }
  }
  return least < count
}`
}

/** Word by word: for few words, a call of a built-in function costs more than all of them. */
function wordsOf(maskWords: number, line: (w: number) => string): string {
  return Array.from({ length: maskWords }, (_, w) => line(w)).join('; ')
}

function clear(mask: string, maskWords: number): string {
  return wordsOf(maskWords, (w) => `${mask}[${w}] = 0`)
}

/** `place`: which instances are here. */
function emitPlaces(input: KernelInput, { maskWords, threads, unplaced }: Interference): string {
  const words = Array.from({ length: maskWords }, (_, w) => w)
  const reader = readerOf(input)
  const ownWords = threads.map(({ instances }) => instances.map((i) => i >>> 5))
  const threadOf = Array.from({ length: maskWords * 32 }, (_, i) =>
    threads.findIndex((one) => one.instances.includes(i)),
  )
  return `const threadOf = Int32Array.of(${threadOf.join(', ')})
// Of each thread the row of its instances, its first and last word, and the row of those that are here.
const allRow = Int32Array.of(${threads.map(({ all }) => all).join(', ')})
const hereRow = new Int32Array(${threads.length})
const firstWord = Int32Array.of(${ownWords.map((own) => Math.min(...own)).join(', ')})
const lastWord = Int32Array.of(${ownWords.map((own) => Math.max(...own)).join(', ')})
${functionText('place', 'base', [
  ...words.map((w) => `let here${w} = rows[${unplaced * maskWords + w}]`),
  ...threads.flatMap(({ counter, located }, t) => [
    `const row${t} = ${located} + (${scalarBits(counter, reader)})`,
    `hereRow[${t}] = row${t}`,
    ...words.flatMap((w) => (ownWords[t]?.includes(w) ? [`here${w} |= rows[row${t} * ${maskWords} + ${w}]`] : [])),
  ]),
  ...words.map((w) => `here[${w}] = here${w}`),
])}`
}

/** Where a thread can do one thing only, which concerns nobody else, that is enough. */
function emitApart({ maskWords, apart }: Interference): string {
  const masks = Array.from({ length: maskWords }, (_, w) =>
    apart.reduce((mask, row, i) => (row >= 0 && i >>> 5 === w ? mask | (1 << (i & 31)) : mask), 0),
  )
  return `const apart = Int32Array.of(${masks.join(', ')})
const matesRow = Int32Array.of(${apart.join(', ')})
function chooseApart() {
  for (let w = 0; w < ${maskWords}; w++) {
    for (let rest = enabled[w] & fresh[w] & apart[w]; rest !== 0; rest &= rest - 1) {
      const row = matesRow[w * 32 + 31 - Math.clz32(rest & -rest)]
      let count = 0
      for (let v = 0; v < ${maskWords}; v++) count += bitCount(rows[row * ${maskWords} + v] & enabled[v])
      if (count > 1) continue
      ${clear('chosen', maskWords)}
      chosen[w] = rest & -rest
      return true
    }
  }
  return false
}`
}

/** Of the instances that are asked for those that are here, and what runs here of threads of which others are asked for. */
function emitAsk({ maskWords, visible }: Interference): string {
  return `function ask(i, base) {
  const bit = 1 << (i & 31), at = i * ${maskWords}
  known[i >>> 5] |= bit
  const isEnabled = (enabled[i >>> 5] & bit) !== 0, isSeen = isEnabled && (rows[${visible * maskWords} + (i >>> 5)] & bit) !== 0
  const found = isEnabled ? -1 : blocked(i, base)
  const row = found === -1 ? interfering[i] : found, also = isSeen ? ${visible} : row
  for (let w = 0; w < ${maskWords}; w++) asked[at + w] = (rows[row * ${maskWords} + w] | rows[also * ${maskWords} + w]) & here[w]
  for (let w = 0; w < ${maskWords}; w++) {
    let far = (rows[row * ${maskWords} + w] | rows[also * ${maskWords} + w]) & ~here[w]
    while (far !== 0) {
      const thread = threadOf[w * 32 + 31 - Math.clz32(far & -far)]
      for (let v = firstWord[thread]; v <= lastWord[thread]; v++) asked[at + v] |= rows[hereRow[thread] * ${maskWords} + v]
      far &= ~rows[allRow[thread] * ${maskWords} + w]
    }
  }
}`
}

/** The row of what may enable a disabled instance, or -1 when its guard holds and only its effect has no outcome. */
function emitBlocked(input: KernelInput, { guards }: Interference): string {
  const reader = readerOf(input)
  const cases = guards.flatMap((conjuncts, i) => [
    `case ${i}:`,
    ...indent([
      ...conjuncts.flatMap(({ e, row }) => scalarLines(e, reader, (text) => `if (!${text}) return ${row}`)),
      'return -1',
    ]),
  ])
  return functionText('blocked', 'i, base', ['switch (i) {', ...indent(cases), '}', 'return -1'])
}
