import fc from 'fast-check'
import { expect, it } from 'vitest'
import { distinctStates } from '../../checker/compile/sorted-states.ts'
import { compareWords } from '../../checker/explore/state-order.ts'
import { finish } from '../../src/model/parts.ts'

/** Few values, so that bytes and whole states repeat; all bytes count, and the highest bit. */
const word = fc.constantFrom(0, 1, 255, 256, 0x10000, 0x7fffffff, -0x80000000, -1, 0x01020304)

it('lists distinct states in the order of their words', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(word, { maxLength: 60 }), (stateWords, words) => {
      const states = Int32Array.from(words.slice(0, words.length - (words.length % stateWords)))
      const begins = Array.from({ length: states.length / stateWords }, (_, i) => i * stateWords)
      const inOrder = begins
        .toSorted((left, right) => compareWords(states, stateWords, left, right))
        .map((at) => [...states.subarray(at, at + stateWords)])
      const expected = inOrder.filter((state, i) => String(state) !== String(inOrder[i - 1]))

      expect([...finish(distinctStates(states, stateWords))]).toEqual(expected.flat())
    }),
  )
})

it('leaves those that are distinct and in order where they are', () => {
  const states = Int32Array.from({ length: 400_000 }, (_, i) => (i % 2 === 0 ? 7 : i))

  expect(finish(distinctStates(states, 2))).toBe(states)
})

it('puts many in order, in parts of the work', () => {
  const count = 200_000
  const states = Int32Array.from({ length: count }, (_, i) => Math.imul(i % 150_000, 0x9e3779b1))

  const expected = new Uint32Array(new Set(new Uint32Array(states))).sort()
  const found = new Uint32Array(finish(distinctStates(states, 1)))

  expect(found.length).toBe(150_000)
  expect(found.findIndex((one, i) => one !== expected[i])).toBe(-1)
})
