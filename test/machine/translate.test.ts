/**
 * The language of generated programs is a subset of JavaScript: what is translated has to do what JavaScript does.
 */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildMachine, type Running, run } from '../../checker/machine/machine.ts'
import { reserveMemory } from '../../checker/machine/reserve.ts'
import { lawOf, lawTimeoutMs } from '../support/law.ts'

/** What the language has beside JavaScript. */
const builtins = `
function fail() { throw 'model error' }
function quotient(a, b) { return Math.floor(a / b) }
function modulo(a, b) { return a - Math.floor(a / b) * b }
`

interface Loaded {
  readonly call: (name: string, ...inputs: readonly number[]) => number
  readonly array: (name: string) => readonly number[]
}

function inJavaScript(text: string): Loaded {
  const offered = new Function(builtins + text)()
  return { call: (name, ...inputs) => Number(offered[name](...inputs)), array: (name) => [...offered[name]] }
}

function inMachine(text: string): Loaded {
  const running = run(buildMachine(text))
  return {
    call: (name, ...inputs) => running.function(name)(...inputs),
    array: (name) => [...(running.array(name) ?? [])],
  }
}

const shift = fc.integer({ min: 0, max: 31 })
const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

const literal = fc
  .oneof(fc.integer({ min: -9, max: 9 }), word, fc.integer({ min: -(2 ** 33), max: 2 ** 33 }))
  .map((value) => (value < 0 ? `(${value})` : String(value)))

const divisor = fc
  .oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: -40, max: -1 }), fc.constant(2 ** 31 - 1))
  .map((value) => `(${value})`)

/** `exact`: numbers that are not computed modulo 2^32; of at most 2^40, so that sums and products of few stay exact in JavaScript. */
const { exact, truth } = fc.letrec<{ exact: string; words: string; truth: string }>((tie) => ({
  exact: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    literal,
    fc
      .tuple(fc.constantFrom('a', 'b'), shift, fc.integer({ min: 0, max: 5000 }))
      .map(([of, by, mask]) => `(${of} >>> ${by} & ${mask})`),
    fc.tuple(tie('words'), shift).map(([of, by]) => `(${of} >>> ${by})`),
    fc.tuple(tie('exact'), tie('exact'), fc.constantFrom('+', '-')).map(([l, r, o]) => `(${l} ${o} ${r})`),
    fc.tuple(tie('exact'), fc.integer({ min: -6, max: 6 })).map(([l, r]) => `(${l} * ${r < 0 ? `(${r})` : r})`),
    fc.tuple(fc.constantFrom('quotient', 'modulo'), tie('exact'), divisor).map(([f, l, r]) => `${f}(${l}, ${r})`),
    fc
      .tuple(fc.constantFrom('Math.min', 'Math.max'), tie('exact'), tie('exact'))
      .map(([f, l, r]) => `${f}(${l}, ${r})`),
    tie('words').map((of) => `Math.clz32(${of})`),
    fc.tuple(tie('truth'), tie('exact'), tie('exact')).map(([t, l, r]) => `(${t} ? ${l} : ${r})`),
    fc.tuple(tie('truth'), tie('exact')).map(([t, e]) => `(${t} ? fail() : ${e})`),
    fc.tuple(tie('exact'), tie('exact')).map(([l, r]) => `(${l}, ${r})`),
  ),
  words: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'table[b & 3]', 'table[2]'),
    fc.tuple(tie('words'), tie('words'), fc.constantFrom('|', '&', '^')).map(([l, r, o]) => `(${l} ${o} ${r})`),
    fc.tuple(tie('words'), tie('words')).map(([l, r]) => `Math.imul(${l}, ${r})`),
    fc.tuple(tie('words'), tie('words'), fc.constantFrom('<<', '>>')).map(([l, r, o]) => `(${l} ${o} ${r})`),
    tie('words').map((of) => `~${of}`),
    tie('exact').map((of) => `(${of} | 0)`),
  ),
  truth: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('true', 'false'),
    fc
      .tuple(tie('exact'), tie('exact'), fc.constantFrom('<', '<=', '>', '>=', '===', '!=='))
      .map(([l, r, o]) => `(${l} ${o} ${r})`),
    fc.tuple(tie('words'), tie('words'), fc.constantFrom('===', '!==')).map(([l, r, o]) => `(${l} ${o} ${r})`),
    fc.tuple(tie('words'), shift).map(([mask, i]) => `hasBit(${mask}, ${i})`),
    tie('truth').map((of) => `!${of}`),
    fc
      .tuple(fc.array(tie('truth'), { minLength: 2, maxLength: 4 }), fc.constantFrom('&&', '||'))
      .map(([of, o]) => `(${of.join(` ${o} `)})`),
  ),
}))

