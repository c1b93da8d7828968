/**
 * What is done when a level closes: states move into the holes that threads left in their blocks, and recorded transitions follow them.
 */

import { countAt } from '../liveness/edges.ts'
import type { RecordedEdges } from '../liveness/state-graph.ts'
import { workerWord } from './control.ts'

/** From the first index to before the last. */
type Range = readonly [number, number]

/** `count` states that move together, from an index to a lower one. */
export interface Move {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Where the dense indices end, and what moves so that they are dense. */
export function movesIntoHoles(
  blocks: Int32Array,
  reserved: number,
): { readonly end: number; readonly moves: readonly Move[] } {
  let end = reserved
  let lowest = reserved
  for (let b = 0; b < blocks.length; b += workerWord.length) {
    const [from, to] = holeOf(blocks, b)
    end -= to - from
    if (from < to) lowest = Math.min(lowest, from)
  }
  // A thread alone leaves one, behind all states.
  return { end, moves: lowest >= end ? none : movesBelow(blocks, reserved, end) }
}

const none: readonly Move[] = []

/** What the worker whose words begin there has reserved and not filled. */
function holeOf(blocks: Int32Array, own: number): Range {
  return [Atomics.load(blocks, own + workerWord.next), Atomics.load(blocks, own + workerWord.blockEnd)]
}

function movesBelow(blocks: Int32Array, reserved: number, end: number): readonly Move[] {
  const all: Range[] = []
  for (let b = 0; b < blocks.length; b += workerWord.length) all.push(holeOf(blocks, b))
  const holes = all.filter(isSome).sort((left, right) => left[0] - right[0])
  const empty = holes.map(([from, to]): Range => [from, Math.min(to, end)])
  const filled = [...holes, [reserved, reserved] as const].map(
    ([from], i): Range => [Math.max(holes[i - 1]?.[1] ?? 0, end), from],
  )
  return fill(empty.filter(isSome), filled.filter(isSome))
}

const isSome = ([from, to]: Range): boolean => from < to

/** Both are as long in all. */
function fill(empty: readonly Range[], filled: readonly Range[]): readonly Move[] {
  const moves: Move[] = []
  let hole = 0
  let to = empty[0]?.[0] ?? 0
  for (const [first, last] of filled) {
    for (let from = first; from < last; ) {
      const count = Math.min(last - from, (empty[hole]?.[1] ?? 0) - to)
      moves.push({ from, to, count })
      from += count
      to += count
      if (to === empty[hole]?.[1]) to = empty[++hole]?.[0] ?? 0
    }
  }
  return moves
}

/** Where a state is after the moves. */
export function movedIndex(moves: readonly Move[], index: number): number {
  for (const { from, to, count } of moves) {
    if (index >= from && index < from + count) return index - from + to
  }
  return index
}

/** Lets the recorded transitions of the states from … end-1 lead to where states have moved. */
export function redirect(edges: RecordedEdges, from: number, end: number, moves: readonly Move[]): void {
  const { pool, places, instanceBits } = edges
  const lowest = Math.min(...moves.map((move) => move.from))
  for (let state = from; state < end; state++) {
    const at = places[state] as number
    const count = countAt(edges, at)
    const isFar = (pool[at] as number) < 0
    for (let k = at + 1; isFar && k <= at + 2 * count; k += 2) {
      const target = pool[k] as number
      if (target >= lowest) pool[k] = movedIndex(moves, target)
    }
    for (let k = at + 1; !isFar && k <= at + count; k++) {
      const target = state + ((pool[k] as number) >> instanceBits)
      // It is moved nearer, so it fits.
      if (target >= lowest) pool[k] = (pool[k] as number) + ((movedIndex(moves, target) - target) << instanceBits)
    }
  }
}
