/**
 * Where the search of the product begins: nodes from which all others are reached.
 *
 * The last states come first: nearly all that is reached from them was then visited before, so that the visits are short and
 * read the transitions in the order in which they lie in memory, backwards.
 */

import type { Parts } from '../../src/model/parts.ts'
import { isFresh, type NodeSearch } from './components.ts'
import { countAt, groupSize, headAt, instanceAt, recordOf, targetAt } from './edges.ts'
import { canLeave, choicesOf, letterAt } from './letters.ts'
import { letterOf, type Product } from './product.ts'
import { lookForStop, type Stops } from './stops.ts'

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
  const kinds = kindsByRecord(search.product)
  for (let from = 0; from < graph.stateCount; from += readAPart) {
    yield
    readSome(search, kinds, from, Math.min(from + readAPart, graph.stateCount), starts)
  }
  return starts
}

/** Bits of what must be known of a state: never 0. */
const kind = { known: 1, alive: 2, leaving: 4 } as const

function kindOf({ letters, explicit, first, isWaiting }: Product, letter: number): number {
  const isAlive = explicit > 1 || choicesOf(letters, first, letter).length > 0
  const isLeaving = isWaiting && canLeave(letters, letter)
  return kind.known | (isAlive ? kind.alive : 0) | (isLeaving ? kind.leaving : 0)
}

/** For more propositions, the kinds of states are not looked up. */
const mostInTable = 15

/** Room for the kind that goes with each thing that a record may tell; null where records do not tell, or too much. */
function kindsByRecord({ edges, letters }: Product): Uint8Array | null {
  const count = edges.propositions.length
  return letters.shifts === null || count > mostInTable ? null : new Uint8Array(2 << count)
}

/** Reads the states from … to-1. */
function readSome(
  { product, marks }: NodeSearch,
  kinds: Uint8Array | null,
  from: number,
  to: number,
  starts: Starts,
): void {
  const { pool, places, countBits } = product.edges
  const { leaving } = starts
  for (let state = from; state < to; state++) {
    const told = kinds === null ? 0 : headAt(pool, places[state] as number) >>> countBits
    let own = kinds === null ? 0 : (kinds[told] as number)
    if (own === 0) {
      own = kindOf(product, letterOf(product, state))
      if (kinds !== null) kinds[told] = own
    }
    const isAlive = (own & kind.alive) !== 0
    if (leaving !== null && (own & kind.leaving) !== 0) {
      leaving[state >>> 5] = (leaving[state >>> 5] as number) | (1 << (state & 31))
      starts.areAlike &&= isAlive
    }
    if (isAlive) continue
    marks[state] = ~(marks[state] as number)
    starts.isWhole = false
  }
}

/** States whose roots come together where no transitions are generated for them: to begin at each group takes time. */
const manyStates = 2 ** 13

/** Some roots at a time. Requires that those told before were searched. */
export function* rootGroups(search: NodeSearch, starts: Starts, stops: Stops): Generator<number[]> {
  const { product, marks } = search
  const { graph, edges, explicit } = product
  const { leaving, isWhole, areAlike } = starts
  if (leaving === null && !isWhole) {
    yield Array.from({ length: graph.levels[1] ?? 0 }, (_, state) => state * explicit)
    return
  }
  const isEntered = leaving !== null && !areAlike
  const size = edges.isRecorded ? manyStates : groupSize
  const group = new Int32Array(size)
  for (let to = graph.stateCount; to > 0; to -= size) {
    let count = 0
    for (let state = to - 1; state >= Math.max(0, to - size); state--) {
      const isRoot = leaving === null || ((leaving[state >>> 5] as number) & (1 << (state & 31))) !== 0
      if (isRoot && (isEntered || isFresh(marks, state))) group[count++] = state
    }
    edges.prepare(group, count)
    const roots: number[] = []
    for (const state of group.subarray(0, count)) {
      if (isEntered) enter(search, state, roots, stops)
      else roots.push(state)
    }
    yield roots
  }
}

/** Adds the nodes that a state's implicit node leads to. */
function enter({ product, marks, isShared }: NodeSearch, state: number, roots: number[], stops: Stops): void {
  const { edges, letters, explicit, first } = product
  const mark = marks[state] as number
  const at = isShared ? (mark < 0 ? ~mark : mark) : recordOf(edges, state)
  const count = countAt(edges, at)
  const letter = letterAt(letters, state, at)
  const choices = choicesOf(letters, 0, letter)
  lookForStop(stops, state, 0, at)
  for (let i = 0; i < count; i++) {
    const target = targetAt(edges, at, i, state)
    const full = target === state ? letter : letter | (letters.taken[instanceAt(edges, at, i)] as number)
    for (const t of choices) {
      if (t.target < first || (full & t.on) !== t.on || (full & t.off) !== 0) continue
      roots.push(target * explicit + t.target - first)
    }
  }
}
