/**
 * The behaviours that refute a property: the state graph run together with the automaton of the negated formula.
 *
 * A node is a state and an automaton state that has yet to read it. When the automaton may wait in its first state for
 * ever, and never comes back to it, all reachable states are paired with that state; those nodes stay implicit, so that
 * `leadsTo` has no nodes but the region between its two sides.
 *
 * Memory: two bits for every state and explicit automaton state.
 */

import type { Automaton, Transition } from './automaton.ts'
import { type Edges, recordEnd, recordOf } from './edges.ts'
import type { Letters } from './letters.ts'
import { hasNode, type NodeSet } from './node-set.ts'

export interface Product {
  readonly automaton: Automaton
  readonly edges: Edges
  readonly letters: Letters
  /** True when automaton state 0 is implicit. */
  readonly isWaiting: boolean
  /** The number of a node is state × explicit + automaton state - first. */
  readonly explicit: number
  readonly first: number
  /** The nodes that are reached and can go on. */
  readonly nodes: NodeSet
  /** True when a behaviour may stop somewhere and is accepted. */
  readonly hasStop: boolean
}

export const stateOf = ({ explicit }: Product, node: number): number => (explicit === 1 ? node : (node / explicit) | 0)
export const automatonStateOf = ({ explicit, first }: Product, node: number): number =>
  explicit === 1 ? first : (node % explicit) + first

/** The node of a pair, or -1 when there is none. */
export function nodeAt({ explicit, first, nodes }: Product, state: number, q: number): number {
  if (q < first) return -1
  const node = state * explicit + q - first
  return hasNode(nodes, node) ? node : -1
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
  const { pool } = edges
  const at = recordOf(edges, state)
  const end = recordEnd(edges, at)
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
export function canWait(automaton: Automaton): boolean {
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
