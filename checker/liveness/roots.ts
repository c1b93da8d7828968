/**
 * Where the search of the product begins: nodes from which all others are reached.
 *
 * The last states come first: nearly all that is reached from them was then visited before, so that the visits are short and
 * read the transitions in the order in which they lie in memory, backwards.
 */

import type { Parts } from '../../src/model/parts.ts'
import { isFresh, type NodeSearch, type OnVisit } from './components.ts'
import { countAt, groupSize, instanceAt, recordOf, targetAt } from './edges.ts'
import { letterOf } from './product.ts'

export interface Starts {
  /** From which states automaton state 0 can go on to another, a bit each; null when it is explicit. */
  readonly leaving: Int32Array | null
  /** True when every state is a node that is reached. */
  isWhole: boolean
  /**
   * True when the search may as well begin at the explicit nodes of the states that can go on: whatever automaton state 0 leads to, these do
   * too, and they begin no other loop.
   */
  areAlike: boolean
}

/** States that are read before the event loop may turn. */
const readAPart = 2 ** 14

/** Reads all states once. Where nodes are states, those that cannot go on are closed. */
export function* readStates(search: NodeSearch): Parts<Starts> {
  const { graph, letters, isWaiting, explicit } = search.product
  const starts: Starts = {
    leaving: isWaiting ? new Int32Array((graph.stateCount >>> 5) + 1) : null,
    isWhole: explicit === 1 && !isWaiting && !letters.hasTaken,
    areAlike: letters.isAnticipated,
  }
  if (explicit > 1 && !isWaiting) return starts
  for (let from = 0; from < graph.stateCount; from += readAPart) {
    yield
    readSome(search, from, Math.min(from + readAPart, graph.stateCount), starts)
  }
  return starts
}

/** Reads the states from … to-1. */
function readSome({ product, marks }: NodeSearch, from: number, to: number, starts: Starts): void {
  const { letters, explicit, first } = product
  const { leaving } = starts
  for (let state = from; state < to; state++) {
    const letter = letterOf(product, state)
    const isAlive = explicit > 1 || letters.choices(first, letter).length > 0
    if (leaving !== null && letters.leaves(letter)) {
      leaving[state >>> 5] = (leaving[state >>> 5] as number) | (1 << (state & 31))
      starts.areAlike &&= isAlive
    }
    if (isAlive) continue
    marks[state] = ~(marks[state] as number)
    starts.isWhole = false
  }
}

/** Some roots at a time. Requires that those told before were searched. */
export function* rootGroups(search: NodeSearch, starts: Starts, onVisit: OnVisit): Generator<number[]> {
  const { product, marks } = search
  const { graph, edges, explicit } = product
  const { leaving, isWhole, areAlike } = starts
  if (leaving === null && !isWhole) {
    yield Array.from({ length: graph.levels[1] ?? 0 }, (_, state) => state * explicit)
    return
  }
  const isEntered = leaving !== null && !areAlike
  const group = new Int32Array(groupSize)
  for (let to = graph.stateCount; to > 0; to -= groupSize) {
    let count = 0
    for (let state = to - 1; state >= Math.max(0, to - groupSize); state--) {
      const isRoot = leaving === null || ((leaving[state >>> 5] as number) & (1 << (state & 31))) !== 0
      if (isRoot && (isEntered || isFresh(marks, state))) group[count++] = state
    }
    edges.prepare(group, count)
    const roots: number[] = []
    for (const state of group.subarray(0, count)) {
      if (isEntered) enter(search, state, roots, onVisit)
      else roots.push(state)
    }
    yield roots
  }
}

/** Adds the nodes that a state's implicit node leads to. */
function enter({ product, marks, isShared }: NodeSearch, state: number, roots: number[], onVisit: OnVisit): void {
  const { edges, letters, explicit, first } = product
  const mark = marks[state] as number
  const at = isShared ? (mark < 0 ? ~mark : mark) : recordOf(edges, state)
  const count = countAt(edges, at)
  const letter = letters.of(state, at)
  const choices = letters.choices(0, letter)
  onVisit(state, 0, at)
  for (let i = 0; i < count; i++) {
    const target = targetAt(edges, at, i, state)
    const full = target === state ? letter : letter | letters.taken(instanceAt(edges, at, i))
    for (const t of choices) {
      if (t.target < first || (full & t.on) !== t.on || (full & t.off) !== 0) continue
      roots.push(target * explicit + t.target - first)
    }
  }
}