/** What a text gives: its low and its high half, or that it failed. */
function programOf(body: string): string {
  return `const table = Int32Array.of(7, -8, 2147483647, -2147483648), found = new Int32Array(3)
function hasBit(mask, i) { return i >= 0 && (mask >>> i & 1) !== 0 }
function run(a, b) {
  try {
    const value = ${body}
    found[0] = value | 0
    found[1] = quotient(value, 4294967296)
    found[2] = 0
  } catch {
    found[2] = 1
  }
}
return { run, found }`
}

describe('expressions', () => {
  it(
    'have the value that they have in JavaScript',
    () => {
      const texts = fc.oneof(
        exact,
        truth.map((test) => `(${test} ? 1 : 0)`),
      )
      fc.assert(
        fc.property(texts, fc.array(fc.tuple(word, word), { minLength: 4, maxLength: 4 }), (text, inputs) => {
          const program = programOf(text)
          const here = inJavaScript(program)
          const there = inMachine(program)
          for (const [a, b] of inputs) {
            here.call('run', a, b)
            there.call('run', a, b)
            expect(there.array('found')).toEqual(here.array('found'))
          }
        }),
        lawOf(20261126, 1000),
      )
    },
    lawTimeoutMs,
  )

  it.each([
    ['quotient(2147483623, -34)', -63161284],
    ['quotient(-2147483640, 34)', -63161284],
    ['quotient((a | 0), 7)', -306783379],
    ['modulo((a | 0), -7)', -2],
  ])('divide numbers next to the last of 32 bits: %s', (text, wanted) => {
    const program = programOf(text)
    for (const loaded of [inJavaScript(program), inMachine(program)]) {
      loaded.call('run', -(2 ** 31), 0)
      expect(loaded.array('found')[0]).toBe(wanted)
    }
  })
})

