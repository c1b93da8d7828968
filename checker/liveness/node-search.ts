/**
 * Depth-first search of the product: finds its nodes, and their strongly connected components, without recursion. What it does for each state and
 * each node is in emit-node-search.ts.
 */

import type { Transition } from './automaton.ts'
import { countAt, instanceAt, recordOf, targetAt } from './edges.ts'
import { kind } from './emit-node-search.ts'
import { summarySizes } from './emit-summary.ts'
import type { Fairness } from './fairness.ts'
import { canLeave, choicesOf, endures, letterAt } from './letters.ts'
import { type NodeProgram, nodeProgram, type OwnArrays, type OwnSizes } from './node-program.ts'
import { automatonStateOf, isAlive, letterOf, nodeCount, type Product, stateOf } from './product.ts'

export interface NodeSearch {
  readonly product: Product
  /** By node. Negative: closed, or cannot go on. From 1 to the number of nodes: open. Anything else: not visited yet. */
  readonly marks: Int32Array
  /** Are these the places of transitions too? */
  readonly isShared: boolean
  /** From the left the path to the node at hand, ~node where something older was reached; from `oldestOpen` on other open nodes. */
  readonly stack: Int32Array
  /** What stood in the marks of the nodes in `stack`. */
  readonly saved: Int32Array
  /** Room for roots. */
  readonly roots: Int32Array
  /** What is known of states, by what their records tell of them; null: records do not tell, or too much. */
  readonly kinds: Int32Array | null
  /** Is there a node among those visited where a behaviour may stop and is accepted? */
  hasStop: boolean
  readStates(from: number, to: number, isTold: number): number
  gatherRoots(from: number, to: number, areLeaving: number, areFresh: number): number
  setRoots(count: number): void
  advance(mostVisits: number): number
  oldestOpen(): number
  endOfComponent(): number
  closeComponent(end: number): void
  /** Bytes in use of what is reserved for paths and open components. */
  stackBytes(): number
  /** Looks for a stop in a node that may be implicit. */
  lookForStop(state: number, automatonState: number, at: number): void
  readonly summary: Summary
  /** Gives shared words back to the places of transitions, wherever the search is. */
  release(): void
}

/** What is learnt of a component: acceptance sets, and sets of groups, [words]. */
export interface Summary {
  clear(): void
  /** Adds nodes of the open component, from … to-1 in `stack`; returns 0 when its verdict does not depend on those that follow. */
  add(from: number, to: number): number
  /** Acceptance sets met inside it. */
  marks(): number
  /** Groups taken inside it, enabled in all its nodes, and enabled in some. */
  readonly taken: Int32Array
  readonly always: Int32Array
  readonly sometimes: Int32Array
}

/** For more propositions, the kinds of states are not looked up. */
const mostInTable = 15

/** Roots at a time. */
export const mostRoots = 2 ** 13

/** Null when the budget does not hold a word for each node. */
export function createSearch(product: Product, fairness: Fairness): NodeSearch | null {
  const { edges, explicit, letters } = product
  const nodes = nodeCount(product)
  const { words } = fairness
  const isShared = edges.isRecorded && explicit === 1
  const lent = isShared ? { words: edges.places.subarray(0, nodes), workspace: edges.workspace } : edges.lend(nodes)
  if (lent === null) return null
  const { words: marks, workspace } = lent
  const isTold = letters.shifts !== null && edges.propositions.length <= mostInTable
  const sizes = sizesOf(product, fairness, isTold)
  const answers = {
    kindOf: (state: number) => kindOf(product, letterOf(product, state)),
    recordOf: (node: number) => recordOf(edges, stateOf(product, node)),
    isAlive: (node: number) => (isAlive(product, stateOf(product, node), automatonStateOf(product, node)) ? 1 : 0),
    isStop: (node: number, at: number) => (isStop(stateOf(product, node), automatonStateOf(product, node), at) ? 1 : 0),
    list: (node: number, at: number) => listTargets(product, listed, node, at),
    addAnyNode: (i: number, at: number) => addNode(search, program.arrays, fairness, i, at),
  }
  const program = nodeProgram({ edges, workspace, marks, isShared, sizes, answers })
  const { roots, kinds, listed, stack, saved } = program.arrays
  const { call } = program
  const isForced = call('isForced')
  begin(program, product, fairness)
  const isStop = (state: number, q: number, at: number): boolean => {
    if (isForced(at, state) === 1 || !endures(letters, q, letterAt(letters, state, at))) return false
    search.hasStop = true
    return true
  }
  const search: NodeSearch = {
    product,
    marks,
    isShared,
    stack,
    saved,
    roots,
    kinds: isTold ? kinds : null,
    hasStop: false,
    ...functionsOf(program, nodes),
    summary: summaryOf(program, words),
    release: isShared ? call('release') : () => {},
    lookForStop: (state, q, at) => {
      if (!search.hasStop) isStop(state, q, at)
    },
  }
  return search
}

