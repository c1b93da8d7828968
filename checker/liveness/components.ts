/**
 * Strongly connected components of a part of the product, without recursion and with two words for each node: one holds the lowest
 * visit number reached so far, and in the end the component; the other is its place in one of two stacks that grow
 * towards each other, since a node is never in both.
 *
 * Where the visit of a node stands is not stored: its transitions are read again from the one that was followed last.
 * Source: Pearce 2016, doi:10.1016/j.ipl.2015.08.010, differs: numbers of components count downwards, so that sign tells
 * open from closed; transitions are read from a cache that may forget them.
 */

import type { Transition } from './automaton.ts'
import { recordEnd, recordOf } from './edges.ts'
import { choicesIn } from './letters.ts'
import { countBits, type NodeSet, rankOf } from './node-set.ts'
import { automatonStateOf, type Product, stateOf } from './product.ts'

export interface ComponentSearch {
  readonly product: Product
  readonly nodes: NodeSet
  /** By rank of the node: 0 before it was visited, then the component, a negative number. */
  readonly marks: Int32Array
  /** From the left the nodes that are being visited, ~node where something older was reached; from the right those whose component is open. */
  readonly stack: Int32Array
  depth: number
  top: number
  visits: number
  lastName: number
}

export function createSearch(product: Product): ComponentSearch {
  const { nodes } = product
  const [marks, stack] = [new Int32Array(nodes.size), new Int32Array(nodes.size)]
  return { product, nodes, marks, stack, depth: 0, top: nodes.size, visits: 0, lastName: 0 }
}

/** A component that has a transition inside, and its number. The array is valid during the call. */
export type OnComponent = (component: Int32Array, name: number) => void

/** Visits what is fresh and reached from a node. */
export function searchFrom(search: ComponentSearch, root: number, onComponent: OnComponent): void {
  const place = rankOf(search.nodes, root)
  if (search.marks[place] !== 0) return
  enter(search, root, place)
  for (let last = -1; search.depth > 0; ) {
    if (advance(search, last)) {
      last = -1
    } else {
      last = stateOf(search.product, nodeOf(search.stack[search.depth - 1] as number))
      leave(search, onComponent)
    }
  }
}

/**
 * Follows the transitions of the topmost node, from the first to the state `last` on (-1: all of them), to the first fresh
 * node, and enters it; false when there is none.
 */
function advance(search: ComponentSearch, last: number): boolean {
  const { product, marks, nodes } = search
  const { edges, letters, explicit, first } = product
  const { words } = nodes
  const { hasTaken } = letters
  const node = nodeOf(search.stack[search.depth - 1] as number)
  const own = rankOf(nodes, node)
  const state = stateOf(product, node)
  const choices = choicesIn(letters, state, automatonStateOf(product, node))
  const letter = hasTaken ? letters.of(state) : 0
  const { pool } = edges
  const at = recordOf(edges, state)
  const end = recordEnd(edges, at)
  const begun = marks[own] as number
  let lowest = begun
  let k = at + 1
  if (last !== -1) while (pool[k] !== last) k += 2
  for (; k < end; k += 2) {
    const target = pool[k] as number
    const full = hasTaken && target !== state ? letter | letters.taken(pool[k + 1] as number) : letter
    for (let c = 0; c < choices.length; c++) {
      const t = choices[c] as Transition
      if (t.target < first || (hasTaken && ((full & t.on) !== t.on || (full & t.off) !== 0))) continue
      const to = target * explicit + t.target - first
      const w = (to >>> 5) << 1
      const word = words[w] as number
      const bit = 1 << (to & 31)
      if ((word & bit) === 0) continue
      const place = (words[w + 1] as number) + countBits(word & (bit - 1))
      const reached = marks[place] as number
      if (reached === 0) {
        if (lowest < begun) lower(search, node, own, lowest)
        enter(search, to, place)
        return true
      }
      if (reached > 0 && reached < lowest) lowest = reached
    }
  }
  if (lowest < begun) lower(search, node, own, lowest)
  return false
}

function enter(search: ComponentSearch, node: number, place: number): void {
  search.marks[place] = ++search.visits
  search.stack[search.depth++] = node
}

/** The topmost node reaches something older. */
function lower({ marks, stack, depth }: ComponentSearch, node: number, place: number, reached: number): void {
  marks[place] = reached
  stack[depth - 1] = ~node
}

/** Ends the visit of the topmost node; if nothing older was reached, its component is complete. */
function leave(search: ComponentSearch, onComponent: OnComponent): void {
  const { marks, stack, nodes } = search
  const entry = stack[--search.depth] as number
  const node = nodeOf(entry)
  const lowest = marks[rankOf(nodes, node)] as number
  const begin = --search.top
  stack[begin] = node
  if (entry < 0) {
    const caller = nodeOf(stack[search.depth - 1] as number)
    const place = rankOf(nodes, caller)
    if (lowest < (marks[place] as number)) lower(search, caller, place, lowest)
    return
  }
  let end = begin + 1
  while (end < stack.length && (marks[rankOf(nodes, stack[end] as number)] as number) >= lowest) end++
  const name = --search.lastName
  for (let i = begin; i < end; i++) marks[rankOf(nodes, stack[i] as number)] = name
  search.top = end
  if (end - begin > 1 || isLooping(search.product, node)) onComponent(stack.subarray(begin, end), name)
}

/** Does a transition lead from the node to itself? */
function isLooping(product: Product, node: number): boolean {
  const { edges, letters } = product
  const state = stateOf(product, node)
  const { pool } = edges
  const at = recordOf(edges, state)
  const end = recordEnd(edges, at)
  for (let k = at + 1; k < end; k += 2) {
    if (pool[k] !== state) continue
    const q = automatonStateOf(product, node)
    const letter = letters.of(state)
    return letters.choices(q, letter).some((t) => t.target === q && (letter & t.on) === t.on)
  }
  return false
}

const nodeOf = (entry: number): number => (entry < 0 ? ~entry : entry)
