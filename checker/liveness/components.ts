/**
 * Depth-first search of the product: finds its nodes, and their strongly connected components, without recursion.
 *
 * All that is known of a node is one word, its mark: what stood there before it was visited; while its component is open, the lowest visit
 * number reached so far; in the end the complement of what stood there first. Where transitions were recorded and a node is
 * a state, marks and places of transitions share their words, since a place is needed only while its node is open: one cache miss
 * instead of two, and no memory for states that are not visited.
 *
 * Source: Pearce 2016, doi:10.1016/j.ipl.2015.08.010, differs: the two stacks grow towards each other, since a node is never in both; a
 * node that is a component by itself, as most are, enters only the one for the path; a component is handed out while it is open.
 */

import type { Transition } from './automaton.ts'
import { countAt, instanceAt, recordOf, targetAt } from './edges.ts'
import { choicesOf, letterAt } from './letters.ts'
import { automatonStateOf, isAlive, nodeCount, type Product, stateOf } from './product.ts'
import { lookForStop, type Stops } from './stops.ts'

export interface NodeSearch {
  readonly product: Product
  /** By node. Negative: closed, or cannot go on. From 1 to the number of nodes: open. Anything else: not visited yet. */
  readonly marks: Int32Array
  /** Are these the places of transitions too? */
  readonly isShared: boolean
  /** From the left the path to the node at hand, ~node where something older was reached; from `top` on other open nodes. */
  readonly stack: Int32Array
  /** What stood in the marks of the nodes in `stack`. */
  readonly saved: Int32Array
  /** For each node of the path how far its transitions were read. */
  readonly read: Int32Array
  /** Nodes from which to search, and how many of them are done. */
  roots: readonly number[]
  rootsDone: number
  /** The node to be visited next, or -1 to go on with the path. */
  next: number
  /** Where the two stacks end. */
  depth: number
  top: number
  /** Nodes visited from the present root. */
  visits: number
  readonly scratch: Int32Array
}

/** Null when the budget does not hold a word for each node. */
export function createSearch(product: Product): NodeSearch | null {
  const { graph, edges, explicit, automaton } = product
  const widestChoice = Math.max(...automaton.transitions.map((ts) => ts.length))
  const isShared = edges.isRecorded && explicit === 1
  // Reserved at full size; the system commits pages when they are written.
  const words = (): Int32Array => new Int32Array(nodeCount(product))
  const marks = isShared ? edges.places.subarray(0, nodeCount(product)) : edges.lend(nodeCount(product))
  if (marks === null) return null
  return {
    product,
    isShared,
    marks,
    stack: words(),
    saved: words(),
    read: words(),
    roots: [],
    rootsDone: 0,
    next: -1,
    depth: 0,
    top: nodeCount(product),
    visits: 0,
    scratch: new Int32Array(1 + (graph.maxSuccessors + 1) * widestChoice),
  }
}

/** Was a node that can go on not visited yet? */
export function isFresh(marks: Int32Array, node: number): boolean {
  const mark = marks[node] as number
  return mark === 0 || mark > marks.length
}

/** What was followed already when the targets were listed. */
const always = Uint8Array.of(1)

/** Nodes that are visited before the event loop may turn. */
const visitsAPart = 2 ** 14

/** Why a search pauses. */
export type Pause = 'done' | 'paused' | 'component'

/**
 * Searches from the roots until all are done, or there is a component of several nodes: it is then the nodes of `stack` from `top` up to
 * `endOfComponent`, and stays open until `closeComponent` is called. One node that leads to itself alone is not handed out: going on so
 * is fair and accepting where stopping is, which is judged at each visit. One loop, so that what it works on stays in registers; what is
 * rare is done by the same arithmetic as what is not, because code that runs for the first time costs the loop its optimised form.
 */