function sizesOf(product: Product, { words }: Fairness, isTold: boolean): OwnSizes {
  const { graph, edges, automaton } = product
  const nodes = nodeCount(product)
  const widestChoice = Math.max(...automaton.transitions.map((ts) => ts.length))
  return {
    roots: mostRoots,
    kinds: isTold ? 2 << edges.propositions.length : 1,
    follows: graph.instanceCount,
    fair: graph.instanceCount,
    listed: 1 + (graph.maxSuccessors + 1) * widestChoice,
    leaving: (graph.stateCount >>> 5) + 1,
    // Reserved at full size; the system commits pages when they are written.
    stack: nodes,
    saved: nodes,
    read: nodes,
    ...summarySizes(graph.instanceCount, words),
  }
}

/** Tells the program what it works on. */
function begin({ arrays, call }: NodeProgram, product: Product, fairness: Fairness): void {
  const { graph, letters, explicit, automaton } = product
  const { follows, fair, leaving, kinds, groups, weak, strong } = arrays
  follows.set(letters.follows ?? [])
  fair.set(fairness.isFair)
  groups.set(fairness.groupsOf)
  weak.set(fairness.weak)
  strong.set(fairness.strong)
  leaving.fill(0, 0, (graph.stateCount >>> 5) + 1)
  kinds.fill(0)
  call('begin')(nodeCount(product), letters.follows === null ? 0 : 1, explicit > 1 ? 1 : 0)
  call('setFairness')(fairness.words, graph.instanceCount, automaton.allMarks)
}

type Functions = Pick<
  NodeSearch,
  | 'readStates'
  | 'gatherRoots'
  | 'setRoots'
  | 'advance'
  | 'oldestOpen'
  | 'endOfComponent'
  | 'closeComponent'
  | 'stackBytes'
>

function functionsOf({ call }: NodeProgram, nodes: number): Functions {
  const [oldestOpen, pathLength] = [call('oldestOpen'), call('pathLength')]
  return {
    readStates: call('readStates'),
    gatherRoots: call('gatherRoots'),
    setRoots: call('setRoots'),
    advance: call('advance'),
    oldestOpen,
    endOfComponent: call('endOfComponent'),
    closeComponent: call('closeComponent'),
    stackBytes: () => 12 * pathLength() + 8 * (nodes - oldestOpen()),
  }
}

function summaryOf({ call, arrays }: NodeProgram, words: number): Summary {
  const own = (set: Int32Array): Int32Array => set.subarray(0, words)
  return {
    clear: call('clearSummary'),
    add: call('summarise'),
    marks: call('metMarks'),
    taken: own(arrays.taken),
    always: own(arrays.always),
    sometimes: own(arrays.sometimes),
  }
}

function kindOf({ letters, explicit, first, isWaiting }: Product, letter: number): number {
  const canGoOn = explicit > 1 || choicesOf(letters, first, letter).length > 0
  const isLeaving = isWaiting && canLeave(letters, letter)
  return kind.known | (canGoOn ? kind.alive : 0) | (isLeaving ? kind.leaving : 0)
}

/** Lists the nodes that a node leads to, from 1 on; returns how many. */
function listTargets(product: Product, listed: Int32Array, node: number, at: number): number {
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
      listed[++count] = target * explicit + t.target - first
    }
  }
  return count
}

/** Adds the groups of a node's transitions inside the open component, and writes which groups are enabled in it; returns which acceptance sets are met. */
function addNode(
  { product, marks, stack, oldestOpen }: NodeSearch,
  { taken, enabled, asked }: OwnArrays,
  { words, groupsOf }: Fairness,
  i: number,
  at: number,
): number {
  const { edges, letters, explicit, first } = product
  const oldest = marks[stack[oldestOpen()] as number] as number
  const node = stack[i] as number
  const state = stateOf(product, node)
  const { hasTaken } = letters
  const letter = letterAt(letters, state, at)
  const choices = choicesOf(letters, automatonStateOf(product, node), letter)
  const count = countAt(edges, at)
  let met = 0
  for (let e = 0; e < count; e++) {
    const instance = instanceAt(edges, at, e)
    if (asked[instance] === 0) continue
    const target = targetAt(edges, at, e, state)
    const changes = target !== state
    const full = hasTaken && changes ? letter | (letters.taken[instance] as number) : letter
    let stays = false
    for (let c = 0; c < choices.length; c++) {
      const t = choices[c] as Transition
      if (t.target < first || (hasTaken && ((full & t.on) !== t.on || (full & t.off) !== 0))) continue
      const mark = marks[target * explicit + t.target - first] as number
      if (mark < oldest || mark > marks.length) continue
      stays = true
      met |= t.marks
    }
    if (!changes) continue
    for (let w = 0; w < words; w++) {
      const groups = groupsOf[instance * words + w] as number
      enabled[w] = (enabled[w] as number) | groups
      if (stays) taken[w] = (taken[w] as number) | groups
    }
  }
  return met
}
