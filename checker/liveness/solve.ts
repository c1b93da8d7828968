/**
 * Decides a liveness property on the complete graph: is there a fair behaviour that the automaton of the negated formula
 * accepts? Of all such behaviours it tells one with the shortest stem, chosen by content: the same for any number of workers.
 */

import type { FairnessGroup } from '../../src/model/ir.ts'
import type { Automaton } from './automaton.ts'
import type { Edges } from './edges.ts'
import { fairComponents } from './fair-components.ts'
import { createFairness } from './fairness.ts'
import type { Alphabet } from './formula.ts'
import { createLetters } from './letters.ts'
import { findLoop } from './loop.ts'
import { automatonStateOf, buildProduct, nodeAt, type Product, type Stop, stateOf } from './product.ts'
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

/** Null when every fair behaviour satisfies the property. */
export function solve({ graph, edges, lanes, automaton, alphabet, groups, loopLimit }: Question): Lasso | null {
  const fairness = createFairness(groups, graph.instanceCount)
  const letters = createLetters(graph, automaton, alphabet)
  const product = buildProduct({ graph, edges, automaton, letters, fairness })
  const stop = first(graph, product.stops)
  const nearer = stop === null ? product.nodes.length : (product.layers[stop.distance] ?? product.nodes.length)
  const fair = fairComponents(product, fairness, nearer)
  const entry = first(graph, entriesOf(product, fair, nearer))
  if (entry === null) return stop === null ? null : { ...stemTo(graph, product, lanes, stop), loopLength: 0 }
  const { origin, steps } = stemTo(graph, product, lanes, entry)
  const loop = findLoop(product, fairness, nodeAt(product, entry.state, entry.automatonState), loopLimit)
  const repeated = loop.map(({ instance, node }) => ({ instance, state: stateOf(product, node) }))
  return { origin, steps: [...steps, ...repeated], loopLength: loop.length }
}

/** The nodes of fair components that are nearest to the initial states, among the first nodes. */
function entriesOf(product: Product, fair: ReadonlySet<number>, nodeCount: number): readonly Stop[] {
  const { marks, nodes, layers } = product
  if (fair.size === 0) return []
  for (let distance = 0; (layers[distance] ?? nodeCount) < nodeCount; distance++) {
    const layer = nodes.subarray(layers[distance], layers[distance + 1])
    const entries = layer.filter((node) => fair.has(marks[node] as number))
    if (entries.length === 0) continue
    return [...entries].map((node) => ({
      state: stateOf(product, node),
      automatonState: automatonStateOf(product, node),
      distance,
    }))
  }
  return []
}

function first(graph: StateGraph, ends: readonly Stop[]): Stop | null {
  return ends.reduce<Stop | null>((best, end) => {
    if (best === null) return end
    const order = graph.compare(end.state, best.state) || end.automatonState - best.automatonState
    return order < 0 ? end : best
  }, null)
}
