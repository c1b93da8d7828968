/**
 * Finds the parts of a product in which a behaviour can stay for ever, accepting and fair.
 *
 * A strongly connected component is judged as a whole. A missing acceptance set, or a weak condition that is enabled
 * in all its states and never taken, rules out every part of it too. A strong condition that is enabled somewhere and never taken
 * rules out only the nodes where it is enabled: they are removed, and what is left is split again.
 * Source: Emerson and Lei 1987, doi:10.1016/0167-6423(87)90036-0.
 */

import { type Parts, runShort } from '../../src/model/parts.ts'
import { countAt, type Edges, instanceAt, recordOf, targetAt } from './edges.ts'
import { pause } from './emit-node-search.ts'
import type { Fairness } from './fairness.ts'
import { createSearch, mostRoots, type NodeSearch } from './node-search.ts'
import { nodeCount, type Product, stateOf } from './product.ts'
import { groupSize } from './regenerated-edges.ts'
import { readStates, rootGroups } from './roots.ts'

export interface FairParts {
  /** True when a behaviour may stop somewhere and is accepted. */
  readonly hasStop: boolean
  readonly isAny: boolean
  isFair(node: number): boolean
  /** The same for all nodes of a fair part, and 0 for all others. */
  nameOf(node: number): number
}

/** Nodes that are entered before the event loop may turn, and that are judged. */
const visitsAPart = 2 ** 14
const judgedAPart = 2 ** 10

export function* fairParts(product: Product, fairness: Fairness): Parts<FairParts> {
  const { edges } = product
  const search = createSearch(product, fairness) ?? (yield* runShort())
  const { marks, stack } = search
  const open: Int32Array[] = []
  let names: Int32Array | null = null
  let fairCount = 0
  const judge = function* (): Parts<void> {
    const end = search.endOfComponent()
    yield* summarise(search, end)
    const verdict = verdictOf(search, fairness, end)
    if (verdict === 'fair') {
      names ??= new Int32Array(nodeCount(product))
      fairCount++
      for (let i = search.oldestOpen(); i < end; i++) names[stack[i] as number] = fairCount
    } else if (verdict !== 'unfair') open.push(verdict)
    search.closeComponent(end)
  }
  const visitSome = function* (roots: Int32Array): Parts<void> {
    search.roots.set(roots)
    search.setRoots(roots.length)
    for (;;) {
      const why = search.advance(visitsAPart)
      if (search.stackBytes() > edges.freeBytes()) yield* runShort()
      if (why === pause.done) return
      if (why === pause.late) yield
      else yield* judge()
    }
  }
  const visit = function* (roots: Int32Array): Parts<void> {
    for (let from = 0; from < roots.length; from += mostRoots) yield* visitSome(roots.subarray(from, from + mostRoots))
  }
  try {
    const starts = yield* readStates(search)
    for (const roots of rootGroups(search, starts)) {
      yield
      yield* visit(roots)
    }
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      for (const node of part) marks[node] = ~(marks[node] as number)
      yield* visit(part)
    }
  } finally {
    search.release()
  }
  const nameOf = (node: number): number => names?.[node] ?? 0
  return { hasStop: search.hasStop, isAny: fairCount > 0, isFair: (node) => nameOf(node) > 0, nameOf }
}

/** Says of a component `fair`, `unfair`, or which nodes remain when a strong condition is avoided. */
function verdictOf(search: NodeSearch, fairness: Fairness, end: number): 'fair' | 'unfair' | Int32Array {
  const { words, weak, strong } = fairness
  const { product, stack } = search
  const { marks, taken, always, sometimes } = search.summary
  const top = search.oldestOpen()
  if (marks() !== product.automaton.allMarks) return 'unfair'
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

/** Where the transitions of a node of the open component begin. */
function recordAt({ product, isShared, stack, saved }: NodeSearch, i: number): number {
  return isShared ? (saved[i] as number) : recordOf(product.edges, stateOf(product, stack[i] as number))
}

/** Of the component that is open, as far as its verdict depends on it. */
function* summarise({ product, stack, summary, oldestOpen }: NodeSearch, end: number): Parts<void> {
  const { edges } = product
  const top = oldestOpen()
  const size = edges.isRecorded ? judgedAPart : groupSize
  summary.clear()
  for (let from = top; from < end; from += size) {
    if (from > top) yield
    const to = Math.min(from + size, end)
    if (!edges.isRecorded)
      edges.prepare(
        stack.slice(from, to).map((node) => stateOf(product, node)),
        to - from,
      )
    if (summary.add(from, to) === 0) return
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
