/**
 * Where the search of the product begins: nodes from which all others are reached.
 *
 * The last states come first: nearly all that is reached from them was then visited before, so that the visits are short and
 * read the transitions in the order in which they lie in memory, backwards.
 */

import type { Parts } from '../../src/model/parts.ts'
import { countAt, instanceAt, recordOf, targetAt } from './edges.ts'
import { found } from './emit-node-search.ts'
import { choicesOf, letterAt } from './letters.ts'
import { mostRoots, type NodeSearch } from './node-search.ts'
import { groupSize } from './regenerated-edges.ts'

export interface Starts {
  /** True when every state is a node that is reached. */
  readonly isWhole: boolean
  /**
   * True when the search may as well begin at the explicit nodes of the states that can go on: whatever automaton state 0 leads to, these do
   * too, and they begin no other loop.
   */
  readonly areAlike: boolean
}

/** States that are read before the event loop may turn. */
const readAPart = 2 ** 14

/** Reads all states once. Where nodes are states, those that cannot go on are closed. */
export function* readStates({ product, kinds, readStates: read }: NodeSearch): Parts<Starts> {
  const { graph, letters, isWaiting, explicit } = product
  const areAlike = letters.isAnticipated
  const isWhole = explicit === 1 && !isWaiting && !letters.hasTaken
  if (explicit > 1 && !isWaiting) return { isWhole, areAlike }
  let all = 0
  for (let from = 0; from < graph.stateCount; from += readAPart) {
    yield
    all |= read(from, Math.min(from + readAPart, graph.stateCount), kinds === null ? 0 : 1)
  }
  return { isWhole: isWhole && (all & found.dead) === 0, areAlike: areAlike && (all & found.deadLeaving) === 0 }
}

/** Some roots at a time. Requires that those told before were searched. */
export function* rootGroups(search: NodeSearch, { isWhole, areAlike }: Starts): Generator<Int32Array> {
  const { product, roots, gatherRoots } = search
  const { graph, edges, explicit, isWaiting } = product
  if (!isWaiting && !isWhole) {
    yield Int32Array.from({ length: graph.levels[1] ?? 0 }, (_, state) => state * explicit)
    return
  }
  const isEntered = isWaiting && !areAlike
  const size = edges.isRecorded || !isEntered ? mostRoots : groupSize
  for (let to = graph.stateCount; to > 0; to -= size) {
    const count = gatherRoots(Math.max(0, to - size), to, isWaiting ? 1 : 0, isEntered ? 0 : 1)
    const group = roots.subarray(0, count)
    if (isEntered) edges.prepare(group, count)
    yield isEntered ? Int32Array.from([...group].flatMap((state) => entered(search, state))) : group
  }
}

/** The nodes that a state's implicit node leads to. */
function entered({ product, marks, isShared, lookForStop }: NodeSearch, state: number): readonly number[] {
  const { edges, letters, explicit, first } = product
  const mark = marks[state] as number
  const at = isShared ? (mark < 0 ? ~mark : mark) : recordOf(edges, state)
  const count = countAt(edges, at)
  const letter = letterAt(letters, state, at)
  const choices = choicesOf(letters, 0, letter)
  const roots: number[] = []
  lookForStop(state, 0, at)
  for (let i = 0; i < count; i++) {
    const target = targetAt(edges, at, i, state)
    const full = target === state ? letter : letter | (letters.taken[instanceAt(edges, at, i)] as number)
    for (const t of choices) {
      if (t.target < first || (full & t.on) !== t.on || (full & t.off) !== 0) continue
      roots.push(target * explicit + t.target - first)
    }
  }
  return roots
}