describe('statements', () => {
  it.each([
    [
      'a loop',
      'let n = 0\nfor (let i = 0; i < 9; i++) { if (i === a) continue\n if (i === b) break\n n += i * 2 }\nreturn n',
    ],
    ['two counters', 'let n = 0\nfor (let i = 0, k = 9; i < k; i++, k--) n = n * 3 + k - i\nreturn n'],
    ['a loop without a test', 'let n = a & 7\nfor (;;) { n++\n if (n > 20) return n }'],
    ['while', 'let n = a & 63, k = 0\nwhile (n !== 0) { n = n >> 1\n k++ }\nreturn k'],
    [
      'a switch that falls through',
      'let n = 0\nswitch (a & 7) { case 1: n += 1\n case 2: n += 10\n break\n case 5: case 6: { n += 100\n break }\n default: n += 1000 }\nreturn n',
    ],
    [
      'a switch over numbers far apart',
      'let n = 0\nswitch (a >>> 0) { case 4294967293: return 1\n case 2: n = 5\n default: n += 2\n break\n case 2147483647: return 3\n case 70000: return 4 }\nswitch (a >>> 0) { case 4294967292: return 5\n case 4294967293: return 6 }\nreturn n',
    ],
    ['a switch over negative numbers', 'switch (a | 0) { case -3: return 1\n case 2: return 2 }\nreturn 3'],
    [
      'a failure within',
      'try { try { if (a === 2) fail() } catch { if (b === 5) fail()\n return 7 }\n return 8 } catch { return 9 }',
    ],
    [
      'what was done before a failure',
      'let n = 1\ntry { n = 2\n words[3] = n\n n = (a === 2 ? fail() : 4) } catch { n += words[3] * 10 }\nreturn n',
    ],
    [
      'old and new values',
      'let n = a & 3\nwords[n++] = n\nwords[--n] = words[n] + 5\nwords[2]++\nreturn n * 1000 + words[n] * 10 + words[2]',
    ],
    [
      'wide variables',
      'let n = (a >>> 0) + 5\nn = n * 3\nconst half = quotient(n, 2)\nreturn (half > 4294967296 ? 1 : 0) + modulo(n, 1000)',
    ],
    [
      'blocks that reuse variables',
      'let n = 0\n{ const x = a + 1, y = (b >>> 0)\n n += x\n if (y > 3) n++ }\n{ const y = (a >>> 0), x = b - 1\n n += x\n if (y > 3) n += 2 }\nreturn n | 0',
    ],
    ['module variables', 'calls++\nif (isOdd) calls += 10\nisOdd = !isOdd\nreturn calls'],
    [
      'functions of assignments',
      'let at = a & 1\nstore(at, b | 0)\nfor (let i = 0; i < 3; i++) store(i, at + i)\nstore(words[2] & 3, at++)\nreturn words[1] * 10 + at',
    ],
    [
      'words that are copied',
      'words[0] = a\nwords[1] = b\nconst from = a & 1, to = 5 - from\nwords.copyWithin(to, from, from + 3)\nmove(6, b & 1)\nmore.copyWithin(5 + to - 3, from, from + 1)\nmore.copyWithin(0, to, to + 3)\nreturn words[4]',
    ],
    ['functions that call themselves', 'return fibonacci(a & 15)'],
    ['bits', 'return bitCount(a) * 100 + Math.clz32(b)'],
    [
      'elements of one and two bytes',
      'bytes[a & 7] = b\nhalves[b & 7] = a + bytes[a & 7]\nhalves[1 + (a & 3)] += 70000\nlet n = 0\nfor (let i = 0; i < 8; i++) n = n * 3 + bytes[i] + halves[i] | 0\nreturn bytes[a & 7] === (b & 255) && halves[0] < 65536 ? n : -n',
    ],
    [
      'other names of an array',
      'const one = words, other = words\none[a & 7] = b\n{ const one = more\n other[2] += one[a & 7] }\nreturn one[2]',
    ],
    [
      'exchanges',
      'words[a & 7] = b\nbytes[3] = a\nhalves[5] = b\nconst seen = Atomics.compareExchange(words, a & 7, b, 7), kept = Atomics.compareExchange(words, 6, 1, b)\nconst small = Atomics.compareExchange(bytes, 3, a & 255, 9), half = Atomics.compareExchange(halves, 4 + (b & 1), 3, 65535)\nreturn seen + kept * 3 + small * 5 + half * 7 + Atomics.load(words, a & 7) + Atomics.load(bytes, 3) + Atomics.load(halves, 5) | 0',
    ],
  ])('%s', (_, body) => {
    const program = `const words = new Int32Array(8), more = Int32Array.of(1, -2, 3, -4, 5, -6, 7, -8)
const bytes = new Uint8Array(8), halves = new Uint16Array(8)
let calls = 0, isOdd = false
function store(i, value) {
  const at = i + 1
  words[at] = value
  words[i] = words[i] + words[at] | 0
}
function move(to, from) { words.copyWithin(to, from, from + 2) }
function fibonacci(n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2) }
function bitCount(mask) {
  let count = 0
  for (; mask !== 0; mask &= mask - 1) count++
  return count
}
function f(a, b) {
${body}
}
return { f, words, more }`
    const here = inJavaScript(program)
    const there = inMachine(program)
    for (const a of [0, 1, 2, -3, 5, 13, 2 ** 31 - 1])
      for (const b of [0, 3, 5, -1]) {
        expect(there.call('f', a, b) | 0).toBe(here.call('f', a, b) | 0)
        expect(there.array('words')).toEqual(here.array('words'))
        expect(there.array('more')).toEqual(here.array('more'))
      }
  })
})

