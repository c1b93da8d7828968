/**
 * Transitions that are regenerated when they are first asked for, and kept while the budget lasts. When it is used up everything is forgotten
 * and regenerated on demand: slower, with the same answers in the same order.
 */

import type { Edges } from './edges.ts'
import { emitRegenerator } from './emit-regenerator.ts'
import { createLender } from './lender.ts'
import { runProgram } from './program.ts'
import { countBits, type RecordShape, type StateGraph } from './state-graph.ts'
import { takeWords, type Workspace } from './workspace.ts'

/** States that are prepared together. */
export const groupSize = 128

/** A state that is missing comes with those that were found after it: what leads to one mostly leads to them, and many at once are cheaper. */
const runSize = 16

/** Places are 31-bit. */
const maxWords = 2 ** 31 - 8

export function regeneratedEdges(graph: StateGraph, budgetBytes: number, bits: number, leastBytes: number): Edges {
  const { source, maxSuccessors } = graph
  /** A group of states must fit, after the first word, at which no record begins. */
  const least = groupSize * (1 + 2 * maxSuccessors) + 1
  if (least > maxWords) throw new Error('liveness: states with too many transitions')
  const { places, pool, placesBytes, isPoolNew, spareBytes, workspace } = divide(graph, budgetBytes, least)
  // Where the places alone are more than the budget, nothing is left to lend.
  const roomBytes = placesBytes > Math.max(leastBytes, budgetBytes) ? 0 : Math.max(leastBytes, spareBytes)
  const shape = { instanceBits: bits, countBits: countBits(maxSuccessors), propositions: source.propositions }
  const { generate, mostUsed, setLimit } = start(graph, shape, places, pool)
  const { listed } = source
  /** Where the pool ends for the time being. */
  let limit = pool.length
  setLimit(limit)

  const lender = createLender(roomBytes, workspace, (words) => {
    if (pool.length - words < least) return null
    limit = pool.length - words
    return pool.subarray(limit)
  })

  return {
    pool,
    places,
    ...shape,
    workspace,
    isRecorded: false,
    regenerator: { ...source, generate },
    prepare: (states, count) => {
      let absent = 0
      for (let i = 0; i < count; i++) {
        if (places[states[i] as number] === 0) listed[absent++] = states[i] as number
      }
      if (absent > 0) generate(absent)
    },
    load: (state) => {
      let absent = 0
      const end = Math.min(state + runSize, graph.stateCount)
      for (let next = state; next < end; next++) if (places[next] === 0) listed[absent++] = next
      if (places[state] === 0) generate(absent)
      return places[state] as number
    },
    freeBytes: lender.freeBytes,
    lend: (words) => {
      limit = pool.length
      const lent = lender.lend(words)
      setLimit(limit)
      return lent
    },
    takenBytes: () => {
      const words = limit < pool.length ? pool.length : mostUsed()
      return lender.takenBytes() + placesBytes + (isPoolNew ? words * 4 : 0)
    },
  }
}

interface Regenerating {
  generate(count: number): void
  /** Words of the pool that were in use at a time. */
  mostUsed(): number
  /** Words of the pool that may be. */
  setLimit(words: number): void
}

function start(
  { source, maxSuccessors, workspace }: StateGraph,
  shape: RecordShape,
  places: Int32Array,
  pool: Int32Array,
): Regenerating {
  const { listed, counted, told, indexOf, tags, transitionsOf } = source
  const { function: call } = runProgram(emitRegenerator(shape, maxSuccessors), {
    arrays: { pool, places, listed, counted, told, indexOf, tags },
    functions: [
      { name: 'transitionsOf', inputs: ['count'], hasResult: true },
      { name: 'forgetPlaces', inputs: [], hasResult: false },
    ],
    given: { transitionsOf, forgetPlaces: () => places.fill(0) },
    memory: workspace?.memory ?? null,
  })
  return { generate: call('generate'), mostUsed: call('mostUsed'), setLimit: call('setLimit') }
}

interface Division {
  /** Zeroed, [stateCount]. */
  readonly places: Int32Array
  /** Anything may be in it. Where it is new, it is reserved at full size; the system commits pages when they are written. */
  readonly pool: Int32Array
  /** What the places take on top of what the search has touched, and whether the pool does. */
  readonly placesBytes: number
  readonly isPoolNew: boolean
  /** What is left for others. */
  readonly spareBytes: number
  readonly workspace: Workspace | null
}

/** What the search has touched and needs no more comes first; of the rest of the budget transitions get three quarters. */
function divide({ spare, stateCount, workspace }: StateGraph, budgetBytes: number, least: number): Division {
  const old = spare.find(({ length }) => length >= stateCount)
  const placesBytes = old === undefined ? stateCount * 4 : 0
  const bytes = budgetBytes - placesBytes
  // A quarter of the whole budget at least, where the places take most of it.
  const wanted = Math.max(least, Math.floor((0.75 * bytes) / 4), Math.floor((0.25 * budgetBytes) / 4))
  const largest = spare.reduce((best, one) => (one !== old && one.length > best.length ? one : best), new Int32Array(0))
  const isPoolNew = largest.length < wanted
  const places = old === undefined ? takeWords(workspace, stateCount) : { array: old, rest: workspace }
  const pool = isPoolNew ? takeWords(places.rest, Math.min(maxWords, wanted)) : { array: largest, rest: places.rest }
  return {
    places: places.array.subarray(0, stateCount).fill(0),
    pool: pool.array.subarray(0, maxWords),
    placesBytes,
    isPoolNew,
    spareBytes: bytes / 4,
    workspace: pool.rest,
  }
}
