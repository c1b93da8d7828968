/**
 * The behaviours that refute a property: the state graph run together with the automaton of the negated formula.
 *
 * A node is a state and an automaton state that has yet to read it. When the automaton may wait in its first state for
 * ever, and never comes back to it, all reachable states are paired with that state; those nodes stay implicit, so that
 * `leadsTo` has no nodes but the region between its two sides.
 *
 * Nothing is stored: whether a node can go on is asked of its state.
 */

import { type Automaton, canWait, type Transition } from './automaton.ts'
import { countAt, type Edges, instanceAt, recordOf, targetAt } from './edges.ts'
import { choicesOf, type Letters, letterAt } from './letters.ts'
import type { StateGraph } from './state-graph.ts'

export interface Product {
  readonly graph: StateGraph
  readonly edges: Edges
  readonly automaton: Automaton
  readonly letters: Letters
  /** True when automaton state 0 is implicit. */
  readonly isWaiting: boolean
  /** The number of a node is state × explicit + automaton state - first. */
  readonly explicit: number
  readonly first: number
}

const maxNodes = 2 ** 31 - 2

export function createProduct(graph: StateGraph, edges: Edges, automaton: Automaton, letters: Letters): Product {
  const isWaiting = canWait(automaton)
  const first = isWaiting ? 1 : 0
  const explicit = automaton.transitions.length - first
  const product = { graph, edges, automaton, letters, isWaiting, explicit, first }
  if (nodeCount(product) > maxNodes) throw new Error('liveness: more than 2^31 pairs of a state and an automaton state')
  return product
}

export const nodeCount = ({ graph, explicit }: Product): number => graph.stateCount * explicit
export const stateOf = ({ explicit }: Product, node: number): number => (explicit === 1 ? node : (node / explicit) | 0)
export const automatonStateOf = ({ explicit, first }: Product, node: number): number =>
  explicit === 1 ? first : (node % explicit) + first

/** Can a behaviour go on in a reachable state with an explicit automaton state? */
export function isAlive(product: Product, state: number, q: number): boolean {
  return choicesOf(product.letters, q, letterOf(product, state)).length > 0
}

/** What a state is read as. Requires, where transitions are recorded, that its place is in its place: see emit-node-search.ts. */
export function letterOf({ edges, letters }: Product, state: number): number {
  return edges.isRecorded ? letterAt(letters, state, edges.places[state] as number) : letters.evaluate(state)
}

/** The node of a reachable pair, or -1 when there is none. */
export function nodeAt(product: Product, state: number, q: number): number {
  const { explicit, first } = product
  return q >= first && isAlive(product, state, q) ? state * explicit + q - first : -1
}

export type OnEdge = (to: number, instance: number, marks: number, changes: boolean) => void

/** All transitions of a node into nodes; those that differ in their marks alone come as one. */
export function eachEdge(product: Product, node: number, visit: OnEdge): void {
  eachEdgeOf(product, stateOf(product, node), automatonStateOf(product, node), visit)
}

/** The same for a node that may be implicit. */
export function eachEdgeOf(product: Product, state: number, automatonState: number, visit: OnEdge): void {
  const { edges, letters } = product
  const at = recordOf(edges, state)
  const letter = letterAt(letters, state, at)
  const choices = choicesOf(letters, automatonState, letter)
  const count = countAt(edges, at)
  for (let i = 0; i < count; i++) {
    const target = targetAt(edges, at, i, state)
    const instance = instanceAt(edges, at, i)
    const full = letter | (target === state ? 0 : (letters.taken[instance] as number))
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
