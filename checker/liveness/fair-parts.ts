/**
 * Finds the parts of a product in which a behaviour can stay for ever, accepting and fair.
 *
 * A strongly connected component is judged as a whole. A missing acceptance set, or a weak condition that is enabled
 * in all its states and never taken, rules out every part of it too. A strong condition that is enabled somewhere and never taken
 * rules out only the nodes where it is enabled: they are removed, and what is left is split again.
 * Source: Emerson and Lei 1987, doi:10.1016/0167-6423(87)90036-0.
 */

import { type Parts, runShort } from '../../src/model/parts.ts'
import type { Transition } from './automaton.ts'
import {
  advance,
  closeComponent,
  createSearch,
  endOfComponent,
  type NodeSearch,
  release,
  stackBytes,
} from './components.ts'
import { countAt, type Edges, groupSize, instanceAt, recordOf, targetAt } from './edges.ts'
import type { Fairness } from './fairness.ts'
import { choicesOf, letterAt } from './letters.ts'
import { automatonStateOf, nodeCount, type Product, stateOf } from './product.ts'
import { readStates, rootGroups } from './roots.ts'
import type { Stops } from './stops.ts'

export interface FairParts {
  /** True when a behaviour may stop somewhere and is accepted. */
  readonly hasStop: boolean
  readonly isAny: boolean
  isFair(node: number): boolean
  /** The same for all nodes of a fair part, and 0 for all others. */
  nameOf(node: number): number
}

export function* fairParts(product: Product, fairness: Fairness): Parts<FairParts> {
  const { edges } = product
  const search = createSearch(product) ?? (yield* runShort())
  const { marks, stack } = search
  const summary = createSummary(fairness)
  const open: Int32Array[] = []
  let names: Int32Array | null = null
  let fairCount = 0
  const stops: Stops = { product, fairness, isAny: false }
  const judge = function* (): Parts<void> {
    const end = endOfComponent(search)
    yield* summarise(search, fairness, end, summary)
    const verdict = verdictOf(search, fairness, end, summary)
    if (verdict === 'fair') {
      names ??= new Int32Array(nodeCount(product))
      fairCount++
      for (let i = search.top; i < end; i++) names[stack[i] as number] = fairCount
    } else if (verdict !== 'unfair') open.push(verdict)
    closeComponent(search, end)
  }
  const visit = function* (roots: readonly number[]): Parts<void> {
    search.roots = roots
    search.rootsDone = 0
    for (;;) {
      const event = advance(search, stops)
      if (stackBytes(search) > edges.freeBytes()) yield* runShort()
      if (event === 'done') return
      if (event === 'paused') yield
      else yield* judge()
    }
  }
  try {
    const starts = yield* readStates(search)
    for (const roots of rootGroups(search, starts, stops)) {
      yield
      yield* visit(roots)
    }
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      for (const node of part) marks[node] = ~(marks[node] as number)
      yield* visit([...part])
    }
  } finally {
    release(search)
  }
  const nameOf = (node: number): number => names?.[node] ?? 0
  return { hasStop: stops.isAny, isAny: fairCount > 0, isFair: (node) => nameOf(node) > 0, nameOf }
}

