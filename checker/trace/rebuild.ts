/**
 * Rebuilds a shortest run to a violation from the levels alone: backwards, level by level, keeping the states that
 * have a successor in the kept set and for each the least number of lane changes; then forwards by content.
 *
 * Promise: shortest; among those the fewest changes of lane; among those the first in action order. The same run for
 * any number of workers, because indices only name states and never order them.
 *
 * Where one state was stored for all that differ by swaps of members, the way forwards goes over the states of the model, each of which is
 * told by its canonical state what is kept. Lanes are members too: the rest of a run counts them as they are called in the canonical state.
 */

import type { Model } from '../../src/model/ir.ts'
import { type Members, renamed } from '../../src/model/members.ts'
import type { Parts } from '../../src/model/parts.ts'
import type { Exploration } from '../explore/exploration.ts'
import { compareWords } from '../explore/state-order.ts'

/** The states of one level where a run may end. */
export interface Target {
  /** Counted from 1. */
  readonly level: number
  /**
   * For each target state (its index): null if the state itself is the end, else the instances of the step
   * that ends the run there, ascending.
   */
  readonly ends: ReadonlyMap<number, readonly number[] | null>
  /** The instances of the step that ends a run in this state of the model, ascending. */
  blame(words: Int32Array): readonly number[]
}

export interface Run {
  /** Word vectors, one for each state: [steps + 1]. */
  readonly states: readonly Int32Array[]
  /** Instance of each step between two states; one more when the last step has no stored successor (`Target.ends`). */
  readonly instances: readonly number[]
}

/** The states of a level that lead on to the end. */
interface Kept {
  /** Uint32Array, [count], ascending. */
  readonly indices: Uint32Array
  /** Int32Array, [count × laneCount]: for each the least number of lane changes of the rest, by the lane that it begins with. */
  readonly costs: Int32Array
}

/**
 * Tells most successors that are not among the kept states before they are looked up: the table of states is larger than any cache, and a
 * backward step produces all successors of its level.
 */
interface Sieve {
  /** False only if the state words[at…] of the model is not kept. */
  mayHold(words: Int32Array, at: number): boolean
}

const unreachable = 2 ** 30

/** States of a level that are worked on before the event loop may turn. */
export const statesAPart = 64

export function* rebuild(input: RebuildInput, target: Target): Parts<Run> {
  const way = wayOf(input)
  let next = keptTargets(way, target)
  const kept: Kept[] = []
  kept[target.level] = next
  for (let level = target.level - 1; level >= 1; level--) {
    next = yield* keptOfLevel(way, level, next)
    kept[level] = next
  }
  return yield* walk(way, target, kept)
}

interface RebuildInput {
  readonly searched: Model
  readonly exploration: Exploration
  readonly starts: Int32Array
  readonly members: Members | null
}

/** Where the run is sought, and what tells its lanes. */
interface Way {
  readonly exploration: Exploration
  /** Initial states, [count × stateWords], by content. */
  readonly starts: Int32Array
  /** By instance. */
  readonly lanes: Int32Array
  readonly laneCount: number
  /** Expands a state as the model has it, to the first slots; returns how many successors there are. */
  expand(states: Int32Array, base: number): number
  /** The index of the state words[at…]. */
  locate(words: Int32Array, at: number): number
  /** What a lane is called in the state that was located last, as it is stored. */
  laneThere(lane: number): number
  sieveOf(kept: Kept): Sieve
}

