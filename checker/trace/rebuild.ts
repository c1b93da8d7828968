/**
 * Rebuilds a shortest run to a violation from the levels alone: backwards, level by level, keeping the states that
 * have a successor in the kept set and for each the least number of lane changes; then forwards by content.
 *
 * Promise: shortest; among those the fewest changes of lane; among those the first in action order. The same run for
 * any number of workers, because indices only name states and never order them.
 */

import type { Model } from '../../src/model/ir.ts'
import type { Exploration } from '../explore/exploration.ts'
import { compareStates } from '../explore/state-order.ts'
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
}

export interface Run {
  /** Word vectors, one for each state: [steps + 1]. */
  readonly states: readonly Int32Array[]
  /** Instance of each step between two states; one more when the last step has no stored successor (`Target.ends`). */
  readonly instances: readonly number[]
}

/** For a kept state: the least number of lane changes of the rest, for each lane the rest may begin with. */
type Costs = Map<number, Int32Array>

const unreachable = 2 ** 30

/** States of a level that are worked on before the event loop may turn. */
export const statesAPart = 64

export function* rebuild({ searched, exploration }: RebuildInput, target: Target): Parts<Run> {
  const lanes = laneNumbers(searched)
  const way: Way = { exploration, lanes, laneCount: Math.max(...lanes, 0) + 1 }
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
}

/** Where the run is sought, and what tells its lanes. */
interface Way {
  readonly exploration: Exploration
  /** By instance. */
  readonly lanes: Int32Array
  readonly laneCount: number
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

function* costsOfLevel({ exploration, lanes, laneCount }: Way, level: number, next: Costs): Parts<Costs> {
  const costs: Costs = new Map()
  const end = exploration.levels[level] ?? 0
  for (let index = exploration.levels[level - 1] ?? 0; index < end; index++) {
    if (index % statesAPart === 0) yield
    for (const { instance, target } of transitionsOf(exploration, index)) {
      const rest = next.get(target)
      if (rest === undefined) continue
      const lane = lanes[instance] ?? 0
      const cost = costs.get(index) ?? new Int32Array(laneCount).fill(unreachable)
      cost[lane] = Math.min(cost[lane] ?? unreachable, restCost(rest, lane))
      costs.set(index, cost)
    }
  }
  return costs
}

/** Least changes of the rest of a run, the step before it being of this lane. */
function restCost(rest: Int32Array, lane: number): number {
  let least = rest[lane] ?? unreachable
  for (const cost of rest) least = Math.min(least, cost + 1)
  return least
}

interface Transition {
  readonly instance: number
  /** Index of the successor. */
  readonly target: number
}

function transitionsOf(exploration: Exploration, index: number): Transition[] {
  const { expander, compiled, states } = exploration
  const count = expander.kernel.expand(states, index * compiled.stateWords, expander.out, expander.tags, 0)
  const transitions: Transition[] = []
  for (let k = 0; k < count; k++) {
    const target = expander.find(expander.out, k * compiled.stateWords)
    transitions.push({ instance: expander.tags[k] ?? 0, target })
  }
  return transitions
}

/** The packed words of a state, copied. */
export function wordsOf(exploration: Exploration, index: number): Int32Array {
  const width = exploration.compiled.stateWords
  return exploration.states.slice(index * width, (index + 1) * width)
}

/** Forwards: at each state the first instance, then the first successor by content, that keeps to the optimum. */
function* walk(way: Way, target: Target, kept: readonly Costs[]): Parts<Run> {
  const { exploration, lanes } = way
  let index = firstInitial(exploration, kept[1] ?? new Map())
  let lane = -1
  const states = [wordsOf(exploration, index)]
  const instances: number[] = []
  for (let level = 1; level < target.level; level++) {
    if (level % statesAPart === 0) yield
    const step = bestStep(way, index, lane, kept[level + 1] ?? new Map())
    instances.push(step.instance)
    index = step.target
    lane = lanes[step.instance] ?? 0
    states.push(wordsOf(exploration, index))
  }
  const ends = target.ends.get(index)
  if (ends !== null && ends !== undefined) {
    const last = ends.find((instance) => lanes[instance] === lane) ?? ends[0]
    if (last !== undefined) instances.push(last)
  }
  return { states, instances }
}

/** Initial states are stored in canonical order, so that the lowest index is the first by content. */
function firstInitial(exploration: Exploration, costs: Costs): number {
  let best = -1
  let least = unreachable
  for (let index = 0; index < exploration.initial; index++) {
    const cost = Math.min(...(costs.get(index) ?? [unreachable]))
    if (cost < least) {
      least = cost
      best = index
    }
  }
  if (best === -1) throw new Error('rebuild: no initial state leads to the violation')
  return best
}

function bestStep({ exploration, lanes }: Way, index: number, lane: number, next: Costs): Transition {
  let best: Transition | null = null
  let least = unreachable
  for (const step of transitionsOf(exploration, index)) {
    const rest = next.get(step.target)
    if (rest === undefined) continue
    const own = lanes[step.instance] ?? 0
    const cost = restCost(rest, own) + (lane === -1 || own === lane ? 0 : 1)
    const isBetter =
      best === null ||
      cost < least ||
      (cost === least &&
        (step.instance < best.instance ||
          (step.instance === best.instance && isBefore(exploration, step.target, best.target))))
    if (isBetter) {
      best = step
      least = cost
    }
  }
  if (best === null) throw new Error('rebuild: a kept state has no kept successor')
  return best
}

function isBefore(exploration: Exploration, left: number, right: number): boolean {
  return compareStates(exploration.states, exploration.compiled.stateWords, left, right) < 0
}
