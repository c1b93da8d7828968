/**
 * Finds the parts of a product in which a behaviour can stay for ever, accepting and fair.
 *
 * A strongly connected component is judged as a whole. A missing acceptance set, or a weak condition that is enabled
 * in all its states and never taken, rules out every part of it too. A strong condition that is enabled somewhere and never taken
 * rules out only the nodes where it is enabled: they are removed, and what is left is split again.
 * Source: Emerson and Lei 1987, doi:10.1016/0167-6423(87)90036-0; components by Tarjan 1972, doi:10.1137/0201010, differs: iterative.
 */

import type { Fairness } from './fairness.ts'
import type { Product } from './product.ts'

const removed = -1

/** For each node the fair component it belongs to, or -1: [nodeCount]. */
export function fairComponents(product: Product, fairness: Fairness): Int32Array {
  const { nodeCount } = product
  const region = new Int32Array(nodeCount)
  const scratch = createScratch(nodeCount)
  const fair = new Int32Array(nodeCount).fill(removed)
  let lastRegion = 0
  let found = 0
  const open: Int32Array[] = [Int32Array.from({ length: nodeCount }, (_, node) => node)]
  for (let nodes = open.pop(); nodes !== undefined; nodes = open.pop()) {
    const own = ++lastRegion
    for (const node of nodes) region[node] = own
    eachComponent(product, region, own, nodes, scratch, (component, name) => {
      const verdict = judge(product, fairness, component, scratch.low, name)
      if (verdict === 'fair') {
        for (const node of component) fair[node] = found
        found++
      } else if (verdict !== 'unfair') {
        open.push(verdict)
      }
    })
  }
  return fair
}

interface Scratch {
  /** Visit number of a node, 0 before: [nodeCount]. */
  readonly number: Int32Array
  /** During the visit the lowest reachable number; afterwards the component's own number, negated. */
  readonly low: Int32Array
  readonly stack: Int32Array
  readonly calls: Int32Array
  /** Position of the next transition to follow, for each node on the call stack. */
  readonly edge: Int32Array
  readonly choice: Int32Array
  /** The last number given to a component, in all regions: they count downwards from -1. */
  components: number
}

function createScratch(nodeCount: number): Scratch {
  const array = (): Int32Array => new Int32Array(nodeCount)
  return {
    number: array(),
    low: array(),
    stack: array(),
    calls: array(),
    edge: array(),
    choice: array(),
    components: 0,
  }
}

/** Calls back with each component of the region that has a transition inside; members carry `low` = its (negative) number. */
function eachComponent(
  product: Product,
  region: Int32Array,
  own: number,
  nodes: Int32Array,
  scratch: Scratch,
  onComponent: (component: Int32Array, name: number) => void,
): void {
  const { edges, stateOf, automatonStateOf } = product
  const { number, low, stack, calls, edge, choice } = scratch
  for (const node of nodes) number[node] = 0
  let visited = 0
  let top = 0
  for (const root of nodes) {
    if (number[root] !== 0) continue
    let depth = 0
    const visit = (node: number): void => {
      visited++
      number[node] = visited
      low[node] = visited
      stack[top++] = node
      calls[depth++] = node
      edge[node] = 0
      choice[node] = 0
    }
    visit(root)
    while (depth > 0) {
      const node = calls[depth - 1] as number
      const state = stateOf[node] as number
      const q = automatonStateOf[node] as number
      const letter = product.letterOf(state)
      const choices = product.choicesOf(q, letter)
      edges.load(state)
      const { pool, at } = edges
      const count = pool[at] as number
      let k = edge[node] as number
      let c = choice[node] as number
      let next = -1
      while (k < count) {
        const target = pool[at + 1 + 2 * k] as number
        const full = letter | (target === state ? 0 : product.takenBits(pool[at + 2 + 2 * k] as number))
        while (c < choices.length) {
          const t = choices[c] as (typeof choices)[number]
          c++
          if ((full & t.on) !== t.on || (full & t.off) !== 0) continue
          const to = product.nodeAt(target, t.target)
          if (to === -1 || region[to] !== own) continue
          if (number[to] === 0) {
            next = to
            break
          }
          const reached = low[to] as number
          if (reached > 0 && reached < (low[node] as number)) low[node] = reached
        }
        if (next !== -1) break
        c = 0
        k++
      }
      if (next !== -1) {
        edge[node] = k
        choice[node] = c
        visit(next)
        continue
      }
      depth--
      const lowest = low[node] as number
      if (depth > 0) {
        const caller = calls[depth - 1] as number
        if (lowest < (low[caller] as number)) low[caller] = lowest
      }
      if (lowest !== number[node]) continue
      let from = top - 1
      while (stack[from] !== node) from--
      const name = --scratch.components
      for (let i = from; i < top; i++) low[stack[i] as number] = name
      const isSingle = top - from === 1
      if (!isSingle || hasSelfLoop(product, node)) onComponent(stack.slice(from, top), name)
      top = from
    }
  }
}

