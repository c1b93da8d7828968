/**
 * Strongly connected components of a part of the product, without recursion and with two words for each node: one holds the lowest
 * visit number reached so far, and in the end the component; the other is its place in one of two stacks that grow
 * towards each other, since a node is never in both. Only the nodes on the path being followed use a third.
 * Source: Pearce 2016, doi:10.1016/j.ipl.2015.08.010, differs: numbers of components count downwards, so that sign tells
 * open from closed; a node that is a component by itself never enters a stack; transitions are read from a cache that may forget them.
 */

import type { Transition } from './automaton.ts'
import { recordEnd, recordOf } from './edges.ts'
import { choicesIn } from './letters.ts'
import { countBits, rankOf } from './node-set.ts'
import { automatonStateOf, type Product, stateOf } from './product.ts'

export interface ComponentSearch {
  readonly product: Product
  /** By rank of the node: 0 before it was visited, then the component, a negative number. */
  readonly marks: Int32Array
  /** From the left the nodes that are being visited, ~node where something older was reached; from the right those whose component is open. */
  readonly stack: Int32Array
  /** For each node being visited how far its record was read; negative when a transition led to the node itself. */
  readonly read: Int32Array
  visits: number
  lastName: number
  /** Where the two stacks end. */
  depth: number
  top: number
  /** How many visits make the search pause. */
  pauseAt: number
}

/** Nodes that are visited before the event loop may turn. */
const visitsAPart = 2 ** 14

export function createSearch(product: Product): ComponentSearch {
  const words = (): Int32Array => new Int32Array(product.nodes.size)
  const stack = words()
  const start = { visits: 0, lastName: 0, depth: 0, top: stack.length, pauseAt: 1 }
  return { product, marks: words(), stack, read: words(), ...start }
}

/** A component that has a transition inside, and its number. The array is valid during the call. */
export type OnComponent = (component: Int32Array, name: number) => void

/**
 * Visits what is fresh and reached from a node. One loop, so that what it works on stays in registers. Returns -1, or, when it
 * pauses, the node from which it has to go on next.
 */
export function searchFrom(search: ComponentSearch, root: number, onComponent: OnComponent): number {
  const { product, marks, stack, read } = search
  const { edges, letters, explicit, first, nodes } = product
  const [{ words }, { pool }, { hasTaken }] = [nodes, edges, letters]
  let node = root
  let place = rankOf(nodes, root)
  if (marks[place] !== 0) return -1
  let { depth, top } = search
  let begun = ++search.visits
  let lowest = begun
  let isOldest = true
  let from = 1
  for (;;) {
    marks[place] = lowest
    const state = stateOf(product, node)
    const choices = choicesIn(letters, state, automatonStateOf(product, node))
    const letter = hasTaken ? letters.of(state) : 0
    const at = recordOf(edges, state)
    const end = recordEnd(edges, at)
    let fresh = -1
    let freshPlace = 0
    let k = at + Math.abs(from)
    for (; k < end; k += 2) {
      const target = pool[k] as number
      const full = hasTaken && target !== state ? letter | letters.taken(pool[k + 1] as number) : letter
      for (let c = 0; c < choices.length; c++) {
        const t = choices[c] as Transition
        if (t.target < first || (hasTaken && ((full & t.on) !== t.on || (full & t.off) !== 0))) continue
        const to = target * explicit + t.target - first
        const w = (to >>> 5) << 1
        const bit = 1 << (to & 31)
        if (((words[w] as number) & bit) === 0) continue
        const toPlace = (words[w + 1] as number) + countBits((words[w] as number) & (bit - 1))
        const reached = marks[toPlace] as number
        if (reached === 0) {
          fresh = to
          freshPlace = toPlace
          break
        }
        if (to === node) from = -Math.abs(from)
        if (reached > 0) lowest = Math.min(lowest, reached)
      }
      if (fresh !== -1) break
    }
    isOldest &&= lowest === begun
    marks[place] = lowest
    if (fresh !== -1) {
      read[depth] = from < 0 ? at - k : k - at
      stack[depth++] = isOldest ? node : ~node
      if (search.visits >= search.pauseAt) return pause(search, depth, top, fresh)
      node = fresh
      place = freshPlace
      from = 1
      isOldest = true
      begun = ++search.visits
      lowest = begun
      continue
    }
    if (isOldest) top = close(search, node, place, top, from < 0, onComponent)
    else stack[--top] = node
    if (depth === 0) return finishVisit(search, top)
    const caller = stack[--depth] as number
    isOldest = caller >= 0
    node = isOldest ? caller : ~caller
    place = rankOf(nodes, node)
    from = read[depth] as number
    begun = marks[place] as number
    lowest = Math.min(begun, lowest)
  }
}

function pause(search: ComponentSearch, depth: number, top: number, next: number): number {
  // The first pauses come early: the optimiser has then seen what they do.
  search.pauseAt = search.visits + Math.min(search.visits, visitsAPart)
  search.depth = depth
  search.top = top
  return next
}

function finishVisit(search: ComponentSearch, top: number): -1 {
  search.depth = 0
  search.top = top
  return -1
}

/** Numbers the component whose oldest node is given, and returns the top of the nodes whose component is still open. */
function close(
  search: ComponentSearch,
  node: number,
  place: number,
  top: number,
  isLooping: boolean,
  onComponent: OnComponent,
): number {
  const { product, marks, stack } = search
  const { nodes } = product
  const visit = marks[place] as number
  const name = --search.lastName
  marks[place] = name
  let end = top
  for (; end < stack.length; end++) {
    const member = rankOf(nodes, stack[end] as number)
    if ((marks[member] as number) < visit) break
    marks[member] = name
  }
  if (end > top || isLooping) {
    stack[top - 1] = node
    onComponent(stack.subarray(top - 1, end), name)
  }
  return end
}
