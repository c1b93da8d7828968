/**
 * The library call behind `trace --format vitest`: takes a run of named steps again and says whether it still violates.
 * Steps are told by name and parameters, not by states, so that a run outlives changes of the model that it does not touch.
 */

import * as E from 'fp-ts/Either'
import { isModelBuilder, type ModelBuilder } from './language/model.ts'
import { certify, type ShownBy } from './model/certify.ts'
import type { ConstantValues, Model, Value } from './model/ir.ts'
import { initialStates, successors } from './model/step.ts'
import type { Choice, Trace, TraceStep } from './model/trace.ts'
import { equalValues } from './model/values.ts'
import { shownBy } from './report/shown-by.ts'

type Named = { readonly [name: string]: Value }

/** An action, its parameters (`thread` for steps and arrivals), and what its effect chose. */
export type RunStep = readonly [action: string, binding?: Named, choices?: Named]

export interface Run {
  readonly model: string
  readonly constants?: ConstantValues
  readonly property: string
  readonly steps: readonly RunStep[]
  /** The run goes on for ever from the state after so many steps; null or absent when it is finite. */
  readonly loop?: number | null
}

export type Replayed =
  /** The run is possible and shows what it did. */
  | { readonly verdict: 'violated' }
  /** The run is possible, and the property survives it. */
  | { readonly verdict: 'holds' }
  /** This step (counted from 1) cannot be taken any more. */
  | { readonly verdict: 'impossible'; readonly step: number }

/**
 * `spec` is what `import * as spec` gives. Throws when the model, the property or an action does not exist: a run that
 * speaks of something else proves nothing.
 */
export function replay(spec: { readonly [name: string]: unknown }, run: Run): Replayed {
  const model = modelOf(spec, run)
  const shown = shownBy(model, run.property)
  if (shown === null) throw new Error(`replay: ${run.model} has no property '${run.property}'`)
  const instances = run.steps.map((step) => instancesOf(model, step))
  let furthest = 0
  const starts = initialStates(model).map((state): TraceStep => ({ instance: null, choices: [], state }))
  const open = starts.map((start): readonly TraceStep[] => [start]).reverse()
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const taken = path.length - 1
    furthest = Math.max(furthest, taken)
    if (taken === run.steps.length) {
      if (shows(model, { steps: path, loop: run.loop ?? null, shortest: false }, shown)) return { verdict: 'violated' }
      continue
    }
    const isLast = taken === run.steps.length - 1
    const next = nextSteps(model, path, {
      wanted: instances[taken] ?? new Set(),
      step: run.steps[taken],
      isLast,
      shown,
    })
    open.push(...next.map((step) => [...path, step]).reverse())
  }
  return furthest === run.steps.length ? { verdict: 'holds' } : { verdict: 'impossible', step: furthest + 1 }
}

function modelOf(spec: { readonly [name: string]: unknown }, run: Run): Model {
  const builder = Object.values(spec).find((one): one is ModelBuilder => isModelBuilder(one) && one.name === run.model)
  if (builder === undefined) throw new Error(`replay: the spec has no model '${run.model}'`)
  const built = builder.build(run.constants)
  if (E.isLeft(built)) throw new Error(built.left.map(({ code, message }) => `${code}: ${message}`).join('\n'))
  return built.right
}

/** Several instances may share a name and a binding: the same label on several call paths. */
function instancesOf(model: Model, [action, binding = {}]: RunStep): ReadonlySet<number> {
  const found = model.instances.flatMap((one, index) =>
    model.actions[one.action]?.name === action && equalValues(one.binding, binding) ? [index] : [],
  )
  if (found.length === 0) throw new Error(`replay: ${model.name} has no '${action}' ${JSON.stringify(binding)}`)
  return new Set(found)
}

interface Wanted {
  readonly wanted: ReadonlySet<number>
  readonly step: RunStep | undefined
  readonly isLast: boolean
  readonly shown: ShownBy
}

function nextSteps(
  model: Model,
  path: readonly TraceStep[],
  { wanted, step, isLast, shown }: Wanted,
): readonly TraceStep[] {
  const before = path.at(-1)
  if (before === undefined) return []
  return successors(model, before.state).flatMap((outcome): readonly TraceStep[] => {
    const { instance, choices } = outcome
    if (!wanted.has(instance) || !isChosen(choices, step?.[2] ?? {})) return []
    if ('state' in outcome) return [{ instance, choices, state: outcome.state }]
    return isLast && shown.kind === 'model error' ? [{ instance, choices, state: before.state }] : []
  })
}

const isChosen = (choices: readonly Choice[], wanted: Named): boolean =>
  Object.entries(wanted).every(([name, value]) =>
    choices.some((choice) => choice.name === name && equalValues(choice.value, value)),
  )

const shows = (model: Model, trace: Trace, shown: ShownBy): boolean => certify(model, trace, shown) === null
