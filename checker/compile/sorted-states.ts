/**
 * States in order. Where they are not so already, they are dealt out byte by byte, from the last to the first, which takes a thirtieth of the
 * time of a sort that compares, and can be left at any time.
 */

import type { Parts } from '../../src/model/parts.ts'
import { compareWords } from '../explore/state-order.ts'

/** Words between two parts of the work. */
const wordsAPart = 2 ** 16

const byteValues = 256
const bytesOfWord = 4

/** The distinct ones, in the order of `compareWords`; the same array if that is what it is. All are [count × stateWords]. */
export function* distinctStates(states: Int32Array, stateWords: number): Parts<Int32Array> {
  if (yield* areDistinctInOrder(states, stateWords)) return states
  const found = yield* sorted(states, stateWords)
  let end = 0
  for (const part of partsOf(states.length, stateWords)) {
    yield
    end = packDistinct(found, stateWords, part, end)
  }
  return found.slice(0, end)
}

function* areDistinctInOrder(states: Int32Array, stateWords: number): Parts<boolean> {
  for (const part of partsOf(states.length, stateWords)) {
    yield
    if (!ascends(states, stateWords, part)) return false
  }
  return true
}

/** Whether each state between two words comes after the one before it. Mostly the first word tells. */
function ascends(states: Int32Array, stateWords: number, [from, to]: Range): boolean {
  for (let at = Math.max(from, stateWords); at < to; at += stateWords) {
    const before = (states[at - stateWords] as number) >>> 0
    const word = (states[at] as number) >>> 0
    if (before > word) return false
    if (before === word && compareWords(states, stateWords, at - stateWords, at) >= 0) return false
  }
  return true
}

/** Moves the states between two words that differ from the one before to where the distinct ones end; returns their new end. */
function packDistinct(states: Int32Array, stateWords: number, [from, to]: Range, packed: number): number {
  let end = packed
  for (let at = from; at < to; at += stateWords) {
    if (end > 0 && compareWords(states, stateWords, end - stateWords, at) === 0) continue
    for (let w = 0; w < stateWords; w++) states[end + w] = states[at + w] as number
    end += stateWords
  }
  return end
}

function* sorted(states: Int32Array, stateWords: number): Parts<Int32Array<ArrayBuffer>> {
  const parts = partsOf(states.length, stateWords)
  let from = states.slice()
  let to = new Int32Array(states.length)
  for (let byte = stateWords * bytesOfWord - 1; byte >= 0; byte--) {
    const column = columnOf(stateWords, byte)
    const places = new Uint32Array(byteValues)
    for (const [begin, end] of parts) {
      yield
      tally(column, from.subarray(begin, end), places)
    }
    // All the same: they lie in order.
    if (places.includes(states.length / stateWords)) continue
    addUp(places)
    for (const [begin, end] of parts) {
      yield
      deal(column, from.subarray(begin, end), places, to)
    }
    ;[from, to] = [to, from]
  }
  return from
}

/** From the first word to before the last. */
type Range = readonly [number, number]

function partsOf(length: number, stateWords: number): readonly Range[] {
  const step = Math.ceil(wordsAPart / stateWords) * stateWords
  return Array.from({ length: Math.ceil(length / step) }, (_, i) => [i * step, Math.min((i + 1) * step, length)])
}

/** One byte of each state: of the word `at`. */
interface Column {
  readonly stateWords: number
  readonly at: number
  readonly shift: number
}

/** Byte 0 is the one that counts most. */
function columnOf(stateWords: number, byte: number): Column {
  const shift = (bytesOfWord - 1 - (byte % bytesOfWord)) * 8
  return { stateWords, at: Math.floor(byte / bytesOfWord), shift }
}

function tally({ stateWords, at, shift }: Column, states: Int32Array, counts: Uint32Array): void {
  for (let i = at; i < states.length; i += stateWords) {
    const value = ((states[i] as number) >>> shift) & (byteValues - 1)
    counts[value] = (counts[value] as number) + 1
  }
}

/** From how many there are of each value to where they begin. */
function addUp(counts: Uint32Array): void {
  let sum = 0
  for (const [value, count] of counts.entries()) {
    counts[value] = sum
    sum += count
  }
}

/** To the next place of their value. */
function deal({ stateWords, at, shift }: Column, states: Int32Array, places: Uint32Array, to: Int32Array): void {
  for (let from = 0; from < states.length; from += stateWords) {
    const value = ((states[from + at] as number) >>> shift) & (byteValues - 1)
    const place = places[value] as number
    for (let w = 0; w < stateWords; w++) to[place * stateWords + w] = states[from + w] as number
    places[value] = place + 1
  }
}
