/**
 * Decides a liveness property on the complete graph: is there a fair behaviour that the automaton of the negated formula
 * accepts? Of all such behaviours it tells one with the shortest stem, chosen by content: the same for any number of workers.
 */

import type { FairnessGroup } from '../../src/model/ir.ts'
import type { Automaton } from './automaton.ts'
import type { Edges } from './edges.ts'
import { fairComponents } from './fair-components.ts'
import { createFairness, mayStop } from './fairness.ts'
import type { Alphabet } from './formula.ts'
import { findLoop } from './loop.ts'
import { buildProduct, type Product } from './product.ts'
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
export function solve({ graph, edges, lanes, automaton, alphabet, groups }: Question): Lasso | null {
  const fairness = createFairness(groups, graph.instanceCount)
  const product = buildProduct(graph, edges, automaton, alphabet, (state) => mayStop(fairness, edges, state))
  const stop = first(graph, product.stops)
  const fair = fairComponents(product, fairness)
  const entry = first(graph, entriesOf(product, fair))
  if (stop !== null && (entry === null || stop.distance <= entry.distance)) {
    return { ...stemTo(graph, product, lanes, stop), loopLength: 0 }
  }
  if (entry === null) return null
  const { origin, steps } = stemTo(graph, product, lanes, entry)
  const loop = findLoop(product, fairness, fair, product.nodeAt(entry.state, entry.automatonState))
  const repeated = loop.map(({ instance, node }) => ({ instance, state: product.stateOf[node] as number }))
  return { origin, steps: [...steps, ...repeated], loopLength: loop.length }
}

export interface End {
  readonly state: number
  readonly automatonState: number
  /** From the initial states, in steps. */
  readonly distance: number
}

/** The nodes of fair components that are nearest to the initial states. */
function entriesOf({ stateOf, automatonStateOf, layers }: Product, fair: Int32Array): readonly End[] {
  for (let distance = 0; distance + 1 < layers.length; distance++) {
    const entries: End[] = []
    for (let node = layers[distance] ?? 0; node < (layers[distance + 1] ?? 0); node++) {
      if (fair[node] === -1) continue
      entries.push({ state: stateOf[node] as number, automatonState: automatonStateOf[node] as number, distance })
    }
    if (entries.length > 0) return entries
  }
  return []
}

function first(graph: StateGraph, ends: readonly End[]): End | null {
  return ends.reduce<End | null>((best, end) => {
    if (best === null) return end
    const order = graph.compare(end.state, best.state) || end.automatonState - best.automatonState
    return order < 0 ? end : best
  }, null)
}
