/**
 * Transitions of the state graph: as the search recorded them, or else regenerated when they are first asked for and kept while
 * the budget lasts. When it is used up everything is forgotten and regenerated on demand: slower, with the same answers
 * in the same order.
 */

import { createTransitions, type RecordedEdges, type StateGraph } from './state-graph.ts'

/** States that are prepared together. */
export const groupSize = 128

/** A state that is missing comes with those that were found after it: what leads to one mostly leads to them, and many at once are cheaper. */
const runSize = 16

/** Places are 31-bit. */
const maxWords = 2 ** 31 - 8

export interface Edges extends RecordedEdges {
  /** Makes `load` of the first `count` of some states cheap: at most `groupSize` of them. */
  prepare(states: Int32Array, count: number): void
  /** Where the record of a state begins, when `places` does not say; valid until the next call. */
  load(state: number): number
}

/** Where the record of a state begins in `pool`; valid until the next call. */
export function recordOf(edges: Edges, state: number): number {
  const place = edges.places[state] as number
  return place === 0 ? edges.load(state) : place
}

/** Where the record that begins at `at` ends. */
export function recordEnd({ pool }: Edges, at: number): number {
  return at + 1 + 2 * (pool[at] as number)
}

export function createEdges(graph: StateGraph, budgetBytes: number): Edges {
  return graph.recorded === null ? generatedEdges(graph, budgetBytes) : recordedEdges(graph.recorded)
}

function recordedEdges({ pool, places }: RecordedEdges): Edges {
  return { pool, places, prepare: () => {}, load: (state) => places[state] as number }
}

function generatedEdges(graph: StateGraph, budgetBytes: number): Edges {
  /** A group of states must fit, after the first word, at which no record begins. */
  const least = groupSize * (1 + 2 * graph.maxSuccessors) + 1
  if (least > maxWords) throw new Error('liveness: states with too many transitions')
  /** Reserved at full size; the system commits pages when they are written. */
  const pool = new Int32Array(Math.min(maxWords, Math.max(least, Math.floor(budgetBytes / 4))))
  const places = new Int32Array(graph.stateCount)
  const transitions = createTransitions(groupSize, graph.maxSuccessors)
  const missing = new Int32Array(groupSize)
  let used = 1

  /** Stores what `transitions` holds for the first `count` of the states. */
  const keep = (states: Int32Array, count: number): void => {
    const { counts, targets, instances } = transitions
    if (used + count * (1 + 2 * graph.maxSuccessors) > pool.length) {
      places.fill(0)
      used = 1
    }
    let from = 0
    for (let i = 0; i < count; i++) {
      const own = counts[i] as number
      places[states[i] as number] = used
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

  return {
    pool,
    places,
    prepare: (states, count) => {
      let absent = 0
      for (let i = 0; i < count; i++) {
        if (places[states[i] as number] === 0) missing[absent++] = states[i] as number
      }
      if (absent > 0) expand(absent)
    },
    load: (state) => {
      let absent = 0
      const end = Math.min(state + runSize, graph.stateCount)
      for (let next = state; next < end; next++) if (places[next] === 0) missing[absent++] = next
      if (places[state] === 0) expand(absent)
      return places[state] as number
    },
  }
}
