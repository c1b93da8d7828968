/**
 * What is done when a level closes: states move into the holes that threads left in their blocks, and recorded transitions follow them.
 */

import { countAt } from '../liveness/edges.ts'
import type { RecordedEdges } from '../liveness/state-graph.ts'
import { filledAround, holesIn, isSome, type Range, reservedStates } from './reserved.ts'

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
  const holes = holesIn(blocks, reservedStates)
  const [first, ...others] = holes
  // A thread alone leaves one, behind all states. Levels may be short and many, so that what follows would cost more than they.
  if (first === undefined || (others.length === 0 && first[1] === reserved))
    return { end: first?.[0] ?? reserved, moves: none }
  const end = holes.reduce((left, [from, to]) => left - (to - from), reserved)
  const empty = holes.map(([from, to]): Range => [from, Math.min(to, end)]).filter(isSome)
  return { end, moves: fill(empty, filledAround(holes, end, reserved)) }
}

const none: readonly Move[] = []

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
