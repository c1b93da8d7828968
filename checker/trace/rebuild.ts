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
import type { Exploration } from '../explore/exploration.ts'
import { compareWords } from '../explore/state-order.ts'
import type { Parts } from '../parts.ts'

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

/** For a kept state: the least number of lane changes of the rest, for each lane the rest may begin with. */
type Costs = Map<number, Int32Array>

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
  const kept: Costs[] = []
  kept[target.level] = targetCosts(way, target)
  for (let level = target.level - 1; level >= 1; level--) {
    kept[level] = yield* costsOfLevel(way, level, kept[level + 1] ?? new Map())
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
  /** Successors of a state as the model has them, to `out` and `tags`. */
  expand(states: Int32Array, base: number): number
  /** Where the state words[at…] is stored. */
  locate(words: Int32Array, at: number): Located
  sieveOf(kept: Costs): Sieve
}

interface Located {
  readonly index: number
  /** What a lane is called in the state that is stored. */
  laneThere(lane: number): number
}

function wayOf({ searched, exploration, starts, members }: RebuildInput): Way {
  const { expander, compiled } = exploration
  const { kernel, out, tags } = expander
  const lanes = laneNumbers(searched)
  const common = { exploration, starts, lanes, laneCount: Math.max(...lanes, 0) + 1 }
  if (members === null)
    return {
      ...common,
      expand: (states, base) => kernel.expand(states, base, out, tags, 0),
      locate: (words, at) => ({ index: expander.find(words, at), laneThere: (lane) => lane }),
      sieveOf: (kept) => sieveOf(exploration, kept),
    }
  const scratch = new Int32Array(compiled.stateWords)
  const swappedLanes = createLaneSwaps(searched, lanes, members)
  return {
    ...common,
    expand: (states, base) => kernel.expandAsIs(states, base, out, tags, 0),
    locate: (words, at) => {
      scratch.set(words.subarray(at, at + compiled.stateWords))
      kernel.canonicalise(scratch, 0)
      const swapped = swappedLanes(kernel.order)
      return { index: expander.find(scratch, 0), laneThere: (lane) => swapped[lane] ?? lane }
    },
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

function targetCosts({ lanes, laneCount }: Way, target: Target): Costs {
  const costs: Costs = new Map()
  for (const [index, instances] of target.ends) {
    const cost = new Int32Array(laneCount).fill(instances === null ? 0 : unreachable)
    for (const instance of instances ?? []) cost[lanes[instance] ?? 0] = 0
    costs.set(index, cost)
  }
  return costs
}

function* costsOfLevel(way: Way, level: number, next: Costs): Parts<Costs> {
  const { exploration, lanes, laneCount } = way
  const { states, expander, compiled } = exploration
  const { out, tags } = expander
  const sieve = way.sieveOf(next)
  const costs: Costs = new Map()
  const end = exploration.levels[level] ?? 0
  for (let index = exploration.levels[level - 1] ?? 0; index < end; index++) {
    if (index % statesAPart === 0) yield
    const count = way.expand(states.words, states.at(index))
    for (let k = 0; k < count; k++) {
      const at = k * compiled.stateWords
      if (!sieve.mayHold(out, at)) continue
      const target = way.locate(out, at)
      const rest = next.get(target.index)
      if (rest === undefined) continue
      const lane = lanes[tags[k] ?? 0] ?? 0
      const cost = costs.get(index) ?? new Int32Array(laneCount).fill(unreachable)
      cost[lane] = Math.min(cost[lane] ?? unreachable, restCost(rest, target.laneThere(lane)))
      costs.set(index, cost)
    }
  }
  return costs
}

/** Of the kept states a bit each, at a place given by their words. */
function sieveOf({ states, compiled: { stateWords } }: Exploration, kept: Costs): Sieve {
  // Eight times as many bits as states.
  const bits = 32 - Math.clz32(kept.size * 8)
  const held = new Uint8Array(2 ** bits)
  const placeOf = (words: Int32Array, at: number): number => {
    let hash = 0
    for (let w = at; w < at + stateWords; w++) hash = Math.imul(hash ^ (hash >>> 15) ^ (words[w] ?? 0), 0x9e3779b1)
    return (hash ^ (hash >>> 15)) & (held.length - 1)
  }
  for (const index of kept.keys()) held[placeOf(states.words, states.at(index))] = 1
  return { mayHold: (words, at) => held[placeOf(words, at)] === 1 }
}

const holdsAll: Sieve = { mayHold: () => true }

/** Least changes of the rest of a run, the step before it being of this lane. */
function restCost(rest: Int32Array, lane: number): number {
  let least = rest[lane] ?? unreachable
  for (const cost of rest) least = Math.min(least, cost + 1)
  return least
}

interface Transition {
  readonly instance: number
  /** Where its successor is stored. */
  readonly target: Located
  /** The word in `out` where the successor begins. */
  readonly at: number
}

function transitionsOf(way: Way, states: Int32Array, base: number): Transition[] {
  const { expander, compiled } = way.exploration
  const count = way.expand(states, base)
  return Array.from({ length: count }, (_, k) => {
    const at = k * compiled.stateWords
    return { instance: expander.tags[k] ?? 0, target: way.locate(expander.out, at), at }
  })
}

/** The packed words of a state, copied. */
export function wordsOf(exploration: Exploration, index: number): Int32Array {
  const base = exploration.states.at(index)
  return exploration.states.words.slice(base, base + exploration.compiled.stateWords)
}

/** Forwards: at each state the first instance, then the first successor by content, that keeps to the optimum. */
function* walk(way: Way, target: Target, kept: readonly Costs[]): Parts<Run> {
  const { exploration, lanes } = way
  const { out } = exploration.expander
  let state = firstStart(way, kept[1] ?? new Map())
  let lane = -1
  const states = [state]
  const instances: number[] = []
  for (let level = 1; level < target.level; level++) {
    if (level % statesAPart === 0) yield
    const step = bestStep(way, state, lane, kept[level + 1] ?? new Map())
    instances.push(step.instance)
    state = out.slice(step.at, step.at + exploration.compiled.stateWords)
    lane = lanes[step.instance] ?? 0
    states.push(state)
  }
  const ends = target.ends.get(way.locate(state, 0).index) === null ? [] : target.blame(state)
  const last = ends.find((instance) => lanes[instance] === lane) ?? ends[0]
  if (last !== undefined) instances.push(last)
  return { states, instances }
}

function firstStart({ exploration, starts, locate }: Way, costs: Costs): Int32Array {
  const { stateWords } = exploration.compiled
  let best = -1
  let least = unreachable
  for (let at = 0; at < starts.length; at += stateWords) {
    const cost = Math.min(...(costs.get(locate(starts, at).index) ?? [unreachable]))
    if (cost < least) {
      least = cost
      best = at
    }
  }
  if (best === -1) throw new Error('rebuild: no initial state leads to the violation')
  return starts.slice(best, best + stateWords)
}

function bestStep(way: Way, state: Int32Array, lane: number, next: Costs): Transition {
  const { exploration, lanes } = way
  const { out } = exploration.expander
  let best: Transition | null = null
  let least = unreachable
  for (const step of transitionsOf(way, state, 0)) {
    const rest = next.get(step.target.index)
    if (rest === undefined) continue
    const own = lanes[step.instance] ?? 0
    const cost = restCost(rest, step.target.laneThere(own)) + (lane === -1 || own === lane ? 0 : 1)
    const isBetter =
      best === null ||
      cost < least ||
      (cost === least &&
        (step.instance < best.instance ||
          (step.instance === best.instance && isBefore(out, exploration.compiled.stateWords, step.at, best.at))))
    if (isBetter) {
      best = step
      least = cost
    }
  }
  if (best === null) throw new Error('rebuild: a kept state has no kept successor')
  return best
}

/** By content, as states are in order. */
function isBefore(words: Int32Array, width: number, left: number, right: number): boolean {
  return compareWords(words, width, left, right) < 0
}
