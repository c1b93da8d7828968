/**
 * A short loop inside a fair component, from a given node back to it, that meets acceptance and every obligation.
 *
 * Where the component is small enough the loop is the shortest: breadth-first over pairs of a node and the obligations
 * met so far. Elsewhere the nearest unmet obligation comes next, and detours that turn out superfluous are cut.
 */

import { eachEdge, eachEnabled } from './fair-components.ts'
import type { Fairness } from './fairness.ts'
import type { Product } from './product.ts'

export interface LoopStep {
  readonly instance: number
  readonly node: number
}

/** Pairs of node and met obligations that the exact search may store. */
const exactLimit = 2 ** 22

interface Duty {
  /** Obligations that a transition meets, as bits, and those that being at a node meets. */
  onEdge(instance: number, marks: number, changes: boolean): number
  onNode(node: number): number
  readonly all: number
}

/** Requires that the start belongs to a fair component. */
export function findLoop(product: Product, fairness: Fairness, fair: Int32Array, start: number): readonly LoopStep[] {
  const own = fair[start] as number
  const members = fair.reduce((sum, component) => sum + (component === own ? 1 : 0), 0)
  const duties = dutiesOf(product, fairness, fair, own)
  const inside: Inside = { product, fair, own }
  const single = duties.length === 1 ? duties[0] : undefined
  if (single !== undefined && members * (single.all + 1) <= exactLimit) {
    return shortest(inside, single, start, single.onNode(start), (node, met) => node === start && met === single.all)
  }
  return irreducible(greedy(inside, duties, start), duties, product, start)
}

interface Inside {
  readonly product: Product
  readonly fair: Int32Array
  readonly own: number
}

/** Obligations in bundles of at most 20, so that each fits a mask that can be combined with a node. */
function dutiesOf(product: Product, fairness: Fairness, fair: Int32Array, own: number): readonly Duty[] {
  const { groups, starts, list } = fairness
  const isEnabledSomewhere = new Uint8Array(groups.length)
  for (const [node, component] of fair.entries()) {
    if (component === own) eachEnabled(product, fairness, node, (g) => (isEnabledSomewhere[g] = 1))
  }
  const markBits = [...Array(31).keys()].filter((bit) => (product.automaton.allMarks & (1 << bit)) !== 0)
  const owed = groups.flatMap((_, g) => (isEnabledSomewhere[g] === 1 ? [g] : []))
  type Item = { readonly mark: number } | { readonly group: number }
  const items: readonly Item[] = [...markBits.map((mark) => ({ mark })), ...owed.map((group) => ({ group }))]
  const bundles = Array.from({ length: Math.max(1, Math.ceil(items.length / 20)) }, (_, i) =>
    items.slice(i * 20, (i + 1) * 20),
  )
  return bundles.map((bundle): Duty => {
    const bitOfGroup = new Int32Array(groups.length)
    for (const [bit, item] of bundle.entries()) if ('group' in item) bitOfGroup[item.group] = 1 << bit
    const weak = bundle.flatMap((item) =>
      'group' in item && groups[item.group]?.strength === 'weak' ? [item.group] : [],
    )
    const weakBits = weak.reduce((sum, g) => sum | (bitOfGroup[g] ?? 0), 0)
    return {
      all: 2 ** bundle.length - 1,
      onEdge: (instance, marks, changes) => {
        let met = 0
        for (const [bit, item] of bundle.entries())
          if ('mark' in item && (marks & (1 << item.mark)) !== 0) met |= 1 << bit
        if (!changes) return met
        for (let i = starts[instance] as number; i < (starts[instance + 1] as number); i++)
          met |= bitOfGroup[list[i] as number] as number
        return met
      },
      onNode: (node) => {
        let enabled = 0
        eachEnabled(product, fairness, node, (g) => {
          enabled |= bitOfGroup[g] as number
        })
        return weakBits & ~enabled
      },
    }
  })
}

