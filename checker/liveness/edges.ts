/**
 * Transitions of the state graph, regenerated when they are first asked for and kept while the budget lasts. When it is
 * used up everything is forgotten and regenerated on demand: slower, with the same answers in the same order.
 */

import type { StateGraph } from './state-graph.ts'

const chunkBits = 20
const chunkWords = 2 ** chunkBits

export interface Edges {
  /** Prepares a state; its transitions are in `pool` from `at` on: a count, then pairs of target and instance. Valid until the next call. */
  load(state: number): void
  readonly pool: Int32Array
  readonly at: number
}

export function createEdges(graph: StateGraph, budgetBytes: number): Edges {
  const targets = new Int32Array(graph.maxSuccessors + 1)
  const instances = new Int32Array(graph.maxSuccessors + 1)
  const chunkSize = Math.max(chunkWords, 2 * (graph.maxSuccessors + 1) + 1)
  const maxChunks = Math.max(1, Math.floor(budgetBytes / (chunkSize * 4)))
  /** For each state the place of its transitions plus one, or 0: [stateCount]. A chunk has 2^20 words, so 2^31 words in all. */
  const places = new Float64Array(graph.stateCount)
  const chunks: Int32Array[] = [new Int32Array(chunkSize)]
  let chunk = 0
  let used = 0

  const roomFor = (words: number): void => {
    if (used + words <= chunkSize) return
    used = 0
    chunk++
    if (chunk === maxChunks) {
      places.fill(0)
      chunk = 0
    }
    chunks[chunk] ??= new Int32Array(chunkSize)
  }

  const edges = {
    pool: chunks[0] as Int32Array,
    at: 0,
    load: (state: number): void => {
      const place = places[state] as number
      if (place !== 0) {
        const number = Math.floor((place - 1) / chunkSize)
        edges.pool = chunks[number] as Int32Array
        edges.at = place - 1 - number * chunkSize
        return
      }
      const count = graph.successors(state, targets, instances)
      roomFor(1 + 2 * count)
      const pool = chunks[chunk] as Int32Array
      pool[used] = count
      for (let k = 0; k < count; k++) {
        pool[used + 1 + 2 * k] = targets[k] as number
        pool[used + 2 + 2 * k] = instances[k] as number
      }
      places[state] = chunk * chunkSize + used + 1
      edges.pool = pool
      edges.at = used
      used += 1 + 2 * count
    },
  }
  return edges
}