function wayOf({ searched, exploration, starts, members }: RebuildInput): Way {
  const { expander } = exploration
  const { kernel } = expander
  const lanes = laneNumbers(searched)
  const common = { exploration, starts, lanes, laneCount: Math.max(...lanes, 0) + 1 }
  if (members === null)
    return {
      ...common,
      expand: (states, base) => kernel.expand(kernel.load(states, base), 0),
      locate: (words, at) => expander.find(words, at),
      laneThere: (lane) => lane,
      sieveOf: (kept) => sieveOf(exploration, kept),
    }
  let swapped: readonly number[] = []
  const swappedLanes = createLaneSwaps(searched, lanes, members)
  return {
    ...common,
    expand: (states, base) => kernel.expandAsIs(kernel.load(states, base), 0),
    locate: (words, at) => {
      const base = kernel.load(words, at)
      kernel.canonicalise(base)
      swapped = swappedLanes(kernel.order)
      return expander.find(kernel.states, base)
    },
    laneThere: (lane) => swapped[lane] ?? lane,
    // What is kept are canonical states.
    sieveOf: () => holdsAll,
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

function keptTargets({ lanes, laneCount }: Way, target: Target): Kept {
  const indices = Uint32Array.from(target.ends.keys()).sort()
  const costs = new Int32Array(indices.length * laneCount).fill(unreachable)
  for (const [slot, index] of indices.entries()) {
    const instances = target.ends.get(index) ?? null
    if (instances === null) costs.fill(0, slot * laneCount, (slot + 1) * laneCount)
    for (const instance of instances ?? []) costs[slot * laneCount + (lanes[instance] ?? 0)] = 0
  }
  return { indices, costs }
}

function* keptOfLevel(way: Way, level: number, next: Kept): Parts<Kept> {
  const { exploration, lanes, laneCount } = way
  const { levels, states, expander, compiled } = exploration
  const { successors, tags } = expander.kernel
  const sieve = way.sieveOf(next)
  const end = levels[level] ?? 0
  // Where in `next` a state of the next level is, or -1.
  const slotOf = new Int32Array((levels[level + 1] ?? end) - end).fill(-1)
  for (const [slot, index] of next.indices.entries()) slotOf[index - end] = slot
  const kept = new KeptList(laneCount)
  for (let index = levels[level - 1] ?? 0; index < end; index++) {
    if (index % statesAPart === 0) yield
    const count = way.expand(states.words, states.at(index))
    let own = -1
    for (let k = 0; k < count; k++) {
      const at = k * compiled.stateWords
      if (!sieve.mayHold(successors, at)) continue
      const slot = slotOf[way.locate(successors, at) - end] ?? -1
      if (slot === -1) continue
      if (own === -1) own = kept.add(index)
      const lane = lanes[tags[k] as number] as number
      const rest = restCost(next, slot * laneCount, { laneCount, lane: way.laneThere(lane) })
      if (rest < (kept.costs[own + lane] as number)) kept.costs[own + lane] = rest
    }
  }
  return kept.finish()
}

/** Kept states in the order in which they are found: there are a few, or nearly all. */
class KeptList {
  costs: Int32Array
  private indices = new Uint32Array(64)
  private count = 0
  private readonly laneCount: number

  constructor(laneCount: number) {
    this.laneCount = laneCount
    this.costs = new Int32Array(64 * laneCount)
  }

  /** Appends a state whose rest is not known yet. Where its costs begin. */
  add(index: number): number {
    const { count, laneCount, indices, costs } = this
    if (count === indices.length) {
      this.indices = new Uint32Array(count * 2)
      this.indices.set(indices)
      this.costs = new Int32Array(count * 2 * laneCount)
      this.costs.set(costs)
    }
    const at = count * laneCount
    this.indices[count] = index
    this.costs.fill(unreachable, at, at + laneCount)
    this.count++
    return at
  }

  finish(): Kept {
    const { count, laneCount } = this
    return { indices: this.indices.slice(0, count), costs: this.costs.slice(0, count * laneCount) }
  }
}

/** Of the kept states a bit each, at a place given by their words. */
function sieveOf({ states, compiled: { stateWords } }: Exploration, { indices }: Kept): Sieve {
  // Eight times as many bits as states.
  const bits = 32 - Math.clz32(indices.length * 8)
  const held = new Uint8Array(2 ** bits)
  const placeOf = (words: Int32Array, at: number): number => {
    let hash = 0
    for (let w = at; w < at + stateWords; w++) hash = Math.imul(hash ^ (hash >>> 15) ^ (words[w] ?? 0), 0x9e3779b1)
    return (hash ^ (hash >>> 15)) & (held.length - 1)
  }
  for (const index of indices) held[placeOf(states.words, states.at(index))] = 1
  return { mayHold: (words, at) => held[placeOf(words, at)] === 1 }
}

const holdsAll: Sieve = { mayHold: () => true }

interface Lane {
  readonly laneCount: number
  readonly lane: number
}

/** Least changes of the rest of a run whose costs begin at `at`, the step before it being of this lane. */
function restCost({ costs }: Kept, at: number, { laneCount, lane }: Lane): number {
  let least = costs[at + lane] as number
  for (let other = 0; other < laneCount; other++) {
    const cost = (costs[at + other] as number) + 1
    if (cost < least) least = cost
  }
  return least
}

/** Where the costs of a state begin, or -1 if it is not kept. */
function costsAt({ indices }: Kept, index: number, laneCount: number): number {
  let [low, high] = [0, indices.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((indices[middle] as number) < index) low = middle + 1
    else high = middle
  }
  return indices[low] === index ? low * laneCount : -1
}

/** The packed words of a state, copied. */
export function wordsOf(exploration: Exploration, index: number): Int32Array {
  const base = exploration.states.at(index)
  return exploration.states.words.slice(base, base + exploration.compiled.stateWords)
}

/** Forwards: at each state the first instance, then the first successor by content, that keeps to the optimum. */
function* walk(way: Way, target: Target, kept: readonly Kept[]): Parts<Run> {
  const { exploration, lanes } = way
  const { successors } = exploration.expander.kernel
  let state = firstStart(way, kept[1])
  let lane = -1
  const states = [state]
  const instances: number[] = []
  for (let level = 1; level < target.level; level++) {
    if (level % statesAPart === 0) yield
    const step = bestStep(way, state, lane, kept[level + 1])
    instances.push(step.instance)
    state = successors.slice(step.at, step.at + exploration.compiled.stateWords)
    lane = lanes[step.instance] ?? 0
    states.push(state)
  }
  const ends = target.ends.get(way.locate(state, 0)) === null ? [] : target.blame(state)
  const last = ends.find((instance) => lanes[instance] === lane) ?? ends[0]
  if (last !== undefined) instances.push(last)
  return { states, instances }
}

const none: Kept = { indices: new Uint32Array(0), costs: new Int32Array(0) }

function firstStart({ exploration, starts, laneCount, locate }: Way, kept: Kept = none): Int32Array {
  const { stateWords } = exploration.compiled
  let best = -1
  let least = unreachable
  for (let at = 0; at < starts.length; at += stateWords) {
    const found = costsAt(kept, locate(starts, at), laneCount)
    if (found === -1) continue
    const cost = Math.min(...kept.costs.subarray(found, found + laneCount))
    if (cost < least) {
      least = cost
      best = at
    }
  }
  if (best === -1) throw new Error('rebuild: no initial state leads to the violation')
  return starts.slice(best, best + stateWords)
}

interface Step {
  readonly instance: number
  /** The word in `successors` where the successor begins. */
  readonly at: number
  /** Changes of lane from here to the end. */
  readonly cost: number
}

function bestStep(way: Way, state: Int32Array, lane: number, next: Kept = none): Step {
  const { exploration, lanes, laneCount } = way
  const { stateWords } = exploration.compiled
  const { successors, tags } = exploration.expander.kernel
  const count = way.expand(state, 0)
  let best: Step | null = null
  for (let k = 0; k < count; k++) {
    const at = k * stateWords
    const rest = costsAt(next, way.locate(successors, at), laneCount)
    if (rest === -1) continue
    const instance = tags[k] ?? 0
    const own = lanes[instance] ?? 0
    const change = lane === -1 || own === lane ? 0 : 1
    const step = { instance, at, cost: restCost(next, rest, { laneCount, lane: way.laneThere(own) }) + change }
    if (best === null || isBetter(step, best, (left, right) => compareWords(successors, stateWords, left, right)))
      best = step
  }
  if (best === null) throw new Error('rebuild: a kept state has no kept successor')
  return best
}

/** Fewer changes of lane; then the first instance; then the first successor by content. */
function isBetter(step: Step, best: Step, compare: (left: number, right: number) => number): boolean {
  if (step.cost !== best.cost) return step.cost < best.cost
  if (step.instance !== best.instance) return step.instance < best.instance
  return compare(step.at, best.at) < 0
}
