/**
 * Drives the reference evaluator along one path: first what brings a task where an exception is wanted, then the task's own
 * steps, with nothing else arriving, until the exception returns.
 */

import type { Model } from '../../../src/model/ir.ts'
import { initialStates, successors } from '../../../src/model/step.ts'
import type { Choice, State } from '../../../src/model/trace.ts'

/** A label: take this one, or with this choice. `until`: take the task's own steps up to this label. */
export type Prefix = readonly (
  | string
  | { readonly until: string }
  | { readonly take: string; readonly choosing: boolean }
)[]

/** What happens outside just before the task takes the step with this label. */
export interface Meanwhile {
  readonly before: string
  readonly happens: readonly string[]
}

export interface Taken {
  readonly path: readonly string[]
  readonly label: string
  /** The state that the step leads to. */
  readonly state: State
}

const task = 'T1'

/** The exception that the prefix ends with: its arrival, all steps of its handler, its return. */
export function handlerPath(model: Model, prefix: Prefix, meanwhile?: Meanwhile): readonly Taken[] {
  const [start] = initialStates(model)
  if (start === undefined) throw new Error('no initial state')
  let state = start
  let arrival: Taken | null = null
  for (const one of prefix) {
    if (typeof one === 'string' || 'take' in one) {
      arrival = typeof one === 'string' ? take(model, state, one) : take(model, state, one.take, one.choosing)
      state = arrival.state
    } else {
      while (nextStep(model, state, one.until) !== one.until) state = onlyStep(model, state).state
    }
  }
  if (arrival === null) throw new Error('the prefix takes nothing')
  const taken = [arrival]
  while (taken.at(-1)?.label !== 'ERET') {
    if (meanwhile !== undefined && onlyStep(model, state).label === meanwhile.before) {
      state = meanwhile.happens.reduce((before, label) => take(model, before, label).state, state)
    }
    const next = onlyStep(model, state)
    taken.push(next)
    state = next.state
  }
  return taken
}

interface Possible extends Taken {
  readonly isOwnStep: boolean
  readonly choices: readonly Choice[]
}

function outcomes(model: Model, state: State): readonly Possible[] {
  return successors(model, state).flatMap((outcome) => {
    const instance = model.instances[outcome.instance]
    if (instance === undefined || 'error' in outcome) throw new Error('a model error')
    const isOthers = instance.binding['thread'] !== undefined && instance.binding['thread'] !== task
    if (isOthers) return []
    const { path, label, kind } = instance
    return [{ path, label, state: outcome.state, isOwnStep: kind === 'step', choices: outcome.choices }]
  })
}

function take(model: Model, state: State, label: string, choosing?: boolean): Taken {
  const found = outcomes(model, state).find(
    (outcome) =>
      outcome.label === label && (choosing === undefined || outcome.choices.some(({ value }) => value === choosing)),
  )
  if (found === undefined) throw new Error(`'${label}' is not enabled`)
  return found
}

/** Where the task has a choice, it keeps the CPU, and its faults are harmless. */
const isPreferred = ({ label, choices }: Possible): boolean =>
  label === 'pick_next_task: prev' || choices.some(({ name, value }) => name === 'SIGSEGV' && value === false)

function onlyStep(model: Model, state: State): Taken {
  const ways = outcomes(model, state).filter(({ isOwnStep }) => isOwnStep)
  const own = ways.length > 1 ? ways.filter(isPreferred) : ways
  const [only] = own
  if (only === undefined || own.length > 1) throw new Error(`the task has ${own.length} ways to go on`)
  return only
}

function nextStep(model: Model, state: State, wanted: string): string {
  const own = outcomes(model, state).filter(({ isOwnStep }) => isOwnStep)
  return own.find(({ label }) => label === wanted)?.label ?? own[0]?.label ?? ''
}