it('takes chains of any length', () => {
  const cases = Array.from({ length: 5000 }, (_, i) => i)
  const program = `const words = new Int32Array(1)
function sum(a) { return 0${cases.map((i) => ` + (a === ${i} ? 1 : 0)`).join('')} }
function pick(a) { return ${cases.map((i) => `a === ${i} ? ${i * 3} : `).join('')}-1 }
function store(a) { ${cases.map((i) => `if (a === ${i}) { words[0] = ${i * 5} }`).join(' else ')} else { words[0] = -2 }
return words[0] }
return { pick, store, sum }`
  const there = inMachine(program)

  expect([0, 4999, 5000].map((a) => there.call('sum', a))).toEqual([1, 1, 0])
  expect([0, 4999, 5000].map((a) => there.call('pick', a))).toEqual([0, 14997, -1])
  expect([0, 4999, 5000].map((a) => there.call('store', a))).toEqual([0, 24995, -2])
})

describe('machines in one memory', () => {
  const shared = { name: 'shared', values: null, width: 4, length: 4, address: 4096, isShared: true } as const
  const borrowed = { name: 'borrowed', values: null, width: 4, length: 2, address: 0, isShared: false } as const
  const given = {
    arrays: [shared, borrowed],
    functions: [
      { name: 'told', inputs: ['value'], hasResult: false },
      { name: 'asked', inputs: ['left', 'right'], hasResult: true },
    ],
    size: 8,
  }
  const machine = buildMachine(
    `const words = Int32Array.of(5, 6)
let calls = 0
function f(a) {
  calls += 1
  words[a & 1] += a
  shared[a & 3] += words[a & 1] + borrowed[1]
  if (asked(a, calls)) told(words[0])
  return shared[a & 3]
}
return { f, words }`,
    given,
  )

  it('share what is given to both, and have the rest for themselves', () => {
    const memory = reserveMemory(8192)
    const heard: string[] = []
    const start = (name: string, own: number): Running => {
      const told = (value: number): unknown => heard.push(`${name} ${value}`)
      const asked = (left: number, right: number): boolean => left === right
      return run(machine, { memory, own, functions: { told, asked } })
    }
    new Int32Array(memory.buffer, 1024 + 4, 1)[0] = 100
    const [one, other] = [start('one', 0), start('other', 1024)]

    expect([1, 2, 2].map((a) => one.function('f')(a))).toEqual([7, 7, 16])
    expect([1, 2].map((a) => other.function('f')(a))).toEqual([114, 123])
    expect([one, other].map((running) => [...(running.array('words') ?? [])])).toEqual([
      [9, 7],
      [7, 7],
    ])
    expect(heard).toEqual(['one 5', 'one 7', 'other 5', 'other 7'])
    expect([...new Int32Array(memory.buffer, shared.address, 4)]).toEqual([0, 114, 123, 0])
  })
})

describe('what is not of the language', () => {
  it.each([
    ['function f() { return absent }\nreturn { f }', 'a program has no absent'],
    ['function f() { return g() }\nreturn { f }', 'a program has no function g'],
    ['function f() { return "text" }\nreturn { f }', 'a program cannot have'],
    ['function f() { 3 = 4 }\nreturn { f }', 'a program assigns to number'],
    ['const of = new Int32Array(4)\nfunction f(i) { of[i++] += 4 }\nreturn { f }', 'where it changes the index'],
    ['const of = new Int32Array(4)\nfunction f() { return of }\nreturn { f }', 'a program takes of for a number'],
    [
      'const of = new Int32Array(4)\nfunction f(i) { of.copyWithin(0, i, 3) }\nreturn { f }',
      'copies what is not a known number of words',
    ],
    [
      'const of = new Int32Array(4)\nfunction f(i, k) { of.copyWithin(0, i, k + 2) }\nreturn { f }',
      'copies what is not a known number of words',
    ],
    ['const of = new Uint8Array(4)\nfunction f(i) { of.copyWithin(0, i, i + 1) }\nreturn { f }', 'a program copies'],
    [
      'const of = new Int32Array(4)\nfunction f(i) { return of.copyWithin(0, i, i + 1) }\nreturn { f }',
      'value of a copy',
    ],
    ['function f() { break }\nreturn { f }', 'a program leaves a block that is not there'],
    ['function f(a { return a }\nreturn { f }', 'a program'],
  ])('%s', (text, message) => {
    expect(() => buildMachine(text)).toThrow(message)
  })
})
