/**
 * Transitions of the state graph: as the search recorded them, or else regenerated when they are first asked for and kept while
 * the budget lasts. When it is used up everything is forgotten and regenerated on demand: slower, with the same answers
 * in the same order.
 */

import { countBits, createTransitions, instanceBits, type RecordedEdges, type StateGraph } from './state-graph.ts'

/** States that are prepared together. */
export const groupSize = 128

/** A state that is missing comes with those that were found after it: what leads to one mostly leads to them, and many at once are cheaper. */
const runSize = 16

/** What may be lent whatever the budget. */
const leastLent = 2 ** 24

/** Places are 31-bit. */
const maxWords = 2 ** 31 - 8

export interface Edges extends RecordedEdges {
  /** True when `places` says where every record lies: words beyond the number of states. */
  readonly isRecorded: boolean
  /** Makes `load` of the first `count` of some states cheap: at most `groupSize` of them. */
  prepare(states: Int32Array, count: number): void
  /** Where the record of a state begins, when `places` does not say; valid until the next call. */
  load(state: number): number
  /** So many words for others, zeroed, until the next call; null when the budget does not hold them. */
  lend(words: number): Int32Array | null
  /** What the budget leaves beside all that. */
  freeBytes(): number
  /** What all that has taken on top of the search. */
  takenBytes(): number
}

/** Where the record of a state begins in `pool`; valid until the next call. */
export function recordOf(edges: Edges, state: number): number {
  const place = edges.places[state] as number
  return place === 0 ? edges.load(state) : place
}

/** How many transitions the record that begins at `at` holds. */
export function countAt({ pool, countBits }: Pick<Edges, 'pool' | 'countBits'>, at: number): number {
  return headAt(pool, at) & ((1 << countBits) - 1)
}

/** The first word of the record that begins at `at`. */
export function headAt(pool: Int32Array, at: number): number {
  const head = pool[at] as number
  return head ^ (head >> 31)
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

/** `bits` and `leastBytes`: for tests. */
export function createEdges(
  graph: StateGraph,
  budgetBytes: number,
  bits: number = instanceBits(graph.instanceCount),
  leastBytes: number = leastLent,
): Edges {
  return graph.recorded === null
    ? generatedEdges(graph, budgetBytes, bits, leastBytes)
    : recordedEdges(graph.recorded, Math.max(leastBytes, budgetBytes))
}

function recordedEdges(recorded: RecordedEdges, roomBytes: number): Edges {
  const { places } = recorded
  return {
    ...recorded,
    isRecorded: true,
    prepare: () => {},
    load: (state) => places[state] as number,
    ...createLender(roomBytes, () => null),
  }
}

/** Lends from some bytes, or else what somebody else can spare. */
function createLender(
  roomBytes: number,
  fromElsewhere: (words: number) => Int32Array | null,
): Pick<Edges, 'lend' | 'freeBytes' | 'takenBytes'> {
  let lent = 0
  let mostLent = 0
  return {
    lend: (words) => {
      lent = words * 4 <= roomBytes ? words * 4 : 0
      mostLent = Math.max(lent, mostLent)
      return words * 4 <= roomBytes ? new Int32Array(words) : fromElsewhere(words)
    },
    freeBytes: () => roomBytes - lent,
    takenBytes: () => mostLent,
  }
}

function generatedEdges(graph: StateGraph, budgetBytes: number, bits: number, leastBytes: number): Edges {
  /** A group of states must fit, after the first word, at which no record begins. */
  const least = groupSize * (1 + 2 * graph.maxSuccessors) + 1
  if (least > maxWords) throw new Error('liveness: states with too many transitions')
  const { places, pool, placesBytes, isPoolNew, spareBytes } = divide(graph, budgetBytes, least)
  const roomBytes = placesBytes > Math.max(leastBytes, budgetBytes) ? 0 : Math.max(leastBytes, spareBytes)
  const transitions = createTransitions(groupSize, graph.maxSuccessors)
  const missing = new Int32Array(groupSize)
  let used = 1
  let mostUsed = 1
  /** Where the pool ends for the time being. */
  let limit = pool.length

  const forget = (): void => {
    places.fill(0)
    mostUsed = Math.max(used, mostUsed)
    used = 1
  }

  const lender = createLender(roomBytes, (words) => {
    if (pool.length - words < least) return null
    limit = pool.length - words
    if (used > limit) forget()
    return pool.subarray(limit).fill(0)
  })

  /** Stores what `transitions` holds for the first `count` of the states. */
  const keep = (states: Int32Array, count: number): void => {
    const { counts, targets, instances } = transitions
    if (used + count * (1 + 2 * graph.maxSuccessors) > limit) forget()
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
    countBits: countBits(graph.maxSuccessors),
    propositions: [],
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
    freeBytes: lender.freeBytes,
    lend: (words) => {
      limit = pool.length
      return lender.lend(words)
    },
    takenBytes: () => {
      const words = limit < pool.length ? pool.length : Math.max(used, mostUsed)
      return lender.takenBytes() + placesBytes + (isPoolNew ? words * 4 : 0)
    },
  }
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
}

/** What the search has touched and needs no more comes first; of the rest of the budget transitions get three quarters. */
function divide({ spare, stateCount }: StateGraph, budgetBytes: number, least: number): Division {
  const old = spare.find(({ length }) => length >= stateCount)
  const placesBytes = old === undefined ? stateCount * 4 : 0
  const bytes = budgetBytes - placesBytes
  const wanted = Math.max(least, Math.floor((0.75 * bytes) / 4), Math.floor(budgetBytes / 16))
  const largest = spare.reduce((best, one) => (one !== old && one.length > best.length ? one : best), new Int32Array(0))
  const pool = largest.length >= wanted ? largest.subarray(0, maxWords) : new Int32Array(Math.min(maxWords, wanted))
  return {
    places: old?.subarray(0, stateCount).fill(0) ?? new Int32Array(stateCount),
    pool,
    placesBytes,
    isPoolNew: pool.buffer !== largest.buffer,
    spareBytes: bytes / 4,
  }
}
