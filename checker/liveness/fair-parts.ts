/**
 * Finds the parts of a product in which a behaviour can stay for ever, accepting and fair.
 *
 * A strongly connected component is judged as a whole. A missing acceptance set, or a weak condition that is enabled
 * in all its states and never taken, rules out every part of it too. A strong condition that is enabled somewhere and never taken
 * rules out only the nodes where it is enabled: they are removed, and what is left is split again.
 * Source: Emerson and Lei 1987, doi:10.1016/0167-6423(87)90036-0.
 */

import type { Parts } from '../parts.ts'
import type { Transition } from './automaton.ts'
import { createSearch, searchFrom } from './components.ts'
import { groupSize, recordEnd, recordOf } from './edges.ts'
import type { Fairness } from './fairness.ts'
import { choicesIn } from './letters.ts'
import { hasNode, rankOf, writeDescending } from './node-set.ts'
import { automatonStateOf, type Product, stateOf } from './product.ts'

export interface FairParts {
  readonly isAny: boolean
  isFair(node: number): boolean
  /** The same for all nodes of a part. */
  nameOf(node: number): number
}

export const noParts: FairParts = { isAny: false, isFair: () => false, nameOf: () => 0 }

/**
 * The last nodes come first: nearly all that is reached from them was then visited before, so that the visits are short and
 * read the transitions in the order in which they lie in memory, backwards.
 */
export function* fairParts(product: Product, fairness: Fairness): Parts<FairParts> {
  const { nodes } = product
  const fair = new Set<number>()
  const open: Int32Array[] = []
  const search = createSearch(product)
  const { marks } = search
  const summary = createSummary(fairness.words)
  /** Judged when the search pauses. */
  const large: { readonly component: Int32Array; readonly name: number }[] = []
  const summariseGroup = (component: Int32Array, name: number, from: number): void =>
    summarise(product, fairness, component.subarray(from, from + groupSize), marks, name, summary)
  const conclude = (component: Int32Array, name: number): void => {
    const verdict = verdictOf(product, fairness, component, summary)
    if (verdict === 'fair') fair.add(name)
    else if (verdict !== 'unfair') open.push(verdict)
  }
  const judge = (component: Int32Array, name: number): void => {
    if (component.length > judgedAtOnce) large.push({ component: component.slice(), name })
    else {
      clear(summary)
      for (let from = 0; from < component.length; from += groupSize) summariseGroup(component, name, from)
      conclude(component, name)
    }
  }
  /** Until the search pauses; returns how far it has come, having put the node from which to go on in its place. */
  const visitFrom = (group: Int32Array, from: number): number => {
    for (let i = from; i < group.length; i++) {
      const next = searchFrom(search, group[i] as number, judge)
      if (next === -1) continue
      group[i] = next
      return i
    }
    return group.length
  }
  const visit = function* (group: Int32Array): Parts<void> {
    for (let done = 0; done < group.length; ) {
      yield
      done = visitFrom(group, done)
    }
    for (const { component, name } of large.splice(0)) {
      clear(summary)
      for (let from = 0; from < component.length; from += groupSize) {
        yield
        summariseGroup(component, name, from)
      }
      conclude(component, name)
    }
  }
  for (const group of groupsDescending(product)) yield* visit(group)
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    for (const node of part) marks[rankOf(nodes, node)] = 0
    yield* visit(part)
  }
  const nameOf = (node: number): number => marks[rankOf(nodes, node)] as number
  return { isAny: fair.size > 0, isFair: (node) => fair.has(nameOf(node)), nameOf }
}

/** All nodes, the last first, some at a time: their transitions are ready. Each group is valid until the next. */
function* groupsDescending(product: Product): Generator<Int32Array> {
  const group = new Int32Array(groupSize)
  for (let end = product.nodes.words.length; end > 0; ) {
    let count = 0
    while (end > 0 && count + 32 <= groupSize) {
      end -= 2
      count = writeDescending(product.nodes, end, group, count)
    }
    prepare(product, group.subarray(0, count))
    yield group.subarray(0, count)
  }
}

/** Larger components are judged in parts. */
const judgedAtOnce = 2 ** 14

const states = new Int32Array(groupSize)

