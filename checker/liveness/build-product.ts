/**
 * Which nodes the product has: one sweep over the states in the order in which they were found, which is nearly the order in which
 * they lie in memory. Steps that lead back to earlier states are followed at once.
 */

import type { Parts } from '../parts.ts'
import type { Automaton } from './automaton.ts'
import { type Edges, groupSize, recordEnd, recordOf } from './edges.ts'
import type { Fairness } from './fairness.ts'
import type { Letters } from './letters.ts'
import { rankBits } from './node-set.ts'
import { canWait, type Product } from './product.ts'
import type { StateGraph } from './state-graph.ts'

const maxNodes = 2 ** 31 - 1

/** Nodes behind the sweep that are visited before it goes on, or the event loop may turn. */
const followedAtOnce = 1024

export interface ProductInput {
  readonly graph: StateGraph
  readonly edges: Edges
  readonly automaton: Automaton
  readonly letters: Letters
  readonly fairness: Fairness
}

export function* buildProduct(input: ProductInput): Parts<Product> {
  const { graph, edges, automaton, letters } = input
  const isWaiting = canWait(automaton)
  const first = isWaiting ? 1 : 0
  const explicit = automaton.transitions.length - first
  if (graph.stateCount * explicit > maxNodes)
    throw new Error('liveness: more than 2^31 pairs of a state and an automaton state')
  const { bits, hasStop } = yield* sweep(input, isWaiting, first, explicit)
  return { automaton, edges, letters, isWaiting, explicit, first, nodes: rankBits(bits), hasStop }
}

function* sweep(
  { graph, edges, letters, fairness }: ProductInput,
  isWaiting: boolean,
  first: number,
  explicit: number,
): Parts<{ readonly bits: Int32Array; readonly hasStop: boolean }> {
  const words = ((graph.stateCount * explicit) >>> 5) + 1
  /** Reached, and reached and alive: a dead node is not expanded. */
  const seen = new Int32Array(words)
  const alive = new Int32Array(words)
  /** Nodes that were reached when the sweep had passed them. */
  const behind: number[] = []
  const { isFair } = fairness
  let position = 0
  let hasStop = false

  const enter = (node: number, state: number): void => {
    const word = seen[node >>> 5] as number
    const bit = 1 << (node & 31)
    if ((word & bit) !== 0) return
    seen[node >>> 5] = word | bit
    if (state <= position) behind.push(node)
  }

  const expand = (state: number, q: number, letter: number): void => {
    const choices = letters.choices(q, letter)
    const { pool } = edges
    const at = recordOf(edges, state)
    const end = recordEnd(edges, at)
    let isForced = hasStop
    for (let k = at + 1; k < end; k += 2) {
      const target = pool[k] as number
      const instance = pool[k + 1] as number
      if (target !== state && isFair[instance] === 1) isForced = true
      const full = letters.hasTaken && target !== state ? letter | letters.taken(instance) : letter
      for (const t of choices) {
        if (t.target < first || (full & t.on) !== t.on || (full & t.off) !== 0) continue
        enter(target * explicit + t.target - first, target)
      }
    }
    if (!isForced && letters.endures(q, letter)) hasStop = true
  }

  const visit = (node: number, state: number, letter: number): void => {
    const bit = 1 << (node & 31)
    if (isMember(alive, node)) return
    const q = (node % explicit) + first
    if (letters.choices(q, letter).length === 0 || !graph.isWithin(state)) return
    alive[node >>> 5] = (alive[node >>> 5] as number) | bit
    expand(state, q, letter)
  }

  /** Wherever it can go on, the only explicit automaton state follows every step: no need to follow them from the waiting one too. */
  const coversWaiting = isWaiting && explicit === 1 && letters.only[first] !== null
  const isAnyReached = (state: number): boolean => {
    for (let node = state * explicit; node < (state + 1) * explicit; node++) if (isMember(seen, node)) return true
    return false
  }

  const initialEnd = graph.levels[1] ?? 0
  const group = new Int32Array(groupSize)
  const leaves = new Uint8Array(groupSize)
  const own = new Int32Array(groupSize)
  const follow = (most: number): void => {
    for (let i = 0; i < most && behind.length > 0; i++) {
      const node = behind.pop() as number
      const state = (node / explicit) | 0
      visit(node, state, letters.of(state))
    }
  }

  const visitGroup = (from: number, to: number): void => {
    let count = 0
    for (let i = 0; from + i < to; i++) {
      const state = from + i
      if (isWaiting) {
        own[i] = letters.of(state)
        leaves[i] = letters.leaves(own[i] as number) && graph.isWithin(state) ? 1 : 0
      }
      if (isAnyReached(state) || leaves[i] === 1) group[count++] = state
    }
    edges.prepare(group, count)
    for (let i = 0; from + i < to; i++) {
      position = from + i
      if (position < initialEnd && !isWaiting) enter(position * explicit, position)
      for (let node = position * explicit; node < (position + 1) * explicit; node++) {
        if (isMember(seen, node)) visit(node, position, isWaiting ? (own[i] as number) : letters.of(position))
      }
      const isCovered = coversWaiting && isMember(alive, position)
      if (leaves[i] === 1 && !isCovered) expand(position, 0, own[i] as number)
      follow(followedAtOnce)
    }
  }

  for (let from = 0; from < graph.stateCount; from += groupSize) {
    yield
    visitGroup(from, Math.min(from + groupSize, graph.stateCount))
    for (; behind.length > 0; follow(followedAtOnce)) yield
  }
  return { bits: alive, hasStop }
}

function isMember(bits: Int32Array, n: number): boolean {
  return ((bits[n >>> 5] as number) & (1 << (n & 31))) !== 0
}
