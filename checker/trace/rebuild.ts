/**
 * Rebuilds a shortest run to a violation from the levels alone: backwards, level by level, keeping the states that
 * have a successor in the kept set and for each the least number of lane changes; then forwards by content.
 *
 * Promise: shortest; among those the fewest changes of lane; among those the first in action order. The same run for
 * any number of workers, because indices only name states and never order them.
 */

import type { Parts } from '../../src/model/parts.ts'
import type { Exploration } from '../explore/exploration.ts'
import { compareWords } from '../explore/state-order.ts'
import {
  changesAfter,
  type Kept,
  KeptRows,
  leastChanges,
  roomForSteps,
  rowsOf,
  type StepsToKept,
  statesKept,
} from './kept.ts'
import { createKeptTable, type KeptTable } from './kept-table.ts'
import { type Way, type WayInput, wayOf } from './way.ts'

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

/** States of a level that are worked on before the event loop may turn. */
export const statesAPart = 64

/** Runs to these targets, each as if it were sought alone: a level is expanded once for all of them. */
export function* rebuild(input: WayInput, targets: readonly Target[]): Parts<readonly Run[]> {
  const way = wayOf(input)
  const pursuits = targets.map((target) => startPursuit(way, target))
  const { states, compiled, expander } = way.exploration
  const table = createKeptTable(states, compiled.stateWords)
  const steps = roomForSteps(expander.kernel.tags.length)
  for (let level = Math.max(0, ...targets.map((target) => target.level)) - 1; level >= 1; level--)
    yield* keepOfLevel(
      { way, table, level, steps },
      pursuits.filter(({ target }) => target.level > level),
    )
  const runs: Run[] = []
  for (const pursuit of pursuits) runs.push(yield* walk(way, pursuit))
  return runs
}

/** A run that is sought. */
interface Pursuit {
  readonly target: Target
  readonly rows: KeptRows
  /** What leads on to its end, by level, counted from 1. */
  readonly levels: Kept[]
}

function startPursuit({ lanes, laneCount }: Way, target: Target): Pursuit {
  const rows = new KeptRows(laneCount)
  for (const index of Uint32Array.from(target.ends.keys()).sort()) {
    const row = rows.add(index)
    const instances = target.ends.get(index) ?? null
    if (instances === null) for (let lane = 0; lane < laneCount; lane++) rows.lower(row, lane, 0)
    for (const instance of instances ?? []) rows.lower(row, lanes[instance] ?? 0, 0)
  }
  const levels: Kept[] = []
  levels[target.level] = rows.take()
  return { target, rows, levels }
}

/** What steps backwards through a level work with. */
interface Backwards {
  readonly way: Way
  readonly table: KeptTable
  readonly level: number
  /** Room for those of a batch. */
  readonly steps: StepsToKept
}

/** A run that is sought in a level. */
interface Lead {
  readonly rows: KeptRows
  /** What is kept of the next level. */
  readonly next: Kept
  /** Its rows, by the numbers of states in the table. */
  readonly rowOf: Int32Array
}

function* keepOfLevel(backwards: Backwards, pursuits: readonly Pursuit[]): Parts<void> {
  const { way, table, level } = backwards
  const { levels } = way.exploration
  const nexts = pursuits.map((pursuit) => pursuit.levels[level + 1] ?? none)
  const width = pursuits[0]?.rows.width ?? 1
  const kept = statesKept(nexts, width)
  table.fill(kept)
  const leads = pursuits.map(({ rows }, i): Lead => {
    const next = nexts[i] ?? none
    return { rows, next, rowOf: rowsOf(next, kept, width) }
  })
  const end = levels[level] ?? 0
  for (let from = levels[level - 1] ?? 0; from < end; ) {
    if (from % statesAPart === 0) yield
    const to = Math.min(end, from + statesAPart - (from % statesAPart))
    keepSome(backwards, leads, from, to)
    from = to
  }
  for (const { rows, levels } of pursuits) levels[level] = rows.take()
}

/** Expands the states from … to-1, a few, and keeps those that lead on. */
function keepSome({ way, table, steps }: Backwards, leads: readonly Lead[], from: number, to: number): void {
  const { exploration, lanes } = way
  const { compiled, states, expander } = exploration
  const { stateWords } = compiled
  const { states: sources, ends, successors, tags } = expander.kernel
  const { words } = states
  for (let k = 0; k < to - from; k++) {
    const at = states.at(from + k)
    for (let w = 0; w < stateWords; w++) sources[k * stateWords + w] = words[at + w] as number
  }
  for (let k = 0; k < to - from; ) {
    const expanded = way.expandBatch(k, to - from)
    let count = 0
    for (let slot = 0; k < expanded; k++) {
      for (const end = ends[k] as number; slot < end; slot++) {
        way.settle(slot)
        const number = table.find(successors, slot * stateWords)
        if (number === -1) continue
        const lane = lanes[tags[slot] as number] as number
        steps.from[count] = from + k
        steps.to[count] = number
        steps.lane[count] = lane
        steps.laneThere[count++] = way.laneThere(lane)
      }
    }
    for (const { rows, next, rowOf } of leads) rows.addBefore(next, rowOf, steps, count)
  }
}

/** The packed words of a state, copied. */
export function wordsOf(exploration: Exploration, index: number): Int32Array {
  const base = exploration.states.at(index)
  return exploration.states.words.slice(base, base + exploration.compiled.stateWords)
}

/** Forwards: at each state the first instance, then the first successor by content, that keeps to the optimum. */
function* walk(way: Way, { target, rows, levels }: Pursuit): Parts<Run> {
  const { exploration, lanes } = way
  const { successors } = exploration.expander.kernel
  let state = firstStart(way, rows, levels[1])
  let lane = -1
  const states = [state]
  const instances: number[] = []
  for (let level = 1; level < target.level; level++) {
    if (level % statesAPart === 0) yield
    const step = bestStep(way, { rows, kept: levels[level + 1] ?? none }, state, lane)
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

const none: Kept = new Int32Array(0)

function firstStart({ exploration, starts, locate }: Way, rows: KeptRows, kept = none): Int32Array {
  const { stateWords } = exploration.compiled
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < starts.length; at += stateWords) {
    const row = rows.rowOf(kept, locate(starts, at))
    if (row === -1 || leastChanges(kept, row) >= least) continue
    least = leastChanges(kept, row)
    best = at
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

interface KeptLevel {
  readonly rows: KeptRows
  readonly kept: Kept
}

function bestStep(way: Way, { rows, kept }: KeptLevel, state: Int32Array, lane: number): Step {
  const { exploration, lanes } = way
  const { stateWords } = exploration.compiled
  const { successors, tags } = exploration.expander.kernel
  const count = way.expand(state, 0)
  let best: Step | null = null
  for (let k = 0; k < count; k++) {
    const at = k * stateWords
    const row = rows.rowOf(kept, way.locate(successors, at))
    if (row === -1) continue
    const instance = tags[k] ?? 0
    const own = lanes[instance] ?? 0
    const change = lane === -1 || own === lane ? 0 : 1
    const step = { instance, at, cost: changesAfter(kept, row, way.laneThere(own)) + change }
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
