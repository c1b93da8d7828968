/**
 * Model errors: the shortest run to one, wherever it is met. Expanding a state of level k comes before a step from it,
 * for its run is shorter by that step; judging a state of level k + 1 is part of the step that reaches it.
 */

import type { ShownBy } from '../../src/model/certify.ts'
import { expansionError, judgingError, startError, stepError } from '../../src/model/error-of.ts'
import { type Model, modelErrorProperty, type Property } from '../../src/model/ir.ts'
import { inSequence, type Parts } from '../../src/model/parts.ts'
import { successors } from '../../src/model/step.ts'
import type { State, Trace } from '../../src/model/trace.ts'
import type { Target } from '../trace/rebuild.ts'
import { eachIndex, guiltyInstances, stateTarget } from '../trace/target.ts'
import { tell } from '../trace/tell.ts'
import { findStart } from './find-start.ts'
import type { StartsByProperty } from './refined-starts.ts'
import type { SelectedProperties } from './selection.ts'
import {
  type Finding,
  hasModelError,
  type JudgeInput,
  nothingToShow,
  result,
  theOnly,
  toShow,
  unshown,
} from './verdict.ts'

const shown: ShownBy = { kind: 'model error' }

export async function judgeErrors(input: JudgeInput): Promise<readonly Finding[]> {
  if (!hasModelError(input)) return []
  const { errorAtStart, exploration, selected } = input
  const model = judgedPart(input.model, selected)
  const known = result(input, { name: modelErrorProperty, kind: 'model-error', verdict: 'violated' })
  if (errorAtStart !== null)
    return [nothingToShow({ ...known, trace: errorAtStart, reason: [errorText(model, errorAtStart)] })]
  const searched = input.searched === input.model ? model : judgedPart(input.searched, selected)
  const level = exploration.firstRaised[exploration.compiled.counters.modelError] ?? 0
  const finding = toShow(input, known, {
    targets: inSequence([firstTarget(input, searched, level)]),
    tell: function* (runs) {
      const trace = yield* tell({ ...input, model, searched }, theOnly(runs), shown)
      return { trace, reason: [errorText(model, trace)] }
    },
    untold: unshown,
  })
  return [await finding]
}

/** Only what is judged may raise an error. */
function judgedPart(model: Model, { judged }: SelectedProperties): Model {
  return { ...model, properties: judged.flatMap((index) => model.properties[index] ?? []) }
}

/** The search does not ask what a refinement asks of the start, so this is found apart. */
export function* findErrorAtStart(
  whole: Model,
  selected: SelectedProperties,
  starts: StartsByProperty,
): Parts<Trace | null> {
  const model = judgedPart(whole, selected)
  const mayRaise = (property: Property): boolean =>
    property.kind === 'step' && property.refines !== undefined && (starts.get(property.name) ?? 'unknown') === 'unknown'
  if (!model.properties.some(mayRaise)) return null
  return yield* findStart(model, shown, (start) => startError(model, start) !== null)
}

/** `level`: the one whose expansion first raised an error; 0 if judging the initial states did. */
function* firstTarget(input: JudgeInput, model: Model, level: number): Parts<Target> {
  const judged = yield* judgedTarget(input, level + 1)
  if (level <= 0) return judged
  const expanded = yield* expandedTarget(input, model, level)
  return expanded.ends.size > 0 ? expanded : yield* errorSteps(input, model, level, judged)
}

/** True if some code of the kernel raises an error. */
function raises({ exploration }: JudgeInput, run: () => void): boolean {
  const { counters } = exploration.expander.kernel
  const { modelError } = exploration.compiled.counters
  const before = counters[modelError]
  run()
  return counters[modelError] !== before
}

function judgedTarget(input: JudgeInput, level: number): Parts<Target> {
  const { kernel } = input.exploration.expander
  return stateTarget(input.exploration, level, (base) => raises(input, () => kernel.judge(base)))
}

function expandedTarget(input: JudgeInput, model: Model, level: number): Parts<Target> {
  const { kernel } = input.exploration.expander
  return stateTarget(
    input.exploration,
    level,
    (base) =>
      raises(input, () => kernel.expand(base, 0)) &&
      expansionError(model, input.layout.decode(kernel.states, base)) !== null,
  )
}

/** Steps from this level that raise an error or lead to a state that raises one when it is judged. */
function* errorSteps(input: JudgeInput, model: Model, level: number, judged: Target): Parts<Target> {
  const { exploration, layout } = input
  const { expander, states, compiled } = exploration
  const { kernel } = expander
  const ends = new Map<number, readonly number[]>()
  yield* eachIndex(exploration, level, (index) => {
    const base = kernel.load(states.words, states.at(index))
    let count = 0
    const isRaised = raises(input, () => {
      count = kernel.expand(base, 0)
    })
    const targets = Array.from({ length: count }, (_, k) => expander.find(kernel.successors, k * compiled.stateWords))
    if (isRaised || targets.some((target) => judged.ends.has(target)))
      ends.set(index, instancesRaising(model, layout.decode(kernel.states, base)))
  })
  return { level, ends, blame: (words) => instancesRaising(model, layout.decode(words, 0)) }
}

/** Of those whose step raises an error. */
function instancesRaising(model: Model, state: State): readonly number[] {
  return guiltyInstances(model, state, (outcome) => stepError(model, state, outcome) !== null)
}

function errorText(model: Model, trace: Trace): string {
  const last = trace.steps.at(-1)
  const before = trace.steps.at(-2)
  if (last === undefined) throw new Error('a trace of a model error is empty')
  const ofStep =
    before === undefined
      ? []
      : successors(model, before.state)
          .filter((outcome) => outcome.instance === last.instance)
          .flatMap((outcome) => stepError(model, before.state, outcome) ?? [])
  const atStart = before === undefined ? startError(model, last.state) : null
  const found = ofStep[0] ?? atStart ?? judgingError(model, last.state) ?? expansionError(model, last.state)
  if (found === null) throw new Error('a trace of a model error raises none')
  return found.message
}