/** Breadth-first from a node with some obligations met to the first pair that is a goal; at least one step. */
function shortest(
  { product, fair, own }: Inside,
  duty: Duty,
  start: number,
  met: number,
  isGoal: (node: number, met: number) => boolean,
): readonly LoopStep[] {
  const size = duty.all + 1
  const from = new Map<number, { readonly pair: number; readonly step: LoopStep }>()
  const queue = [start * size + met]
  const nodeDuty = new Map<number, number>()
  const onNode = (node: number): number => {
    const known = nodeDuty.get(node) ?? duty.onNode(node)
    nodeDuty.set(node, known)
    return known
  }
  for (const pair of queue) {
    const node = Math.floor(pair / size)
    const here = pair % size
    const found: { pair: number; step: LoopStep }[] = []
    eachEdge(product, node, (to, instance, marks, changes) => {
      if (fair[to] === own)
        found.push({ pair: to * size + (here | duty.onEdge(instance, marks, changes)), step: { instance, node: to } })
    })
    for (const one of found) {
      const reached = Math.floor(one.pair / size) * size + ((one.pair % size) | onNode(one.step.node))
      const isEnd = isGoal(one.step.node, reached % size)
      if (!isEnd && (from.has(reached) || reached === queue[0])) continue
      if (isEnd) return [...pathTo(from, pair, queue[0] as number), one.step]
      from.set(reached, { pair, step: one.step })
      queue.push(reached)
    }
  }
  throw new Error('loop: a fair component cannot be traversed')
}

function pathTo(
  from: ReadonlyMap<number, { readonly pair: number; readonly step: LoopStep }>,
  pair: number,
  start: number,
): readonly LoopStep[] {
  const path: LoopStep[] = []
  for (let at = pair; at !== start; ) {
    const back = from.get(at)
    if (back === undefined) throw new Error('loop: a path without a beginning')
    path.push(back.step)
    at = back.pair
  }
  return path.reverse()
}

/** One obligation after the other, the nearest first, then home. */
function greedy(inside: Inside, duties: readonly Duty[], start: number): readonly LoopStep[] {
  const path: LoopStep[] = []
  let node = start
  for (const duty of duties) {
    let met = coverage(inside.product, duty, start, path)
    while (met !== duty.all) {
      const missing = duty.all & ~met
      const part = shortest(inside, { ...duty, all: duty.all }, node, 0, (_, gained) => (gained & missing) !== 0)
      path.push(...part)
      node = part.at(-1)?.node ?? node
      met = coverage(inside.product, duty, start, path)
    }
  }
  if (node === start && path.length > 0) return path
  const nothing: Duty = { all: 0, onEdge: () => 0, onNode: () => 0 }
  return [...path, ...shortest(inside, nothing, node, 0, (at) => at === start)]
}

/** Obligations that a path from the start meets. A step is taken to carry all marks its transitions may carry. */
function coverage(product: Product, duty: Duty, start: number, path: readonly LoopStep[]): number {
  let met = duty.onNode(start)
  let node = start
  for (const step of path) {
    eachEdge(product, node, (to, instance, marks, changes) => {
      if (to === step.node && instance === step.instance) met |= duty.onEdge(instance, marks, changes)
    })
    met |= duty.onNode(step.node)
    node = step.node
  }
  return met
}

/** Cuts every part between two visits of one node that no obligation needs, longest first. */
function irreducible(
  loop: readonly LoopStep[],
  duties: readonly Duty[],
  product: Product,
  start: number,
): readonly LoopStep[] {
  const isWhole = (path: readonly LoopStep[]): boolean =>
    path.length > 0 && duties.every((duty) => coverage(product, duty, start, path) === duty.all)
  let current = loop
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    const visits = [start, ...current.map((step) => step.node)]
    search: for (let length = current.length - 1; length > 0; length--) {
      for (let i = 0; i + length < visits.length; i++) {
        if (visits[i] !== visits[i + length]) continue
        const shorter = [...current.slice(0, i), ...current.slice(i + length)]
        if (!isWhole(shorter)) continue
        current = shorter
        isChanged = true
        break search
      }
    }
  }
  return current
}
