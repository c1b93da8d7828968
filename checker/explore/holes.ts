/**
 * What is done when a level closes: states move into the holes that threads left in their blocks, and credits are counted.
 */

import { workerWord } from './control.ts'

/** A hole is a range of indices: the first, and the one after the last. */
type Hole = readonly [number, number]

/** Where the dense indices end, and which states move, from where and to where, so that they are dense. */
export function movesIntoHoles(
  blocks: Int32Array,
  reserved: number,
): { readonly end: number; readonly moves: readonly (readonly [number, number])[] } {
  const holes: Hole[] = []
  for (let b = 0; b < blocks.length; b += workerWord.length) {
    const hole: Hole = [Atomics.load(blocks, b + workerWord.next), Atomics.load(blocks, b + workerWord.blockEnd)]
    if (hole[0] < hole[1]) holes.push(hole)
  }
  holes.sort((left, right) => left[0] - right[0])
  const end = holes.reduce((size, [from, to]) => size - (to - from), reserved)
  const empty = holes.flatMap(([from, to]) => range(from, Math.min(to, end)))
  const filled = [...holes, [reserved, reserved] as const].map(([from], i) => [holes[i - 1]?.[1] ?? 0, from] as const)
  const moving = filled.flatMap(([from, to]) => range(Math.max(from, end), to))
  return { end, moves: empty.map((hole, i) => [moving[i] as number, hole]) }
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)

/** Adds to counts[a] how often action a occurs. */
export function countCredits(credit: Uint8Array | Uint16Array, counts: Float64Array): void {
  const found = new Int32Array(counts.length)
  for (let i = 0; i < credit.length; i++) found[credit[i] as number] = (found[credit[i] as number] as number) + 1
  for (let a = 0; a < counts.length; a++) counts[a] = (counts[a] as number) + (found[a] as number)
}