function hasSelfLoop(product: Product, node: number): boolean {
  let isFound = false
  eachEdge(product, node, (to) => {
    if (to === node) isFound = true
  })
  return isFound
}

/** All transitions of a node into known nodes. `changes` is false when the state stays the same. */
export function eachEdge(product: Product, node: number, visit: OnEdge): void {
  eachEdgeOf(product, product.stateOf[node] as number, product.automatonStateOf[node] as number, visit)
}

export type OnEdge = (to: number, instance: number, marks: number, changes: boolean) => void

/** The same for a node that may be implicit. */
export function eachEdgeOf(product: Product, state: number, automatonState: number, visit: OnEdge): void {
  const { edges } = product
  const letter = product.letterOf(state)
  const choices = product.choicesOf(automatonState, letter)
  edges.load(state)
  const { pool, at } = edges
  const end = at + 1 + 2 * (pool[at] as number)
  for (let k = at + 1; k < end; k += 2) {
    const target = pool[k] as number
    const instance = pool[k + 1] as number
    const full = letter | (target === state ? 0 : product.takenBits(instance))
    for (const t of choices) {
      if ((full & t.on) !== t.on || (full & t.off) !== 0) continue
      const to = product.nodeAt(target, t.target)
      if (to !== -1) visit(to, instance, t.marks, target !== state)
    }
  }
}

/** `fair`, `unfair`, or the nodes that remain when a strong condition is avoided. */
function judge(
  product: Product,
  fairness: Fairness,
  component: Int32Array,
  componentOf: Int32Array,
  own: number,
): 'fair' | 'unfair' | Int32Array {
  const { groups, starts, list } = fairness
  const taken = new Uint8Array(groups.length)
  /** Nodes in which the group is enabled. */
  const enabledIn = new Int32Array(groups.length)
  const seenAt = new Int32Array(groups.length).fill(-1)
  let marks = 0
  for (const node of component) {
    eachEdge(product, node, (to, instance, edgeMarks, changes) => {
      if (componentOf[to] !== own) return
      marks |= edgeMarks
      if (!changes) return
      for (let i = starts[instance] as number; i < (starts[instance + 1] as number); i++) taken[list[i] as number] = 1
    })
    if (groups.length > 0)
      eachEnabled(product, fairness, node, (g) => {
        if (seenAt[g] === node) return
        seenAt[g] = node
        enabledIn[g] = (enabledIn[g] as number) + 1
      })
  }
  if (marks !== product.automaton.allMarks) return 'unfair'
  const violated = groups.flatMap((group, g) => {
    const isOwed = group.strength === 'weak' ? enabledIn[g] === component.length : enabledIn[g] !== 0
    return isOwed && taken[g] === 0 ? [g] : []
  })
  if (violated.length === 0) return 'fair'
  if (violated.some((g) => groups[g]?.strength === 'weak')) return 'unfair'
  const avoided = new Uint8Array(groups.length)
  for (const g of violated) avoided[g] = 1
  return component.filter((node) => {
    let isKept = true
    eachEnabled(product, fairness, node, (g) => {
      if (avoided[g] === 1) isKept = false
    })
    return isKept
  })
}

/** Groups with an instance that is enabled in the node's state and would change it, repeats included. */
export function eachEnabled(
  { edges, stateOf }: Product,
  { starts, list }: Fairness,
  node: number,
  visit: (group: number) => void,
): void {
  const state = stateOf[node] as number
  edges.load(state)
  const { pool, at } = edges
  const end = at + 1 + 2 * (pool[at] as number)
  for (let k = at + 1; k < end; k += 2) {
    if (pool[k] === state) continue
    const instance = pool[k + 1] as number
    for (let i = starts[instance] as number; i < (starts[instance + 1] as number); i++) visit(list[i] as number)
  }
}
