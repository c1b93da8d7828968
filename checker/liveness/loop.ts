/**
 * A short loop inside a fair component, from a given node back to it, that is accepting and fair.
 *
 * Breadth-first over pairs of a node and what the loop has met so far finds the shortest one. Where that would take too
 * many pairs, the nearest thing that is missing comes next, and detours that turn out superfluous are cut.
 */

import type { Parts } from '../../src/model/parts.ts'
import { type Duty, dutyOf } from './duty.ts'
import type { FairParts } from './fair-parts.ts'
import type { Fairness } from './fairness.ts'
import { eachEdge, type Product } from './product.ts'

export interface LoopStep {
  readonly instance: number
  readonly node: number
  /** What the step and its end meet. */
  readonly items: bigint
}

/** Pairs of a node and what was met that the exact search may store. */
const exactLimit = 2 ** 19

/** Nodes that are worked on before the event loop may turn. */
const nodesAPart = 64

interface Inside {
  readonly product: Product
  readonly parts: FairParts
  readonly duty: Duty
  readonly start: number
}

/** Requires that the start belongs to a fair part. */
export function* findLoop(
  product: Product,
  fairness: Fairness,
  parts: FairParts,
  start: number,
  limit: number = exactLimit,
): Parts<readonly LoopStep[]> {
  const inside: Inside = { product, parts, duty: dutyOf(product, fairness), start }
  return (yield* shortest(inside, limit)) ?? (yield* irreducible(inside, yield* greedy(inside)))
}

/** The steps from a node that stay in the component. */
function stepsFrom({ product, parts, duty, start }: Inside, node: number): readonly LoopStep[] {
  const steps: LoopStep[] = []
  const own = parts.nameOf(start)
  eachEdge(product, node, (to, instance, marks, changes) => {
    if (parts.nameOf(to) !== own) return
    steps.push({ instance, node: to, items: duty.onEdge(instance, marks, changes) | duty.onNode(to) })
  })
  return steps
}

/** How a node, or a pair, was first reached. */
interface Back {
  readonly from: number
  readonly step: LoopStep
}

/** Null when more than so many pairs would have to be stored. */
function* shortest(inside: Inside, limit: number): Parts<readonly LoopStep[] | null> {
  const { duty, start } = inside
  const sets: bigint[] = []
  const numbers = new Map<bigint, number>()
  const keyOf = (node: number, met: bigint): number => {
    const number = numbers.get(met) ?? sets.push(met) - 1
    numbers.set(met, number)
    return node * (limit + 1) + number
  }
  const back = new Map<number, Back>()
  const queue = [{ node: start, met: 0n, key: keyOf(start, 0n) }]
  for (const [i, { node, met, key }] of queue.entries()) {
    if (i % nodesAPart === 0) yield
    for (const step of stepsFrom(inside, node)) {
      const next = { node: step.node, met: met | step.items, key: keyOf(step.node, met | step.items) }
      if (back.has(next.key)) continue
      back.set(next.key, { from: key, step })
      if (next.node === start && duty.missing(next.met) === 0n) return pathTo(back, next.key, queue[0]?.key ?? 0)
      if (back.size > limit) return null
      queue.push(next)
    }
  }
  throw new Error('loop: a fair component cannot be traversed')
}

function pathTo(back: ReadonlyMap<number, Back>, end: number, start: number): readonly LoopStep[] {
  const path: LoopStep[] = []
  let at = end
  do {
    const found = back.get(at)
    if (found === undefined) throw new Error('loop: a path without a beginning')
    path.push(found.step)
    at = found.from
  } while (at !== start)
  return path.reverse()
}

/** One missing item after the other, the nearest first, then home. */
function* greedy(inside: Inside): Parts<readonly LoopStep[]> {
  const path: LoopStep[] = []
  let node = inside.start
  let met = 0n
  for (;;) {
    const missing = inside.duty.missing(met)
    if (missing === 0n && node === inside.start && path.length > 0) return path
    const part = yield* nearest(inside, node, (step) =>
      missing === 0n ? step.node === inside.start : (step.items & missing) !== 0n,
    )
    path.push(...part)
    for (const step of part) met |= step.items
    node = part.at(-1)?.node ?? node
  }
}

/** The shortest way to a step that is wanted. */
function* nearest(inside: Inside, from: number, isWanted: (step: LoopStep) => boolean): Parts<readonly LoopStep[]> {
  const back = new Map<number, Back>()
  const queue = [from]
  for (const [i, node] of queue.entries()) {
    if (i % nodesAPart === 0) yield
    for (const step of stepsFrom(inside, node)) {
      if (isWanted(step)) return node === from ? [step] : [...pathTo(back, node, from), step]
      if (back.has(step.node) || step.node === from) continue
      back.set(step.node, { from: node, step })
      queue.push(step.node)
    }
  }
  throw new Error('loop: a fair component cannot be traversed')
}

/** Cuts every part between two visits of one node that the loop does not need, longest first. */
function* irreducible({ duty, start }: Inside, loop: readonly LoopStep[]): Parts<readonly LoopStep[]> {
  const isWhole = (path: readonly LoopStep[]): boolean =>
    path.length > 0 && duty.missing(path.reduce((met, step) => met | step.items, 0n)) === 0n
  let current = loop
  for (let length = current.length - 1; length > 0; length--) {
    yield
    const visits = [start, ...current.map((step) => step.node)]
    for (let i = 0; i + length < visits.length; i++) {
      if (visits[i] !== visits[i + length]) continue
      const shorter = [...current.slice(0, i), ...current.slice(i + length)]
      if (!isWhole(shorter)) continue
      current = shorter
      length = current.length
      break
    }
  }
  return current
}
