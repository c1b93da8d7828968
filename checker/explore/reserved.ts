/**
 * What workers have reserved at once and not filled yet: indices of states and numbers of nodes, told in the words of their blocks.
 */

import { workerWord } from './control.ts'

/** From the first index to before the last. */
export type Range = readonly [number, number]

/** Words of a worker's block: what it fills next, and where its reservation ends. */
interface Reservation {
  readonly next: number
  readonly end: number
}

export const reservedStates: Reservation = { next: workerWord.next, end: workerWord.blockEnd }
export const reservedNodes: Reservation = { next: workerWord.nextNode, end: workerWord.nodeEnd }

/** In order, without those that are full. */
export function holesIn(blocks: Int32Array, { next, end }: Reservation): readonly Range[] {
  const holes: Range[] = []
  for (let b = 0; b < blocks.length; b += workerWord.length) {
    const hole = [Atomics.load(blocks, b + next), Atomics.load(blocks, b + end)] as const
    if (isSome(hole)) holes.push(hole)
  }
  return holes.sort((left, right) => left[0] - right[0])
}

/** What lies between the holes, from `start` on to before `end`. */
export function filledAround(holes: readonly Range[], start: number, end: number): readonly Range[] {
  const ends = [...holes.map(([from]) => from), end]
  return ends.map((to, i): Range => [Math.max(start, holes[i - 1]?.[1] ?? start), to]).filter(isSome)
}

/** Nobody has reserved anything. */
export function forgetReserved(blocks: Int32Array, { next, end }: Reservation): void {
  for (let b = 0; b < blocks.length; b += workerWord.length) {
    Atomics.store(blocks, b + next, 0)
    Atomics.store(blocks, b + end, 0)
  }
}

export function isSome([from, to]: Range): boolean {
  return from < to
}
