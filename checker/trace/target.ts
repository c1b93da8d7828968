/**
 * Finds the states of a level that show a violation, once its counter has risen there.
 */

import { ModelError } from '../../src/model/evaluate.ts'
import type { Model, Property } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import { failsCheck, holdsIn, type Outcome, successors } from '../../src/model/step.ts'
import type { State } from '../../src/model/trace.ts'
import type { Layout } from '../compile/layout.ts'
import type { Exploration } from '../explore/exploration.ts'
import { statesAPart, type Target } from './rebuild.ts'

/** Visits the states of a level, counted from 1, by index. */
export function* eachIndex(exploration: Exploration, level: number, visit: (index: number) => void): Parts<void> {
  const end = exploration.levels[level] ?? 0
  for (let index = exploration.levels[level - 1] ?? 0; index < end; index++) {
    if (index % statesAPart === 0) yield
    visit(index)
  }
}

/** States of a level that satisfy a test, which is told where in the kernel's `states` they are. */
export function* stateTarget(exploration: Exploration, level: number, test: (base: number) => boolean): Parts<Target> {
  const ends = new Map<number, null>()
  const { states, expander } = exploration
  yield* eachIndex(exploration, level, (index) => {
    if (test(expander.kernel.load(states.words, states.at(index)))) ends.set(index, null)
  })
  return { level, ends, blame: () => [] }
}

/** A counter, and the level whose expansion first raised it. */
interface Raised {
  readonly exploration: Exploration
  readonly layout: Layout
  readonly level: number
  readonly counter: number
}

/** States of a level whose expansion raises a counter, with the instances that the evaluator blames. */
export function* stepTarget(
  { exploration, layout, level, counter }: Raised,
  blame: (state: State) => readonly number[],
): Parts<Target> {
  const ends = new Map<number, readonly number[]>()
  const { states, expander } = exploration
  const { kernel } = expander
  yield* eachIndex(exploration, level, (index) => {
    const before = kernel.counters[counter]
    const base = kernel.load(states.words, states.at(index))
    kernel.expand(base, 0)
    if (kernel.counters[counter] === before) return
    const instances = blame(layout.decode(kernel.states, base))
    if (instances.length > 0) ends.set(index, instances)
  })
  return { level, ends, blame: (words) => blame(layout.decode(words, 0)) }
}

/** The instances of the guilty outcomes of a state, ascending. */
export function guiltyInstances(
  model: Model,
  state: State,
  isGuilty: (outcome: Outcome) => boolean,
): readonly number[] {
  return [...new Set(successors(model, state).flatMap((one) => (isGuilty(one) ? [one.instance] : [])))]
}

export function blameCheck(model: Model, message: string): (state: State) => readonly number[] {
  return (state) => guiltyInstances(model, state, (one) => failsCheck(one, message))
}

export function blameStep(
  model: Model,
  property: Extract<Property, { kind: 'step' }>,
): (state: State) => readonly number[] {
  return (state) =>
    guiltyInstances(model, state, (one) => {
      try {
        return 'state' in one && !holdsIn(model, property.relation, state, one.state)
      } catch (error) {
        if (error instanceof ModelError) return false
        throw error
      }
    })
}
