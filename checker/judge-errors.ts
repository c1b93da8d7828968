/**
 * Model errors: the shortest run to one, wherever it is met. Expanding a state of level k comes before a step from it,
 * for its run is shorter by that step; judging a state of level k + 1 is part of the step that reaches it.
 */

import type { ShownBy } from '../src/model/certify.ts'
import { expansionError, judgingError, stepError } from '../src/model/error-of.ts'
import { type Model, modelErrorProperty } from '../src/model/ir.ts'
import { successors } from '../src/model/step.ts'
import type { State, Trace } from '../src/model/trace.ts'
import type { PropertyResult } from './result.ts'
import { rebuild, type Target } from './trace/rebuild.ts'
import { indicesOf, stateTarget } from './trace/target.ts'
import { tell } from './trace/tell.ts'
import { hasModelError, type JudgeInput, result } from './verdict.ts'

const shown: ShownBy = { kind: 'model error' }

export function judgeErrors(input: JudgeInput): readonly PropertyResult[] {
  if (!hasModelError(input)) return []
  const { exploration, layout, selected } = input
  const properties = selected.judged.flatMap((index) => input.model.properties[index] ?? [])
  const model: Model = { ...input.model, properties }
  const searched = input.searched === input.model ? model : { ...input.searched, properties }
  const level = exploration.firstRaised[exploration.compiled.counters.modelError] ?? 0
  const trace = tell(
    { model, searched, layout },
    rebuild(searched, exploration, firstTarget(input, searched, level)),
    shown,
  )
  const name = modelErrorProperty
  return [result(input, { name, kind: 'model-error', verdict: 'violated', trace, reason: [errorText(model, trace)] })]
}

/** `level`: the one whose expansion first raised an error; 0 if judging the initial states did. */
function firstTarget(input: JudgeInput, model: Model, level: number): Target {
  const judged = judgedTarget(input, level + 1)
  if (level <= 0) return judged
  const expanded = expandedTarget(input, model, level)
  return expanded.ends.size > 0 ? expanded : errorSteps(input, model, level, judged)
}

/** True if some code of the kernel raises an error. */
function raises({ exploration }: JudgeInput, run: () => void): boolean {
  const { counters } = exploration.expander
  const { modelError } = exploration.compiled.counters
  const before = counters[modelError]
  run()
  return counters[modelError] !== before
}

function expand({ exploration }: JudgeInput, base: number): number {
  const { kernel, out, tags } = exploration.expander
  return kernel.expand(exploration.states, base, out, tags, 0)
}

function judgedTarget(input: JudgeInput, level: number): Target {
  const { kernel } = input.exploration.expander
  return stateTarget(input.exploration, level, (states, base) => raises(input, () => kernel.judge(states, base)))
}

function expandedTarget(input: JudgeInput, model: Model, level: number): Target {
  return stateTarget(
    input.exploration,
    level,
    (states, base) =>
      raises(input, () => expand(input, base)) && expansionError(model, input.layout.decode(states, base)) !== null,
  )
}

/** Steps from this level that raise an error or lead to a state that raises one when it is judged. */
function errorSteps(input: JudgeInput, model: Model, level: number, judged: Target): Target {
  const { exploration, layout } = input
  const { expander, states, compiled } = exploration
  const ends = new Map<number, readonly number[]>()
  for (const index of indicesOf(exploration, level)) {
    const base = index * compiled.stateWords
    let count = 0
    const isRaised = raises(input, () => {
      count = expand(input, base)
    })
    const targets = Array.from({ length: count }, (_, k) => expander.find(expander.out, k * compiled.stateWords))
    if (isRaised || targets.some((target) => judged.ends.has(target)))
      ends.set(index, guiltyInstances(model, layout.decode(states, base)))
  }
  return { level, ends }
}

function guiltyInstances(model: Model, state: State): readonly number[] {
  const guilty = successors(model, state).filter((outcome) => stepError(model, state, outcome) !== null)
  return [...new Set(guilty.map((outcome) => outcome.instance))].sort((left, right) => left - right)
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
  const found = ofStep[0] ?? judgingError(model, last.state) ?? expansionError(model, last.state)
  if (found === null) throw new Error('a trace of a model error raises none')
  return found.message
}
