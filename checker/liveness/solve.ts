/**
 * Decides a liveness property on the complete graph: is there a fair behaviour that the automaton of the negated formula
 * accepts? Of all such behaviours it tells one with the shortest stem, chosen by content: the same for any number of workers.
 */

import type { FairnessGroup } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import type { Automaton } from './automaton.ts'
import { type Edges, recordOf } from './edges.ts'
import { enabledGroups, type FairParts, fairParts } from './fair-parts.ts'
import { createFairness, type Fairness } from './fairness.ts'
import type { Alphabet } from './formula.ts'
import { createLayers, type Layers } from './layers.ts'
import { createLetters, endures, letterAt } from './letters.ts'
import { findLoop } from './loop.ts'
import { automatonStateOf, createProduct, nodeAt, type Product, stateOf } from './product.ts'
import type { StateGraph } from './state-graph.ts'
import { stemTo } from './stem.ts'

export interface Question {
  readonly graph: StateGraph
  readonly edges: Edges
  /** Lane of each instance, by number: the stem prefers to stay in one. */
  readonly lanes: Int32Array
  /** Of the negated formula. */
  readonly automaton: Automaton
  readonly alphabet: Alphabet
  readonly groups: readonly FairnessGroup[]
  /** Beyond so many pairs of a node and what was met, the loop need not be the shortest. */
  readonly loopLimit?: number
}

export interface Step {
  readonly instance: number
  /** The state after it. */
  readonly state: number
}

export interface Lasso {
  /** Where the steps begin: any shortest path leads here. */
  readonly origin: number
  readonly steps: readonly Step[]
  /** Number of steps, at the end of `steps`, that repeat for ever; 0 when the run stops. */
  readonly loopLength: number
}

/** A node in which the stem of a lasso may end. */
export interface End {
  readonly state: number
  readonly automatonState: number
  readonly distance: number
}

/** Null when every fair behaviour satisfies the property. */
export function* solve(question: Question): Parts<Lasso | null> {
  const { graph, edges, lanes, automaton, alphabet, groups, loopLimit } = question
  const fairness = createFairness(groups, graph.instanceCount)
  const letters = createLetters(graph, edges, automaton, alphabet)
  const product = createProduct(graph, edges, automaton, letters)
  const parts = yield* fairParts(product, fairness)
  const layers = createLayers(graph, product)
  const stop = parts.hasStop ? yield* nearestStop(graph, product, layers, fairness) : null
  const nearer = stop?.distance ?? Number.POSITIVE_INFINITY
  const entry = parts.isAny ? yield* nearestEntry(graph, product, layers, parts, nearer) : null
  if (entry === null)
    return stop === null ? null : { ...(yield* stemTo(graph, product, layers, lanes, stop)), loopLength: 0 }
  const { origin, steps } = yield* stemTo(graph, product, layers, lanes, entry)
  const loop = yield* findLoop(product, fairness, parts, nodeAt(product, entry.state, entry.automatonState), loopLimit)
  const repeated = loop.map(({ instance, node }) => ({ instance, state: stateOf(product, node) }))
  return { origin, steps: [...steps, ...repeated], loopLength: loop.length }
}

/** The nearest place where a behaviour may stop and is accepted. Requires that there is one. */
function* nearestStop(graph: StateGraph, product: Product, layers: Layers, fairness: Fairness): Parts<End> {
  const { letters } = product
  const enabled = new Int32Array(fairness.words)
  const isStop = ({ state, automatonState }: End): boolean => {
    const at = recordOf(product.edges, state)
    enabledGroups(product.edges, fairness, state, at, enabled)
    return enabled.every((groups) => groups === 0) && endures(letters, automatonState, letterAt(letters, state, at))
  }
  for (let distance = 0; ; distance++) {
    const waiting = [...layers.waitingAt(distance)].map((state): End => ({ state, automatonState: 0, distance }))
    const stops = [...waiting, ...endsOf(product, (yield* layers.reach(distance)) ?? [], distance)].filter(isStop)
    const found = first(graph, stops)
    if (found !== null) return found
  }
}

/** The nearest node of a fair part, at less than a distance. */
function* nearestEntry(
  graph: StateGraph,
  product: Product,
  layers: Layers,
  parts: FairParts,
  nearer: number,
): Parts<End | null> {
  for (let distance = 0; distance < nearer; distance++) {
    const layer = yield* layers.reach(distance)
    if (layer === null) return null
    const found = first(graph, endsOf(product, layer.filter(parts.isFair), distance))
    if (found !== null) return found
  }
  return null
}

function endsOf(product: Product, nodes: Iterable<number>, distance: number): readonly End[] {
  return [...nodes].map((node) => ({
    state: stateOf(product, node),
    automatonState: automatonStateOf(product, node),
    distance,
  }))
}

function first(graph: StateGraph, ends: readonly End[]): End | null {
  return ends.reduce<End | null>((best, end) => {
    if (best === null) return end
    const order = graph.compare(end.state, best.state) || end.automatonState - best.automatonState
    return order < 0 ? end : best
  }, null)
}
