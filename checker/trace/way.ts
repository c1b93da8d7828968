/**
 * Where a run is sought: how states are expanded, and what tells their lanes.
 *
 * Where one state was stored for all that differ by swaps of members, the way forwards goes over the states of the model, each of which is
 * told by its canonical state what is kept. Lanes are members too: the rest of a run counts them as they are called in the canonical state.
 */

import type { Model } from '../../src/model/ir.ts'
import { type Members, renamed } from '../../src/model/members.ts'
import { batchSize, successorsAt } from '../compile/kernel-arrays.ts'
import type { Exploration } from '../explore/exploration.ts'

export interface WayInput {
  readonly searched: Model
  readonly exploration: Exploration
  readonly starts: Int32Array
  readonly members: Members | null
}

export interface Way {
  readonly exploration: Exploration
  /** Initial states, [count × stateWords], by content. */
  readonly starts: Int32Array
  /** By instance. */
  readonly lanes: Int32Array
  readonly laneCount: number
  /** Expands a state as the model has it, to the first slots; returns how many successors there are. */
  expand(states: Int32Array, base: number): number
  /** Likewise those in the places `from` … `to`-1 of the kernel, as its `expandBatch` does. */
  expandBatch(from: number, to: number): number
  /** Puts the successor in this slot as it is stored. */
  settle(slot: number): void
  /** The index of the state words[at…]. */
  locate(words: Int32Array, at: number): number
  /** What a lane is called in the state that was settled or located last, as it is stored. */
  laneThere(lane: number): number
}

export function wayOf({ searched, exploration, starts, members }: WayInput): Way {
  const { expander } = exploration
  const { kernel } = expander
  const lanes = laneNumbers(searched)
  const common = { exploration, starts, lanes, laneCount: lanes.reduce((most, lane) => Math.max(most, lane), 0) + 1 }
  if (members === null)
    return {
      ...common,
      expand: (states, base) => kernel.expand(kernel.load(states, base), 0),
      expandBatch: (from, to) => kernel.expandBatch(from, to, 0),
      settle: () => {},
      locate: (words, at) => expander.find(words, at),
      laneThere: (lane) => lane,
    }
  const { stateWords } = exploration.compiled
  const swaps = createLaneSwaps(searched, lanes, members)
  return {
    ...common,
    expand: (states, base) => kernel.expandAsIs(kernel.load(states, base), 0),
    expandBatch: (from, to) => {
      let [k, n] = [from, 0]
      while (k < to && n < batchSize) {
        n += kernel.expandAsIs(k * stateWords, n)
        kernel.ends[k++] = n
      }
      return k
    },
    settle: (slot) => kernel.canonicalise(successorsAt(stateWords) + slot * stateWords),
    locate: (words, at) => {
      const base = kernel.load(words, at)
      kernel.canonicalise(base)
      return expander.find(kernel.states, base)
    },
    laneThere: (lane) => swaps(kernel.order)[lane] ?? lane,
  }
}

/** For the members that took each other's places, what each lane is called afterwards. */
function createLaneSwaps(model: Model, lanes: Int32Array, members: Members): (order: Int32Array) => readonly number[] {
  const names: (string | null)[] = []
  for (const [i, { lane }] of model.instances.entries()) names[lanes[i] ?? 0] = lane
  const known = new Map<string, readonly number[]>()
  return (order) => {
    const key = order.join()
    const found = known.get(key)
    if (found !== undefined) return found
    const to: number[] = []
    for (const [slot, member] of order.entries()) to[member] = slot
    const swapped = names.map((name) =>
      name === null ? names.indexOf(null) : names.indexOf(renamed(name, members, to)),
    )
    known.set(key, swapped)
    return swapped
  }
}

/** Lanes numbered by first appearance; no lane is a lane of its own. */
export function laneNumbers(model: Model): Int32Array {
  const numbers = new Map<string | null, number>()
  return Int32Array.from(model.instances, ({ lane }) => {
    const number = numbers.get(lane) ?? numbers.size
    numbers.set(lane, number)
    return number
  })
}