/** Says of a component `fair`, `unfair`, or which nodes remain when a strong condition is avoided. */
function verdictOf(
  search: NodeSearch,
  fairness: Fairness,
  end: number,
  { marks, taken, always, sometimes, enabled }: Summary,
): 'fair' | 'unfair' | Int32Array {
  const { words, weak, strong } = fairness
  const { product, stack, top } = search
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
  return stack.subarray(top, end).filter((_, i) => {
    enabledGroups(
      product.edges,
      fairness,
      stateOf(product, stack[top + i] as number),
      recordAt(search, top + i),
      enabled,
    )
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
  /** Groups that the verdict may still depend on, [words]. */
  readonly open: Int32Array
  /** 1 for each instance whose transitions it may still depend on. */
  readonly asked: Uint8Array
}

function createSummary({ words, isFair }: Fairness): Summary {
  const set = (): Int32Array => new Int32Array(words)
  return {
    ...{ marks: 0, taken: set(), always: set(), sometimes: set() },
    ...{ enabled: set(), open: set(), asked: new Uint8Array(isFair.length) },
  }
}

/** As it is before any node is met. */
function clear({ taken, always, sometimes, open, asked }: Summary): void {
  taken.fill(0)
  always.fill(-1)
  sometimes.fill(0)
  open.fill(-1)
  asked.fill(1)
}

/** Where the transitions of a node of the open component begin. */
function recordAt({ product, isShared, stack, saved }: NodeSearch, i: number): number {
  return isShared ? (saved[i] as number) : recordOf(product.edges, stateOf(product, stack[i] as number))
}

/** Of the component that is open, as far as its verdict depends on it. */
function* summarise(search: NodeSearch, fairness: Fairness, end: number, into: Summary): Parts<void> {
  const { product, stack, top } = search
  const { allMarks } = product.automaton
  const states = new Int32Array(groupSize)
  into.marks = 0
  clear(into)
  for (let from = top; from < end; from += groupSize) {
    if (from > top) yield
    const to = Math.min(from + groupSize, end)
    for (let i = from; i < to; i++) states[i - from] = stateOf(product, stack[i] as number)
    product.edges.prepare(states, to - from)
    for (let i = from; i < to; i++) {
      into.enabled.fill(0)
      summariseNode(search, fairness, i, into)
      if (!narrow(into, fairness, allMarks)) return
    }
  }
}

/**
 * After a node: which groups the verdict still depends on, strong ones until they are taken, weak ones until they are taken or not enabled
 * somewhere; and so which transitions. False when there are none: the component is fair.
 */
function narrow(summary: Summary, { words, groupsOf, weak, strong }: Fairness, allMarks: number): boolean {
  const { marks, taken, always, sometimes, enabled, open, asked } = summary
  let isOpen = false
  let isNews = false
  for (let w = 0; w < words; w++) {
    always[w] = (always[w] as number) & (enabled[w] as number)
    sometimes[w] = (sometimes[w] as number) | (enabled[w] as number)
    if (marks !== allMarks) continue
    const left = (((weak[w] as number) & (always[w] as number)) | (strong[w] as number)) & ~(taken[w] as number)
    if (left !== open[w]) isNews = true
    if (left !== 0) isOpen = true
    open[w] = left
  }
  for (let i = 0; isNews && i < asked.length; i++) asked[i] = isAnyOf(groupsOf, i * words, open) ? 1 : 0
  return isOpen || marks !== allMarks
}

/** Is there a group in this set among those at `at`? */
function isAnyOf(groupsOf: Int32Array, at: number, set: Int32Array): boolean {
  for (let w = 0; w < set.length; w++) if (((groupsOf[at + w] as number) & (set[w] as number)) !== 0) return true
  return false
}

/** Adds the marks and groups of a node's transitions inside the open component, and writes which groups are enabled in it. */
function summariseNode(search: NodeSearch, { words, groupsOf }: Fairness, i: number, into: Summary): void {
  const { product, marks, stack, top } = search
  const { edges, letters, explicit, first } = product
  const { taken, enabled, asked } = into
  const opened = marks.length
  const oldest = marks[stack[top] as number] as number
  const node = stack[i] as number
  const state = stateOf(product, node)
  const { hasTaken } = letters
  const at = recordAt(search, i)
  const letter = letterAt(letters, state, at)
  const choices = choicesOf(letters, automatonStateOf(product, node), letter)
  const count = countAt(edges, at)
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
      if (mark < oldest || mark > opened) continue
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

/** Writes the groups with an instance that is enabled in a state, whose transitions begin at `at`, and would change it. */
export function enabledGroups(
  edges: Edges,
  { words, groupsOf }: Fairness,
  state: number,
  at: number,
  into: Int32Array,
): void {
  into.fill(0)
  const count = countAt(edges, at)
  for (let i = 0; i < count; i++) {
    if (targetAt(edges, at, i, state) === state) continue
    const from = instanceAt(edges, at, i) * words
    for (let w = 0; w < words; w++) into[w] = (into[w] as number) | (groupsOf[from + w] as number)
  }
}
