/**
 * Finds the states of a level that show a violation, once its counter has risen there.
 */

import { ModelError } from '../../src/model/evaluate.ts'
import type { Model, Property } from '../../src/model/ir.ts'
import { holdsIn, successors } from '../../src/model/step.ts'
import type { State } from '../../src/model/trace.ts'
import type { Layout } from '../compile/layout.ts'
import type { Exploration } from '../explore/exploration.ts'
import type { Target } from './rebuild.ts'

/** Indices of a level, counted from 1. */
export function* indicesOf(exploration: Exploration, level: number): Generator<number> {
  const end = exploration.levels[level] ?? 0
  for (let index = exploration.levels[level - 1] ?? 0; index < end; index++) yield index
}

/** States of a level that satisfy a test on their packed words. */
export function stateTarget(
  exploration: Exploration,
  level: number,
  test: (states: Int32Array, base: number) => boolean,
): Target {
  const ends = new Map<number, null>()
  const { states, compiled } = exploration
  for (const index of indicesOf(exploration, level)) {
    if (test(states, index * compiled.stateWords)) ends.set(index, null)
  }
  return { level, ends }
}

/** A counter, and the level whose expansion first raised it. */
interface Raised {
  readonly exploration: Exploration
  readonly layout: Layout
  readonly level: number
  readonly counter: number
}

/** States of a level whose expansion raises a counter, with the instances that the evaluator blames. */
export function stepTarget(
  { exploration, layout, level, counter }: Raised,
  blame: (state: State) => readonly number[],
): Target {
  const ends = new Map<number, readonly number[]>()
  const { states, compiled, expander } = exploration
  for (const index of indicesOf(exploration, level)) {
    const before = expander.counters[counter]
    expander.kernel.expand(states, index * compiled.stateWords, expander.out, expander.tags, 0)
    if (expander.counters[counter] === before) continue
    const instances = blame(layout.decode(states, index * compiled.stateWords))
    if (instances.length > 0) ends.set(index, instances)
  }
  return { level, ends }
}

export function blameCheck(model: Model, message: string): (state: State) => readonly number[] {
  return (state) =>
    distinct(
      successors(model, state).flatMap((one) =>
        'state' in one && one.failedChecks.includes(message) ? [one.instance] : [],
      ),
    )
}

export function blameStep(
  model: Model,
  property: Extract<Property, { kind: 'step' }>,
): (state: State) => readonly number[] {
  return (state) =>
    distinct(
      successors(model, state).flatMap((one) => {
        try {
          return 'state' in one && !holdsIn(model, property.relation, state, one.state) ? [one.instance] : []
        } catch (error) {
          if (error instanceof ModelError) return []
          throw error
        }
      }),
    )
}

function distinct(instances: readonly number[]): readonly number[] {
  return [...new Set(instances)].sort((left, right) => left - right)
}
