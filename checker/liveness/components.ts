/**
 * Strongly connected components of a part of the product, without recursion and with one word for each node beside the
 * call stack: the word holds the lowest visit number reached so far, and in the end the component.
 * Source: Pearce 2016, doi:10.1016/j.ipl.2015.08.010, differs: numbers of components count downwards, so that sign tells
 * open from closed; transitions are read from a cache that may forget them.
 */

import type { Transition } from './automaton.ts'
import { automatonStateOf, mark, type Product, stateOf } from './product.ts'

export interface Search {
  /** The last number given to a component. */
  lastComponent: number
  /** Room for the nodes that wait for their component to close: [nodeCount]. */
  readonly stack: Int32Array
}

/** Where the visit of each node on the call stack stands. The arrays are committed as deep as the calls go. */
interface Calls {
  readonly node: Int32Array
  readonly visit: Int32Array
  /** The transition of the state, and that of the automaton, to follow next. */
  readonly edge: Int32Array
  readonly choice: Int32Array
  readonly isLooping: Uint8Array
}

/**
 * Visits everything fresh that is reached from some nodes, closes it under numbers of components, and calls back with
 * each component that has a transition inside. Its nodes are valid during the call.
 */
export function eachComponent(
  product: Product,
  roots: Int32Array,
  search: Search,
  onComponent: (component: Int32Array, name: number) => void,
): void {
  const { marks, nodes, edges, letters, explicit, first } = product
  const { stack } = search
  const calls: Calls = {
    node: new Int32Array(nodes.length),
    visit: new Int32Array(nodes.length),
    edge: new Int32Array(nodes.length),
    choice: new Int32Array(nodes.length),
    isLooping: new Uint8Array(nodes.length),
  }
  let visits: number = mark.fresh
  let top = 0
  let depth = 0

  const enter = (node: number): void => {
    marks[node] = ++visits
    calls.node[depth] = node
    calls.visit[depth] = visits
    calls.edge[depth] = 0
    calls.choice[depth] = 0
    calls.isLooping[depth] = 0
    depth++
  }

  /** Follows the transitions of the topmost node to the first fresh one, and enters it; false when there is none. */
  const advance = (): boolean => {
    const call = depth - 1
    const node = calls.node[call] as number
    const state = stateOf(product, node)
    const letter = letters.of(state)
    const choices = letters.choices(automatonStateOf(product, node), letter)
    edges.load(state)
    const { pool, at } = edges
    const count = pool[at] as number
    let lowest = marks[node] as number
    let c = calls.choice[call] as number
    for (let k = calls.edge[call] as number; k < count; k++) {
      const target = pool[at + 1 + 2 * k] as number
      const full = letter | (target === state ? 0 : letters.taken(pool[at + 2 + 2 * k] as number))
      while (c < choices.length) {
        const t = choices[c++] as Transition
        if ((full & t.on) !== t.on || (full & t.off) !== 0 || t.target < first) continue
        const to = target * explicit + t.target - first
        const reached = marks[to] as number
        if (reached === mark.fresh) {
          marks[node] = lowest
          calls.edge[call] = k
          calls.choice[call] = c
          enter(to)
          return true
        }
        if (to === node) calls.isLooping[call] = 1
        if (reached > 0 && reached < lowest) lowest = reached
      }
      c = 0
    }
    marks[node] = lowest
    return false
  }

  /** Ends the visit of the topmost node; if nothing before it was reached, its component is complete. */
  const leave = (): void => {
    depth--
    const node = calls.node[depth] as number
    const lowest = marks[node] as number
    stack[top++] = node
    if (depth > 0) {
      const caller = calls.node[depth - 1] as number
      if (lowest < (marks[caller] as number)) marks[caller] = lowest
    }
    const visit = calls.visit[depth] as number
    if (lowest < visit) return
    let from = top - 1
    while (from > 0 && (marks[stack[from - 1] as number] as number) >= visit) from--
    const name = --search.lastComponent
    for (let i = from; i < top; i++) marks[stack[i] as number] = name
    const isTrivial = top - from === 1 && calls.isLooping[depth] === 0
    if (!isTrivial) onComponent(stack.subarray(from, top), name)
    top = from
  }

  for (const root of roots) {
    if (marks[root] !== mark.fresh) continue
    enter(root)
    while (depth > 0) if (!advance()) leave()
  }
}
