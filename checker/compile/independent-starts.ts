/**
 * What statements of `initially` change that have nothing to do with any other: it is found once, by the evaluator, and then done to all states.
 * No code is needed, which takes some milliseconds to write.
 */

import type { Model, Statement } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import { initialStates, initialValues } from '../../src/model/step.ts'
import { reserveWords } from '../machine/reserve.ts'
import type { Layout } from './layout.ts'

/** Words between two parts of the work. */
const wordsAPart = 2 ** 16

/** Each way that they may go, as the bits in which the states after it differ from those before, [ways × stateWords]. */
export function* changesOf(
  model: Model,
  statements: readonly Statement[],
  { stateWords, encode }: Layout,
): Parts<Int32Array> {
  const before = encode(initialValues(model))
  let changes: Int32Array = new Int32Array(stateWords)
  for (const statement of statements) {
    const after = initialStates({ ...model, initially: [statement] }).map(encode)
    const own = after.flatMap((words) => Array.from(words, (word, w) => word ^ (before[w] as number)))
    changes = yield* changedStates(changes, Int32Array.from(own), stateWords)
  }
  return changes
}

/** Each of the states with each of the changes. */
export function* changedStates(states: Int32Array, changes: Int32Array, stateWords: number): Parts<Int32Array> {
  const ways = changes.length / stateWords
  const found = reserveWords(states.length * ways)
  const step = Math.max(1, Math.floor(wordsAPart / changes.length)) * stateWords
  for (let from = 0; from < states.length; from += step) {
    yield
    change(states.subarray(from, from + step), changes, stateWords, found.subarray(from * ways))
  }
  return found
}

function change(states: Int32Array, changes: Int32Array, stateWords: number, found: Int32Array): void {
  let end = 0
  for (let at = 0; at < states.length; at += stateWords) {
    for (let i = 0; i < changes.length; i += stateWords) {
      for (let w = 0; w < stateWords; w++) found[end++] = (states[at + w] as number) ^ (changes[i + w] as number)
    }
  }
}
