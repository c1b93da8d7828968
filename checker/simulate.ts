/**
 * Random walks on the reference evaluator: cheap evidence where the whole space is out of reach. The same seed
 * gives the same runs on every machine.
 */

import { ModelError } from '../src/model/evaluate.ts'
import { deadlockProperty, type Model, modelErrorProperty } from '../src/model/ir.ts'
import { refinesInitially } from '../src/model/refinement.ts'
import { holdsIn, initialStates, isStuck, successors } from '../src/model/step.ts'
import type { State, Trace, TraceStep } from '../src/model/trace.ts'
import type { PropertyKind } from './result.ts'

export interface SimulationOptions {
  readonly runs: number
  /** Most steps of one run. */
  readonly depth: number
  readonly seed: number
}

export interface Simulation {
  readonly runs: number
  readonly steps: number
  /** The first run that violates each property. */
  readonly violations: readonly { readonly property: string; readonly kind: PropertyKind; readonly trace: Trace }[]
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

export function simulate(model: Model, options: SimulationOptions): Simulation {
  const random = generator(options.seed)
  const starts = initialStates(model)
  const found = new Map<string, { readonly property: string; readonly kind: PropertyKind; readonly trace: Trace }>()
  let taken = 0
  for (let run = 0; run < options.runs; run++) {
    const start = starts[Math.floor(random() * starts.length)]
    if (start === undefined) break
    const steps: TraceStep[] = [{ instance: null, choices: [], state: start }]
    const note = (property: string, kind: PropertyKind): void => {
      if (!found.has(property))
        found.set(property, { property, kind, trace: { steps: [...steps], loop: null, shortest: false } })
    }
    for (const property of model.properties) {
      const refines = property.kind === 'step' ? property.refines : undefined
      if (refines !== undefined && !refinesInitially(model, refines, start)) note(property.name, 'step')
    }
    judgeState(model, start, note)
    while (steps.length <= options.depth && walk(model, steps, random, note)) taken++
  }
  return { runs: options.runs, steps: taken, violations: [...found.values()] }
}

type Note = (property: string, kind: PropertyKind) => void

function judgeState(model: Model, state: State, note: Note): void {
  try {
    for (const property of model.properties) {
      if (property.kind === 'invariant' && !holdsIn(model, property.predicate, state)) note(property.name, 'invariant')
    }
    if (isStuck(model, state) && !holdsIn(model, model.terminal, state)) note(deadlockProperty, 'deadlock')
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    note(modelErrorProperty, 'model-error')
  }
}

/** One random step; false when there is none. */
function walk(model: Model, steps: TraceStep[], random: () => number, note: Note): boolean {
  const before = steps.at(-1)?.state
  if (before === undefined) return false
  const outcomes = successors(model, before)
  const outcome = outcomes[Math.floor(random() * outcomes.length)]
  if (outcome === undefined) return false
  if ('error' in outcome) {
    steps.push({ instance: outcome.instance, choices: outcome.choices, state: before })
    note(modelErrorProperty, 'model-error')
    return false
  }
  steps.push({ instance: outcome.instance, choices: outcome.choices, state: outcome.state })
  for (const message of outcome.failedChecks) note(message, 'check')
  for (const property of model.properties) {
    if (property.kind === 'step' && !holdsIn(model, property.relation, before, outcome.state))
      note(property.name, 'step')
  }
  judgeState(model, outcome.state, note)
  return true
}
