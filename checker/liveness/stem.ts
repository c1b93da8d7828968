/**
 * A shortest path of the product to a node, chosen by content. Nothing was stored to retrace it: the layers are walked
 * backwards, keeping the nodes that lead on, and then forwards, staying in one lane where possible.
 */

import type { Parts } from '../../src/model/parts.ts'
import type { Layers } from './layers.ts'
import { automatonStateOf, eachEdge, eachEdgeOf, nodeAt, type Product, stateOf } from './product.ts'
import { groupSize } from './regenerated-edges.ts'
import type { End, Step } from './solve.ts'
import type { StateGraph } from './state-graph.ts'

export interface Stem {
  readonly origin: number
  readonly steps: readonly Step[]
}

export function* stemTo(graph: StateGraph, product: Product, layers: Layers, lanes: Int32Array, end: End): Parts<Stem> {
  const kept: ReadonlySet<number>[] = []
  let origin: Pair = { state: end.state, automatonState: end.automatonState }
  let distance = end.distance
  const goal = nodeAt(product, end.state, end.automatonState)
  if (goal !== -1) {
    kept[distance] = new Set([goal])
    while (distance > 0) {
      distance--
      const next = kept[distance + 1] ?? new Set()
      const waiting = yield* firstWaiting(graph, product, layers.waitingAt(distance), next)
      if (waiting !== null) {
        origin = waiting
        break
      }
      kept[distance] = yield* leadingTo(product, layers.at(distance), next)
      if (distance === 0) origin = firstNode(graph, product, kept[0] ?? new Set())
    }
  }
  return { origin: origin.state, steps: walk(product, lanes, origin, distance, end.distance, kept) }
}

interface Pair {
  readonly state: number
  readonly automatonState: number
}

function pairOf(product: Product, node: number): Pair {
  return { state: stateOf(product, node), automatonState: automatonStateOf(product, node) }
}

/** The first of some states, by content, whose implicit node leads to a kept one. */
function* firstWaiting(
  graph: StateGraph,
  product: Product,
  waiting: Int32Array,
  next: ReadonlySet<number>,
): Parts<Pair | null> {
  let best: number | null = null
  for (const [i, state] of waiting.entries()) {
    if (i % groupSize === 0) yield
    if (!leadsOn(product, state, 0, next)) continue
    if (best === null || graph.compare(state, best) < 0) best = state
  }
  return best === null ? null : { state: best, automatonState: 0 }
}

function leadsOn(product: Product, state: number, automatonState: number, next: ReadonlySet<number>): boolean {
  let isFound = false
  eachEdgeOf(product, state, automatonState, (to) => {
    if (next.has(to)) isFound = true
  })
  return isFound
}

function* leadingTo(product: Product, layer: Int32Array, next: ReadonlySet<number>): Parts<ReadonlySet<number>> {
  const found = new Set<number>()
  for (const [i, node] of layer.entries()) {
    if (i % groupSize === 0) yield
    eachEdge(product, node, (to) => {
      if (next.has(to)) found.add(node)
    })
  }
  return found
}

function firstNode(graph: StateGraph, product: Product, nodes: ReadonlySet<number>): Pair {
  const [best] = [...nodes]
    .map((node) => pairOf(product, node))
    .sort((a, b) => graph.compare(a.state, b.state) || a.automatonState - b.automatonState)
  if (best === undefined) throw new Error('stem: no initial node leads to the end')
  return best
}

function walk(
  product: Product,
  lanes: Int32Array,
  origin: Pair,
  from: number,
  to: number,
  kept: readonly ReadonlySet<number>[],
): readonly Step[] {
  const steps: Step[] = []
  let pair = origin
  let lane = -1
  for (let distance = from + 1; distance <= to; distance++) {
    const ways = waysInto(product, pair, kept[distance] ?? new Set())
    const way = ways.find(({ instance }) => lanes[instance] === lane) ?? ways[0]
    if (way === undefined) throw new Error('stem: a kept node leads nowhere')
    pair = pairOf(product, way.node)
    lane = lanes[way.instance] as number
    steps.push({ instance: way.instance, state: pair.state })
  }
  return steps
}

interface Way {
  readonly node: number
  readonly instance: number
}

function waysInto(product: Product, { state, automatonState }: Pair, next: ReadonlySet<number>): readonly Way[] {
  const ways: Way[] = []
  eachEdgeOf(product, state, automatonState, (node, instance) => {
    if (next.has(node)) ways.push({ node, instance })
  })
  return ways
}
