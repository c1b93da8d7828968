/**
 * Finds the parts of a product in which a behaviour can stay for ever, accepting and fair.
 *
 * A strongly connected component is judged as a whole. A missing acceptance set, or a weak condition that is enabled
 * in all its states and never taken, rules out every part of it too. A strong condition that is enabled somewhere and never taken
 * rules out only the nodes where it is enabled: they are removed, and what is left is split again.
 * Source: Emerson and Lei 1987, doi:10.1016/0167-6423(87)90036-0.
 */

import { eachComponent, type Search } from './components.ts'
import type { Fairness } from './fairness.ts'
import { eachEdge, mark, type Product, stateOf } from './product.ts'

/**
 * Writes the component of every node to `product.marks` and returns the numbers of the fair ones. Only components that
 * meet the first `rootCount` nodes or are reached from them are looked for.
 */
export function fairComponents(product: Product, fairness: Fairness, rootCount: number): ReadonlySet<number> {
  const { marks, nodes } = product
  const fair = new Set<number>()
  const search: Search = { lastComponent: mark.dead, stack: new Int32Array(nodes.length) }
  const open: Int32Array[] = []
  const judgeOne = (component: Int32Array, name: number): void => {
    const verdict = judge(product, fairness, component, name)
    if (verdict === 'fair') fair.add(name)
    else if (verdict !== 'unfair') open.push(verdict)
  }
  eachComponent(product, nodes.subarray(0, rootCount), search, judgeOne)
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    for (const node of part) marks[node] = mark.fresh
    eachComponent(product, part, search, judgeOne)
  }
  return fair
}

/** `fair`, `unfair`, or the nodes that remain when a strong condition is avoided. */
function judge(
  product: Product,
  fairness: Fairness,
  component: Int32Array,
  name: number,
): 'fair' | 'unfair' | Int32Array {
  const { words, weak, strong } = fairness
  const { marks, taken, always, sometimes } = summarise(product, fairness, component, name)
  if (marks !== product.automaton.allMarks) return 'unfair'
  const avoided = new Int32Array(words)
  let isSplit = false
  for (let w = 0; w < words; w++) {
    const idle = ~(taken[w] as number)
    if (((weak[w] as number) & (always[w] as number) & idle) !== 0) return 'unfair'
    avoided[w] = (strong[w] as number) & (sometimes[w] as number) & idle
    if (avoided[w] !== 0) isSplit = true
  }
  if (!isSplit) return 'fair'
  const enabled = new Int32Array(words)
  return component.filter((node) => {
    enabledGroups(product, fairness, node, enabled)
    return enabled.every((bits, w) => (bits & (avoided[w] as number)) === 0)
  })
}

interface Summary {
  /** Acceptance sets met inside the component. */
  readonly marks: number
  /** Groups taken inside it, enabled in all its nodes, and enabled in some, [words]. */
  readonly taken: Int32Array
  readonly always: Int32Array
  readonly sometimes: Int32Array
}

function summarise(product: Product, fairness: Fairness, component: Int32Array, name: number): Summary {
  const { words, groupsOf } = fairness
  const componentOf = product.marks
  const taken = new Int32Array(words)
  const always = new Int32Array(words).fill(-1)
  const sometimes = new Int32Array(words)
  const enabled = new Int32Array(words)
  let met = 0
  const visit = (to: number, instance: number, marks: number, changes: boolean): void => {
    if (componentOf[to] !== name) return
    met |= marks
    if (!changes) return
    for (let w = 0; w < words; w++) taken[w] = (taken[w] as number) | (groupsOf[instance * words + w] as number)
  }
  for (const node of component) {
    eachEdge(product, node, visit)
    enabledGroups(product, fairness, node, enabled)
    for (let w = 0; w < words; w++) {
      always[w] = (always[w] as number) & (enabled[w] as number)
      sometimes[w] = (sometimes[w] as number) | (enabled[w] as number)
    }
  }
  return { marks: met, taken, always, sometimes }
}

/** Writes the groups with an instance that is enabled in the node's state and would change it. */
export function enabledGroups(product: Product, fairness: Fairness, node: number, into: Int32Array): void {
  const { edges } = product
  const { words, groupsOf } = fairness
  const state = stateOf(product, node)
  into.fill(0)
  edges.load(state)
  const { pool, at } = edges
  const end = at + 1 + 2 * (pool[at] as number)
  for (let k = at + 1; k < end; k += 2) {
    if (pool[k] === state) continue
    const from = (pool[k + 1] as number) * words
    for (let w = 0; w < words; w++) into[w] = (into[w] as number) | (groupsOf[from + w] as number)
  }
}
