/**
 * The behaviours that refute a property: the state graph run together with the automaton of the negated formula.
 *
 * A node is a state and an automaton state that has yet to read it. When the automaton may wait in its first state for
 * ever, and never comes back to it, all reachable states are paired with that state; those nodes stay implicit, so that
 * `leadsTo` stores nothing but the region between its two sides.
 *
 * Memory: 4 bytes for every state and explicit automaton state, and 4 more for each node.
 */

import type { Automaton, Transition } from './automaton.ts'
import { type Edges, groupSize } from './edges.ts'
import type { Fairness } from './fairness.ts'
import type { Letters } from './letters.ts'
import type { StateGraph } from './state-graph.ts'

/** Values of `Product.mark`; all others belong to the search for components. */
export const mark = { unknown: 0, fresh: 1, dead: -1 } as const

export interface Product {
  readonly automaton: Automaton
  readonly edges: Edges
  readonly letters: Letters
  /** True when automaton state 0 is implicit. */
  readonly isWaiting: boolean
  /** The number of a node is state × explicit + automaton state - first. */
  readonly explicit: number
  readonly first: number
  /** By number: one of `mark`, or what the search for components wrote: [stateCount × explicit]. */
  readonly marks: Int32Array
  /** The nodes, in order of their distance from the initial states: [nodeCount]. */
  readonly nodes: Int32Array
  /** Nodes at distance d: nodes[layers[d]] … nodes[layers[d+1]-1]. */
  readonly layers: readonly number[]
  /** The nodes nearest to the initial states where a behaviour may stop and is accepted, implicit ones included. */
  readonly stops: readonly Stop[]
}

export interface Stop {
  readonly state: number
  readonly automatonState: number
  readonly distance: number
}

const maxNodes = 2 ** 31 - 1

export interface ProductInput {
  readonly graph: StateGraph
  readonly edges: Edges
  readonly automaton: Automaton
  readonly letters: Letters
  readonly fairness: Fairness
}

export function buildProduct({ graph, edges, automaton, letters, fairness }: ProductInput): Product {
  const isWaiting = canWait(automaton)
  const first = isWaiting ? 1 : 0
  const explicit = automaton.transitions.length - first
  const room = graph.stateCount * explicit
  if (room > maxNodes) throw new Error('liveness: more than 2^31 pairs of a state and an automaton state')
  const marks = new Int32Array(room)
  /** Reserved at full size; the system commits pages when they are written. */
  const nodes = new Int32Array(room)
  let nodeCount = 0
  const stops: Stop[] = []
  const { isFair } = fairness

  /** Enters a node unless it is known, implicit or dead. */
  const enter = (state: number, q: number): void => {
    if (q < first) return
    const node = state * explicit + q - first
    if (marks[node] !== mark.unknown) return
    const isDead = letters.choices(q, letters.of(state)).length === 0 || !graph.isWithin(state)
    marks[node] = isDead ? mark.dead : mark.fresh
    if (!isDead) nodes[nodeCount++] = node
  }

  const expand = (state: number, q: number, distance: number): void => {
    const letter = letters.of(state)
    const choices = letters.choices(q, letter)
    edges.load(state)
    const { pool, at } = edges
    const end = at + 1 + 2 * (pool[at] as number)
    let isForced = false
    for (let k = at + 1; k < end; k += 2) {
      const target = pool[k] as number
      const instance = pool[k + 1] as number
      const changes = target !== state
      if (changes && isFair[instance] === 1) isForced = true
      const full = changes ? letter | letters.taken(instance) : letter
      for (const t of choices) if ((full & t.on) === t.on && (full & t.off) === 0) enter(target, t.target)
    }
    const isNear = stops[0] === undefined || stops[0].distance === distance
    if (!isForced && isNear && letters.endures(q, letter)) stops.push({ state, automatonState: q, distance })
  }

  const group = new Int32Array(groupSize)
  let grouped = 0
  const flush = (distance: number, q: (i: number) => number): void => {
    edges.prepare(group, grouped)
    for (let i = 0; i < grouped; i++) expand(group[i] as number, q(i), distance)
    grouped = 0
  }

  /** Implicit nodes of a level from which a step leaves automaton state 0. */
  const expandWaiting = (from: number, to: number, distance: number): void => {
    for (let state = from; state < to; state++) {
      if (isIdle(letters.choices(0, letters.of(state))) || !graph.isWithin(state)) continue
      group[grouped++] = state
      if (grouped === groupSize) flush(distance, () => 0)
    }
    flush(distance, () => 0)
  }

  const expandNodes = (from: number, to: number, distance: number): void => {
    for (let start = from; start < to; start += groupSize) {
      grouped = Math.min(groupSize, to - start)
      for (let i = 0; i < grouped; i++) group[i] = ((nodes[start + i] as number) / explicit) | 0
      flush(distance, (i) => ((nodes[start + i] as number) % explicit) + first)
    }
  }

  const layers = [0]
  const initialEnd = graph.levels[1] ?? 0
  for (let state = 0; state < initialEnd; state++) enter(state, 0)
  for (let distance = 0; ; distance++) {
    const from = layers[distance] ?? 0
    const to = nodeCount
    layers.push(to)
    if (isWaiting) expandWaiting(graph.levels[distance] ?? 0, graph.levels[distance + 1] ?? 0, distance)
    expandNodes(from, to, distance)
    if (nodeCount === to && !(isWaiting && distance + 2 < graph.levels.length)) break
  }
  const found = nodes.subarray(0, nodeCount)
  return { automaton, edges, letters, isWaiting, explicit, first, marks, nodes: found, layers, stops }
}

export function isIdle(choices: readonly Transition[]): boolean {
  return choices.every((t) => t.target === 0)
}

export const stateOf = ({ explicit }: Product, node: number): number => (node / explicit) | 0
export const automatonStateOf = ({ explicit, first }: Product, node: number): number => (node % explicit) + first

/** The node of a pair, or -1 when there is none. */
export function nodeAt({ explicit, first, marks }: Product, state: number, q: number): number {
  if (q < first) return -1
  const node = state * explicit + q - first
  return marks[node] === mark.unknown || marks[node] === mark.dead ? -1 : node
}

export type OnEdge = (to: number, instance: number, marks: number, changes: boolean) => void

/** All transitions of a node into nodes; those that differ in their marks alone come as one. */
export function eachEdge(product: Product, node: number, visit: OnEdge): void {
  eachEdgeOf(product, stateOf(product, node), automatonStateOf(product, node), visit)
}

/** The same for a node that may be implicit. */
export function eachEdgeOf(product: Product, state: number, automatonState: number, visit: OnEdge): void {
  const { edges, letters } = product
  const letter = letters.of(state)
  const choices = letters.choices(automatonState, letter)
  edges.load(state)
  const { pool, at } = edges
  const end = at + 1 + 2 * (pool[at] as number)
  for (let k = at + 1; k < end; k += 2) {
    const target = pool[k] as number
    const instance = pool[k + 1] as number
    const full = letter | (target === state ? 0 : letters.taken(instance))
    for (let c = 0; c < choices.length; ) {
      const q = (choices[c] as Transition).target
      let isRead = false
      let marks = 0
      for (; c < choices.length && (choices[c] as Transition).target === q; c++) {
        const t = choices[c] as Transition
        if ((full & t.on) !== t.on || (full & t.off) !== 0) continue
        isRead = true
        marks |= t.marks
      }
      const to = isRead ? nodeAt(product, target, q) : -1
      if (to !== -1) visit(to, instance, marks, target !== state)
    }
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