function prepare(product: Product, nodes: Int32Array): void {
  for (let i = 0; i < nodes.length; i++) states[i] = stateOf(product, nodes[i] as number)
  product.edges.prepare(states, nodes.length)
}

/** Says of a component `fair`, `unfair`, or which nodes remain when a strong condition is avoided. */
function verdictOf(
  product: Product,
  fairness: Fairness,
  component: Int32Array,
  { marks, taken, always, sometimes, enabled }: Summary,
): 'fair' | 'unfair' | Int32Array {
  const { words, weak, strong } = fairness
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
  return component.filter((node) => {
    enabledGroups(product, fairness, stateOf(product, node), enabled)
    return enabled.every((bits, w) => (bits & (avoided[w] as number)) === 0)
  })
}

interface Summary {
  /** Acceptance sets met inside the component. */
  marks: number
  /** Groups taken inside it, enabled in all its nodes, and enabled in some, [words]. */
  readonly taken: Int32Array
  readonly always: Int32Array
  readonly sometimes: Int32Array
  /** Groups enabled in the node at hand, [words]. */
  readonly enabled: Int32Array
}

function createSummary(words: number): Summary {
  const set = (): Int32Array => new Int32Array(words)
  return { marks: 0, taken: set(), always: set(), sometimes: set(), enabled: set() }
}

function clear(summary: Summary): void {
  summary.marks = 0
  summary.taken.fill(0)
  summary.always.fill(-1)
  summary.sometimes.fill(0)
}

/** Adds some nodes of a component: at most `groupSize`. */
function summarise(
  product: Product,
  fairness: Fairness,
  group: Int32Array,
  marks: Int32Array,
  name: number,
  into: Summary,
): void {
  const { always, sometimes, enabled } = into
  prepare(product, group)
  for (const node of group) {
    enabled.fill(0)
    summariseNode(product, fairness, node, marks, name, into)
    for (let w = 0; w < fairness.words; w++) {
      always[w] = (always[w] as number) & (enabled[w] as number)
      sometimes[w] = (sometimes[w] as number) | (enabled[w] as number)
    }
  }
}

/** Adds the marks and groups of the node's transitions inside the component, and writes which groups are enabled in it. */
function summariseNode(
  product: Product,
  { words, groupsOf }: Fairness,
  node: number,
  componentOf: Int32Array,
  name: number,
  into: Summary,
): void {
  const { edges, letters, explicit, first, nodes } = product
  const { taken, enabled } = into
  const state = stateOf(product, node)
  const { hasTaken } = letters
  const choices = choicesIn(letters, state, automatonStateOf(product, node))
  const letter = hasTaken ? letters.of(state) : 0
  const { pool } = edges
  const at = recordOf(edges, state)
  const end = recordEnd(edges, at)
  for (let k = at + 1; k < end; k += 2) {
    const target = pool[k] as number
    const instance = pool[k + 1] as number
    const changes = target !== state
    const full = hasTaken && changes ? letter | letters.taken(instance) : letter
    let stays = false
    for (let c = 0; c < choices.length; c++) {
      const t = choices[c] as Transition
      if (t.target < first || (hasTaken && ((full & t.on) !== t.on || (full & t.off) !== 0))) continue
      const to = target * explicit + t.target - first
      if (!hasNode(nodes, to) || componentOf[rankOf(nodes, to)] !== name) continue
      stays = true
      into.marks |= t.marks
    }
    if (!changes) continue
    for (let w = 0; w < words; w++) {
      const groups = groupsOf[instance * words + w] as number
      enabled[w] = (enabled[w] as number) | groups
      if (stays) taken[w] = (taken[w] as number) | groups
    }
  }
}

/** Writes the groups with an instance that is enabled in the state and would change it. */
export function enabledGroups(
  { edges }: Product,
  { words, groupsOf }: Fairness,
  state: number,
  into: Int32Array,
): void {
  into.fill(0)
  const { pool } = edges
  const at = recordOf(edges, state)
  const end = recordEnd(edges, at)
  for (let k = at + 1; k < end; k += 2) {
    if (pool[k] === state) continue
    const from = (pool[k + 1] as number) * words
    for (let w = 0; w < words; w++) into[w] = (into[w] as number) | (groupsOf[from + w] as number)
  }
}