export function advance(search: NodeSearch, stops: Stops): Pause {
  const { product, marks, isShared, stack, saved, read } = search
  const { edges, explicit, letters } = product
  const opened = marks.length
  let { next, depth, top, visits } = search
  let left = visitsAPart
  let pause: Pause = 'done'
  while (pause === 'done') {
    if (next === -1 && depth === 0) {
      next = nextRoot(search)
      visits = 0
      if (next === -1) break
    }
    const isNew = next !== -1
    const entry = isNew ? next : (stack[--depth] as number)
    const node = entry ^ (entry >> 31)
    const own = isNew ? (marks[node] as number) : (saved[depth] as number)
    const state = stateOf(product, node)
    const at = isShared ? own : recordOf(edges, state)
    if (isNew) {
      if (explicit > 1 && !isAlive(product, state, automatonStateOf(product, node))) {
        marks[node] = ~own
        next = -1
        continue
      }
      marks[node] = ++visits
      lookForStop(stops, state, automatonStateOf(product, node), at)
    }
    const isNear = letters.follows !== null && (edges.pool[at] as number) >= 0
    const targets = isNear ? edges.pool : targetsOf(search, node, at)
    const start = isNear ? at : 0
    const base = isNear ? state : 0
    const shift = isNear ? edges.instanceBits : 0
    const isFollowed = (isNear ? letters.follows : null) ?? always
    const instances = isNear ? (1 << edges.instanceBits) - 1 : 0
    const counted = isNear ? (1 << edges.countBits) - 1 : -1
    const end = start + ((targets[start] as number) & counted)
    const from = isNew ? 1 : (read[depth] as number)
    const begun = marks[node] as number
    let lowest = begun
    let k = start + from
    next = -1
    for (; k <= end; k++) {
      const step = targets[k] as number
      const mark = isFollowed[step & instances] === 0 ? -1 : (marks[base + (step >> shift)] as number)
      if (mark < 0) continue
      if (mark === 0 || mark > opened) {
        next = base + (step >> shift)
        break
      }
      if (mark < lowest) lowest = mark
    }
    const isYounger = (entry | (lowest - begun)) >> 31
    if (next !== -1) {
      marks[node] = lowest
      stack[depth] = node ^ isYounger
      saved[depth] = own
      read[depth++] = k - start
      if (--left === 0) pause = 'paused'
    } else if (isYounger === 0 && (top === opened || (marks[stack[top] as number] as number) < begun)) {
      marks[node] = ~own
    } else {
      marks[node] = lowest
      stack[--top] = node
      saved[top] = own
      if (isYounger === 0) pause = 'component'
    }
  }
  return leave(search, pause, next, depth, top, visits)
}

function leave(search: NodeSearch, pause: Pause, next: number, depth: number, top: number, visits: number): Pause {
  search.next = next
  search.depth = depth
  search.top = top
  search.visits = visits
  return pause
}

/** The next root that was not visited, or -1. */
function nextRoot(search: NodeSearch): number {
  const { roots, marks } = search
  while (search.rootsDone < roots.length) {
    const root = roots[search.rootsDone++] as number
    if (isFresh(marks, root)) return root
  }
  return -1
}

/** Bytes in use of what is reserved for paths and open components. */
export function stackBytes({ stack, depth, top }: NodeSearch): number {
  return 12 * depth + 8 * (stack.length - top)
}

/** Where the nodes of the component that was found end in `stack`. */
export function endOfComponent({ marks, stack, top }: NodeSearch): number {
  const oldest = marks[stack[top] as number] as number
  let end = top + 1
  while (end < stack.length && (marks[stack[end] as number] as number) >= oldest) end++
  return end
}

/** Closes the nodes of `stack` from `top` on, before an end. */
export function closeComponent(search: NodeSearch, end: number): void {
  const { marks, stack, saved } = search
  for (let i = search.top; i < end; i++) marks[stack[i] as number] = ~(saved[i] as number)
  search.top = end
}

/** Gives shared words back to the places of transitions, wherever the search is. */
export function release({ marks, isShared, stack, saved, depth, top }: NodeSearch): void {
  if (!isShared) return
  for (let state = 0; state < marks.length; state++) {
    if ((marks[state] as number) < 0) marks[state] = ~(marks[state] as number)
  }
  const giveBack = (i: number): void => {
    const node = stack[i] as number
    marks[node < 0 ? ~node : node] = saved[i] as number
  }
  for (let i = 0; i < depth; i++) giveBack(i)
  for (let i = top; i < stack.length; i++) giveBack(i)
}

/** The nodes that a node leads to: how many, and which. */
function targetsOf({ product, scratch }: NodeSearch, node: number, at: number): Int32Array {
  const { edges, letters, explicit, first } = product
  const { hasTaken } = letters
  const state = stateOf(product, node)
  const letter = letterAt(letters, state, at)
  const choices = choicesOf(letters, automatonStateOf(product, node), letter)
  const transitions = countAt(edges, at)
  let count = 0
  for (let i = 0; i < transitions; i++) {
    const target = targetAt(edges, at, i, state)
    const full = hasTaken && target !== state ? letter | (letters.taken[instanceAt(edges, at, i)] as number) : letter
    for (let c = 0; c < choices.length; c++) {
      const t = choices[c] as Transition
      if (t.target < first || (hasTaken && ((full & t.on) !== t.on || (full & t.off) !== 0))) continue
      scratch[++count] = target * explicit + t.target - first
    }
  }
  scratch[0] = count
  return scratch
}
