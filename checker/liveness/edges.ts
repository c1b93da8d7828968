/**
 * Transitions of the state graph: as the search recorded them, or else regenerated when they are first asked for and kept while
 * the budget lasts. When it is used up everything is forgotten and regenerated on demand: slower, with the same answers
 * in the same order.
 */

import { createTransitions, type RecordedEdges, type StateGraph } from './state-graph.ts'

/** A chunk has 2^20 words; places are 32-bit, so 2^32 words in all. */
const chunkBits = 20
const chunkWords = 2 ** chunkBits
const offsetMask = chunkWords - 1
const maxChunks = 2 ** 12

/** States that are prepared together. */
export const groupSize = 128

export interface Edges {
  /** Makes `load` of the first `count` of some states cheap: at most `groupSize` of them. */
  prepare(states: Int32Array, count: number): void
  /** Loads a state; its transitions are in `pool` from `at` on: a count, then pairs of target and instance. Valid until the next call. */
  load(state: number): void
  readonly pool: Int32Array
  readonly at: number
}

export function createEdges(graph: StateGraph, budgetBytes: number): Edges {
  return graph.recorded === null ? generatedEdges(graph, budgetBytes) : recordedEdges(graph.recorded)
}

function recordedEdges({ pool, places }: RecordedEdges): Edges {
  const edges = {
    pool,
    at: 0,
    prepare: () => {},
    load: (state: number): void => {
      edges.at = places[state] as number
    },
  }
  return edges
}

function generatedEdges(graph: StateGraph, budgetBytes: number): Edges {
  if (2 * graph.maxSuccessors >= offsetMask) throw new Error('liveness: a state with more than 2^19 transitions')
  const chunkLimit = Math.min(maxChunks, Math.max(1, Math.floor(budgetBytes / (chunkWords * 4))))
  /** For each state the place of its transitions plus one, or 0: [stateCount]. */
  const places = new Uint32Array(graph.stateCount)
  const transitions = createTransitions(groupSize, graph.maxSuccessors)
  const missing = new Int32Array(groupSize)
  const chunks: Int32Array[] = [new Int32Array(chunkWords)]
  let chunk = 0
  let used = 0

  const nextChunk = (): void => {
    used = 0
    chunk++
    if (chunk === chunkLimit) {
      places.fill(0)
      chunk = 0
    }
    chunks[chunk] ??= new Int32Array(chunkWords)
  }

  /** Stores what `transitions` holds for the first `count` of the states. */
  const keep = (states: Int32Array, count: number): void => {
    const { counts, targets, instances } = transitions
    let from = 0
    for (let i = 0; i < count; i++) {
      const own = counts[i] as number
      if (used + 1 + 2 * own > offsetMask) nextChunk()
      const pool = chunks[chunk] as Int32Array
      places[states[i] as number] = chunk * chunkWords + used + 1
      pool[used++] = own
      for (const end = from + own; from < end; from++) {
        pool[used++] = targets[from] as number
        pool[used++] = instances[from] as number
      }
    }
  }

  const expand = (count: number): void => {
    graph.expand(missing, count, transitions)
    keep(missing, count)
  }

  const edges = {
    pool: chunks[0] as Int32Array,
    at: 0,
    prepare: (states: Int32Array, count: number): void => {
      let absent = 0
      for (let i = 0; i < count; i++) {
        if (places[states[i] as number] === 0) missing[absent++] = states[i] as number
      }
      if (absent > 0) expand(absent)
    },
    load: (state: number): void => {
      if (places[state] === 0) {
        missing[0] = state
        expand(1)
      }
      const place = (places[state] as number) - 1
      edges.pool = chunks[place >>> chunkBits] as Int32Array
      edges.at = place & offsetMask
    },
  }
  return edges
}
