/**
 * The behaviours that refute a property: the state graph run together with the automaton of the negated formula.
 *
 * A node is a state and an automaton state that has yet to read it. When the automaton may wait in its first state for
 * ever, and never comes back to it, all reachable states are paired with that state; those nodes stay implicit, so that
 * `leadsTo` stores nothing but the region between its two sides.
 */

import { type Automaton, hasAcceptingRun, reads, type Transition } from './automaton.ts'
import type { Edges } from './edges.ts'
import type { Alphabet } from './formula.ts'
import type { StateGraph } from './state-graph.ts'

export interface Product {
  readonly automaton: Automaton
  readonly edges: Edges
  /** By node, in the order of distance from the initial states. */
  readonly stateOf: Int32Array
  readonly automatonStateOf: Int32Array
  readonly nodeCount: number
  /** Nodes at distance d: layers[d] … layers[d+1]-1. */
  readonly layers: readonly number[]
  /** True when automaton state 0 is implicit. */
  readonly isWaiting: boolean
  /** Node, or -1 when it cannot go on. */
  nodeAt(state: number, automatonState: number): number
  /** What the state contributes to the letter that is read when it is left. */
  letterOf(state: number): number
  /** Transitions that may be taken on a letter whose `taken` bits are still open. */
  choicesOf(automatonState: number, letter: number): readonly Transition[]
  /** Bits that a step adds to the letter. */
  takenBits(instance: number): number
  /** The nodes nearest to the initial states where a behaviour may stop and is accepted, implicit ones included. */
  readonly stops: readonly Stop[]
}

export interface Stop {
  readonly state: number
  readonly automatonState: number
  readonly distance: number
}

/** An Int32Array that grows. */
interface Growing {
  items: Int32Array
}

function push(list: Growing, at: number, item: number): void {
  if (at === list.items.length) {
    const larger = new Int32Array(2 * list.items.length)
    larger.set(list.items)
    list.items = larger
  }
  list.items[at] = item
}

const maxTableBits = 14

