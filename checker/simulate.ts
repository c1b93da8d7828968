/**
 * Random walks on the reference evaluator: cheap evidence where the whole space is out of reach. The same seed
 * gives the same runs on every machine.
 */

import { certify, type ShownBy } from '../src/model/certify.ts'
import { expansionError, judgingError, stepError } from '../src/model/error-of.ts'
import { deadlockProperty, type Model, modelErrorProperty } from '../src/model/ir.ts'
import { holdsIn, initialStates, isStuck, successors } from '../src/model/step.ts'
import type { State, Trace, TraceStep } from '../src/model/trace.ts'
import { reasonOf } from './judge.ts'
import type { PropertyKind } from './result.ts'
import { isUnrefinedStart, startsOf } from './starts.ts'

export interface SimulationOptions {
  readonly runs: number
  /** Most steps of one run. */
  readonly depth: number
  readonly seed: number
  /** Names of what is judged; null: all. Model errors are found in any case. */
  readonly properties: readonly string[] | null
}

export interface SimulatedViolation {
  readonly property: string
  readonly kind: PropertyKind
  /** Certified by the reference evaluator. */
  readonly trace: Trace
  readonly reason: readonly string[]
}

export interface Simulation {
  readonly runs: number
  readonly steps: number
  /** The first run that violates each property. */
  readonly violations: readonly SimulatedViolation[]
}

/** Marsaglia 2003, doi:10.18637/jss.v008.i14: xorshift of 32 bits. */
function generator(seed: number): () => number {
  let x = (seed ^ 0x9e3779b9) | 0 || 1
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) / 2 ** 32
  }
}

/** Throws `SpecError`: MC102, MC103 when there is no initial state. */
export function simulate(model: Model, options: SimulationOptions): Simulation {
  const random = generator(options.seed)
  const starts = startsOf(model, () => initialStates(model))
  const found = new Map<string, SimulatedViolation>()
  const judged = { ...model, properties: model.properties.filter(({ name }) => isSelected(options, name)) }
  let taken = 0
  for (let run = 0; run < options.runs; run++) {
    const start = starts[Math.floor(random() * starts.length)]
    if (start === undefined) break
    const steps: TraceStep[] = [{ instance: null, choices: [], state: start }]
    const note: Note = (property, kind, shown) => {
      if (found.has(property) || !(kind === 'model-error' || isSelected(options, property))) return
      const trace: Trace = { steps: [...steps], loop: null, shortest: false }
      found.set(property, { property, kind, trace, reason: certified(model, trace, shown) })
    }
    judgeStart(judged, start, note)
    if (!judgeState(judged, start, note)) continue
    while (steps.length <= options.depth && walk(judged, steps, random, note)) taken++
  }
  return { runs: options.runs, steps: taken, violations: [...found.values()] }
}

const isSelected = ({ properties }: SimulationOptions, name: string): boolean =>
  properties === null || properties.includes(name)

/** Why the trace violates. Throws for a bug of ours: a trace that does not show what it is said to. */
function certified(model: Model, trace: Trace, shown: ShownBy): readonly string[] {
  const misfit = certify(model, trace, shown)
  if (misfit !== null) throw new Error(`a random run failed certification at step ${misfit.step}: ${misfit.reason}`)
  return reasonOf(model, trace, shown)
}

type Note = (property: string, kind: PropertyKind, shown: ShownBy) => void

const noteError = (note: Note): void => note(modelErrorProperty, 'model-error', { kind: 'model error' })

function judgeStart(model: Model, start: State, note: Note): void {
  for (const property of model.properties) {
    const refines = property.kind === 'step' ? property.refines : undefined
    if (refines !== undefined && isUnrefinedStart(model, refines, start))
      note(property.name, 'step', { kind: 'property', property, value: null })
  }
}

/** False when the run cannot go on from here, because judging the state raises an error. */
function judgeState(model: Model, state: State, note: Note): boolean {
  if (judgingError(model, state) !== null || expansionError(model, state) !== null) {
    noteError(note)
    return false
  }
  for (const property of model.properties) {
    if (property.kind === 'invariant' && !holdsIn(model, property.predicate, state))
      note(property.name, 'invariant', { kind: 'property', property, value: null })
  }
  if (isStuck(model, state) && !holdsIn(model, model.terminal, state))
    note(deadlockProperty, 'deadlock', { kind: 'deadlock' })
  return true
}

/** One random step; false when there is none, or none after it. */
function walk(model: Model, steps: TraceStep[], random: () => number, note: Note): boolean {
  const before = steps.at(-1)?.state
  if (before === undefined) return false
  const outcomes = successors(model, before)
  const outcome = outcomes[Math.floor(random() * outcomes.length)]
  if (outcome === undefined) return false
  const { instance, choices } = outcome
  steps.push({ instance, choices, state: 'state' in outcome ? outcome.state : before })
  if (stepError(model, before, outcome) !== null || !('state' in outcome)) {
    noteError(note)
    return false
  }
  for (const message of outcome.failedChecks) note(message, 'check', { kind: 'check', message })
  for (const property of model.properties) {
    if (property.kind === 'step' && !holdsIn(model, property.relation, before, outcome.state))
      note(property.name, 'step', { kind: 'property', property, value: null })
  }
  return judgeState(model, outcome.state, note)
}
