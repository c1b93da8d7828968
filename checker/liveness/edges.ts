/**
 * Transitions of the state graph: as the search recorded them, or else regenerated when they are first asked for and kept while
 * the budget lasts. When it is used up everything is forgotten and regenerated on demand: slower, with the same answers
 * in the same order.
 */

import { createTransitions, instanceBits, type RecordedEdges, type StateGraph } from './state-graph.ts'

/** States that are prepared together. */
export const groupSize = 128

/** A state that is missing comes with those that were found after it: what leads to one mostly leads to them, and many at once are cheaper. */
const runSize = 16

/** Places are 31-bit. */
const maxWords = 2 ** 31 - 8

export interface Edges extends RecordedEdges {
  /** True when `places` says where every record lies: words beyond the number of states. */
  readonly isRecorded: boolean
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

/** How many transitions the record that begins at `at` holds. */
export function countAt({ pool }: Edges, at: number): number {
  const count = pool[at] as number
  return count ^ (count >> 31)
}

/** Where the i-th transition of a state's record leads to. */
export function targetAt({ pool, instanceBits }: Edges, at: number, i: number, state: number): number {
  const isFar = (pool[at] as number) < 0
  return isFar ? (pool[at + 1 + 2 * i] as number) : state + ((pool[at + 1 + i] as number) >> instanceBits)
}

export function instanceAt({ pool, instanceBits }: Edges, at: number, i: number): number {
  const isFar = (pool[at] as number) < 0
  return isFar ? (pool[at + 2 + 2 * i] as number) : (pool[at + 1 + i] as number) & ((1 << instanceBits) - 1)
}

/** `bits`: for tests. */
export function createEdges(
  graph: StateGraph,
  budgetBytes: number,
  bits: number = instanceBits(graph.instanceCount),
): Edges {
  return graph.recorded === null ? generatedEdges(graph, budgetBytes, bits) : recordedEdges(graph.recorded)
}

function recordedEdges({ pool, places, instanceBits }: RecordedEdges): Edges {
  return {
    pool,
    places,
    isRecorded: true,
    instanceBits,
    prepare: () => {},
    load: (state) => places[state] as number,
  }
}

function generatedEdges(graph: StateGraph, budgetBytes: number, bits: number): Edges {
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
      const [state, own] = [states[i] as number, counts[i] as number]
      const [at, end] = [used, from + own]
      places[state] = at
      pool[used++] = own
      let tooFar = 0
      for (let k = from; k < end; k++) {
        const away = (targets[k] as number) - state
        const packed = (away << bits) | (instances[k] as number)
        tooFar |= (packed >> bits) ^ away
        pool[used++] = packed
      }
      if (tooFar !== 0) {
        used = at
        pool[used++] = ~own
        for (let k = from; k < end; k++) {
          pool[used++] = targets[k] as number
          pool[used++] = instances[k] as number
        }
      }
      from = end
    }
  }

  const expand = (count: number): void => {
    graph.expand(missing, count, transitions)
    keep(missing, count)
  }

  return {
    pool,
    places,
    isRecorded: false,
    instanceBits: bits,
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