export function buildProduct(
  graph: StateGraph,
  edges: Edges,
  automaton: Automaton,
  alphabet: Alphabet,
  mayStop: (state: number) => boolean,
): Product {
  const width = automaton.transitions.length
  const letters = lettersOf(graph, alphabet)
  const takenOf = takenBitsOf(graph, alphabet)
  const predicateMask = 2 ** alphabet.predicates.length - 1
  const isWaiting = canWait(automaton)
  const first = isWaiting ? 1 : 0
  const explicit = width - first
  const nodes = new Int32Array(graph.stateCount * explicit)
  const stateOf: Growing = { items: new Int32Array(1024) }
  const automatonStateOf: Growing = { items: new Int32Array(1024) }
  let nodeCount = 0

  const hasTable = alphabet.predicates.length <= maxTableBits
  const table: (readonly Transition[] | undefined)[] = []
  const fallback = new Map<number, readonly Transition[]>()
  const readable = (q: number, letter: number): readonly Transition[] =>
    (automaton.transitions[q] ?? []).filter(
      ({ on, off }) => (letter & on) === (on & predicateMask) && (letter & off & predicateMask) === 0,
    )
  const choicesOf = (q: number, letter: number): readonly Transition[] => {
    const key = letter * width + q
    const known = hasTable ? table[key] : fallback.get(key)
    if (known !== undefined) return known
    const found = readable(q, letter)
    if (hasTable) table[key] = found
    else fallback.set(key, found)
    return found
  }

  /** By letter: the automaton states from which an accepting run reads it for ever. */
  const enduring = new Map<number, readonly boolean[]>()
  const stops: Stop[] = []
  const noteStop = (state: number, q: number, distance: number): void => {
    if ((stops[0]?.distance ?? distance) < distance) return
    const letter = letters[state] as number
    let accepting = enduring.get(letter)
    if (accepting === undefined) {
      accepting = hasAcceptingRun(automaton, (t) => reads(t, letter))
      enduring.set(letter, accepting)
    }
    if (accepting[q] === true && mayStop(state)) stops.push({ state, automatonState: q, distance })
  }

  /** Enters a node unless it is known, implicit or dead. */
  const enter = (state: number, q: number): void => {
    if (q < first) return
    const at = state * explicit + q - first
    if (nodes[at] !== 0) return
    if (choicesOf(q, letters[state] as number).length === 0 || !graph.isWithin(state)) {
      nodes[at] = -1
      return
    }
    push(stateOf, nodeCount, state)
    push(automatonStateOf, nodeCount, q)
    nodeCount++
    nodes[at] = nodeCount
  }

  const expand = (state: number, q: number): void => {
    const choices = choicesOf(q, letters[state] as number)
    if (choices.length === 0 || (q < first && choices.every((t) => t.target < first))) return
    edges.load(state)
    const { pool, at } = edges
    const end = at + 1 + 2 * (pool[at] as number)
    for (let k = at + 1; k < end; k += 2) {
      const target = pool[k] as number
      const letter = (letters[state] as number) | (target === state ? 0 : (takenOf[pool[k + 1] as number] as number))
      for (const t of choices) if (reads(t, letter)) enter(target, t.target)
    }
  }

  const layers = [0]
  const initialEnd = graph.levels[1] ?? 0
  for (let state = 0; state < initialEnd; state++) enter(state, 0)
  for (let distance = 0; ; distance++) {
    const from = layers[distance] ?? 0
    const to = nodeCount
    layers.push(to)
    const levelEnd = isWaiting ? (graph.levels[distance + 1] ?? 0) : 0
    for (let state = graph.levels[distance] ?? levelEnd; state < levelEnd; state++) {
      if (!graph.isWithin(state)) continue
      noteStop(state, 0, distance)
      expand(state, 0)
    }
    for (let node = from; node < to; node++) {
      const state = stateOf.items[node] as number
      const q = automatonStateOf.items[node] as number
      noteStop(state, q, distance)
      expand(state, q)
    }
    const isOver = nodeCount === to && !(isWaiting && distance + 2 < graph.levels.length)
    if (isOver) break
  }
  return {
    automaton,
    edges,
    stateOf: stateOf.items,
    automatonStateOf: automatonStateOf.items,
    nodeCount,
    layers,
    isWaiting,
    nodeAt: (state, q) => (q < first ? -1 : Math.max(-1, (nodes[state * explicit + q - first] as number) - 1)),
    letterOf: (state) => letters[state] as number,
    choicesOf,
    takenBits: (instance) => takenOf[instance] as number,
    stops,
  }
}

/** State 0 can read anything and stay, without ever accepting there, and is never entered from elsewhere. */
function canWait(automaton: Automaton): boolean {
  const isStay = (t: Transition): boolean => t.target === 0 && t.on === 0 && t.off === 0
  const stays = automaton.transitions[0]?.filter((t) => t.target === 0) ?? []
  const marks = stays.reduce((sum, t) => sum | t.marks, 0)
  return (
    stays.some(isStay) &&
    automaton.allMarks !== 0 &&
    marks !== automaton.allMarks &&
    automaton.transitions.slice(1).every((ts) => ts.every((t) => t.target !== 0))
  )
}

/** State predicates of every state, as bits. */
function lettersOf(graph: StateGraph, alphabet: Alphabet): Uint8Array | Uint32Array {
  const letters = alphabet.predicates.length <= 8 ? new Uint8Array(graph.stateCount) : new Uint32Array(graph.stateCount)
  for (const [bit, proposition] of alphabet.predicates.entries()) {
    for (let state = 0; state < graph.stateCount; state++) {
      if (graph.holds(proposition, state)) letters[state] = (letters[state] as number) | (1 << bit)
    }
  }
  return letters
}

function takenBitsOf(graph: StateGraph, alphabet: Alphabet): Int32Array {
  const bits = new Int32Array(graph.instanceCount)
  for (const [i, instances] of alphabet.taken.entries()) {
    for (const instance of instances) bits[instance] = (bits[instance] ?? 0) | (1 << (alphabet.predicates.length + i))
  }
  return bits
}
