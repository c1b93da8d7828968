/**
 * A trace by itself: free of time, path and machine, and of the indices of a model. Everything that is rendered is rendered from it,
 * so that `trace` shows in a year what `check` showed today.
 */

import { certify, type Misfit, type ShownBy } from '../model/certify.ts'
import { containsValue } from '../model/domain.ts'
import { ModelError } from '../model/evaluate.ts'
import { hashModel } from '../model/hash-model.ts'
import type { ConstantValues, Instance, Model, Value } from '../model/ir.ts'
import { assignedIn } from '../model/statements.ts'
import { type Outcome, successorsBy } from '../model/step.ts'
import type { Choice, State, Trace } from '../model/trace.ts'
import { equalValues, isListValue } from '../model/values.ts'
import { type Shape, shapeOf } from './shape.ts'

export interface SavedStep {
  /** Null in the initial state. */
  readonly action: string | null
  readonly binding: { readonly [parameter: string]: Value }
  readonly lane: string | null
  readonly kind: 'initial' | Instance['kind']
  readonly path: readonly string[]
  readonly label: string
  readonly choices: readonly Choice[]
  /** Suspended frames of the step's thread, after the step. */
  readonly depth: number
  /** All variables, after the step. */
  readonly state: State
}

export interface SavedTrace {
  readonly spec: string
  readonly model: string
  readonly constants: ConstantValues
  readonly modelHash: string
  readonly property: string
  readonly kind: string
  readonly shortest: boolean
  readonly loop: number | null
  /** Variables that only hold program counters and stacks. */
  readonly control: readonly string[]
  /** None where no set and no array that begins elsewhere is spoken of. */
  readonly shape?: Shape
  /** Variables that tell initial states apart; none where there is one only. */
  readonly starts?: readonly string[]
  readonly reason: readonly string[]
  /** The first is the initial state. */
  readonly steps: readonly SavedStep[]
}

/** What stands where no step has been taken yet. */
export const initialStep: SavedStep = {
  action: null,
  binding: {},
  lane: null,
  kind: 'initial',
  path: [],
  label: 'initial state',
  choices: [],
  depth: 0,
  state: {},
}

export interface TraceOrigin {
  /** From its package: `specs/peterson.ts`. */
  readonly spec: string
  readonly model: Model
  readonly property: string
  readonly kind: string
  readonly reason: readonly string[]
}

export function toSaved(origin: TraceOrigin, trace: Trace): SavedTrace {
  const { model } = origin
  const shape = shapeOf(model)
  const starts = [...assignedIn(model.initially)]
  return {
    spec: origin.spec,
    model: model.name,
    constants: model.constants,
    modelHash: hashModel(model),
    property: origin.property,
    kind: origin.kind,
    shortest: trace.shortest,
    loop: trace.loop,
    control: model.variables.filter((v) => v.role === 'control').map((v) => v.name),
    ...(Object.keys(shape).length === 0 ? {} : { shape }),
    ...(starts.length === 0 ? {} : { starts }),
    reason: origin.reason,
    steps: trace.steps.map((step) => {
      const instance = step.instance === null ? undefined : model.instances[step.instance]
      if (instance === undefined) return { ...initialStep, state: step.state }
      const stack = instance.thread === null ? null : (model.threads[instance.thread]?.stack ?? null)
      const frames = stack === null ? [] : (step.state[stack] ?? [])
      return {
        action: model.actions[instance.action]?.name ?? '',
        binding: instance.binding,
        lane: instance.lane,
        kind: instance.kind,
        path: instance.path,
        label: instance.label,
        choices: step.choices,
        depth: isListValue(frames) ? frames.length : 0,
        state: step.state,
      }
    }),
  }
}

/** Back to the indices of a model. `missing`: the first step whose action no longer exists, or null. */
export function fromSaved(model: Model, saved: SavedTrace): { readonly trace: Trace; readonly missing: number | null } {
  let missing: number | null = null
  const steps = saved.steps.map((step, i) => {
    if (step.action === null) return { instance: null, choices: step.choices, state: step.state }
    const alike = model.instances.flatMap((one, index) =>
      model.actions[one.action]?.name === step.action &&
      JSON.stringify(one.binding) === JSON.stringify(step.binding) &&
      isSame(model, one, saved, i)
        ? [index]
        : [],
    )
    const instance = takenOf(model, alike, step, saved.steps[i - 1]) ?? alike[0] ?? null
    if (instance === null) missing ??= i
    return { instance, choices: step.choices, state: step.state }
  })
  return { trace: { steps, loop: saved.loop, shortest: saved.shortest }, missing }
}

/**
 * Of several instances that are alike the one that leads where the step does, or else one that is enabled: by `decide` a step may come next
 * on more than one way, each under conditions of its own.
 */
function takenOf(
  model: Model,
  alike: readonly number[],
  step: SavedStep,
  before: SavedStep | undefined,
): number | undefined {
  if (alike.length < 2 || before === undefined) return undefined
  const { state } = before
  const isState = model.variables.every(({ name, domain }) => {
    const value = state[name]
    return value !== undefined && containsValue(domain, value)
  })
  if (!isState) return undefined
  const outcomes = alike.map((instance) => outcomesOf(model, state, instance))
  const taken = outcomes.findIndex((some) =>
    some.some((one) => ('error' in one ? isStill(step, before) : equalValues(one.state, step.state))),
  )
  return alike[taken === -1 ? outcomes.findIndex((some) => some.length > 0) : taken]
}

/** None where a `within` assumption raises an error: that is told when the run is certified. */
function outcomesOf(model: Model, state: State, instance: number): readonly Outcome[] {
  try {
    return successorsBy(model, state, instance)
  } catch (error) {
    if (error instanceof ModelError) return []
    throw error
  }
}

/** As after a step that raises an error. */
function isStill(step: SavedStep, before: SavedStep): boolean {
  return equalValues(step.state, before.state)
}

/** Whether it is still a run of the model, and still shows what it says: null then. */
export function misfitOf(model: Model, saved: SavedTrace, shown: ShownBy): Misfit | null {
  const { trace, missing } = fromSaved(model, saved)
  if (missing === null) return certify(model, trace, shown)
  return { step: missing, reason: `the model has no \`${saved.steps[missing]?.action ?? ''}\`` }
}

/** Several instances may share name and binding: those that start at the location of the step and, unless it raises an error, lead to the next. */
function isSame(model: Model, instance: Model['instances'][number], { steps }: SavedTrace, i: number): boolean {
  const [before, step] = [steps[i - 1], steps[i]]
  const counter = instance.thread === null ? undefined : model.threads[instance.thread]?.counter
  const test = instance.guard[0]?.e
  if (
    counter === undefined ||
    before === undefined ||
    step === undefined ||
    instance.kind !== 'step' ||
    test?.kind !== 'equal'
  )
    return true
  if (test.right.kind !== 'literal' || test.right.value !== before.state[counter]) return false
  const last = instance.effect.findLast(
    (s) => s.kind === 'assign' && s.place.kind === 'variable' && s.place.name === counter,
  )
  if (last?.kind !== 'assign' || last.e.kind !== 'literal' || (i === steps.length - 1 && isStill(step, before)))
    return true
  return last.e.value === step.state[counter]
}
