/**
 * Verdicts: from the figures of a search to an answer for every property, with its trace and the reason.
 */

import type { ShownBy } from '../../src/model/certify.ts'
import { explainCheck, explainDeadlock, explainState, explainStep } from '../../src/model/explain.ts'
import { deadlockProperty, type Model, type Property } from '../../src/model/ir.ts'
import { inSequence, type Parts } from '../../src/model/parts.ts'
import { explainRefinement } from '../../src/model/refinement.ts'
import type { Trace } from '../../src/model/trace.ts'
import type { PropertyKind, PropertyResult } from '../result.ts'
import type { Target } from '../trace/rebuild.ts'
import { blameCheck, blameStep, stateTarget, stepTarget } from '../trace/target.ts'
import { tell } from '../trace/tell.ts'
import { findStart, isUnrefinedStart } from './find-start.ts'
import { judgeErrors } from './judge-errors.ts'
import { judgeLiveness } from './judge-liveness.ts'
import { judgeMeasure } from './judge-measure.ts'
import type { SelectedProperties } from './selection.ts'
import { showAll } from './show.ts'
import {
  type Finding,
  isConclusive,
  type JudgeInput,
  nothingToShow,
  result,
  theOnly,
  toShow,
  unshown,
} from './verdict.ts'

export async function judge(input: JudgeInput): Promise<readonly PropertyResult[]> {
  const { model, selected } = input
  const findings: Finding[] = []
  for (const index of selected.judged) {
    const property = model.properties[index]
    if (property !== undefined) findings.push(await judgeProperty(input, property, index))
  }
  for (const message of selected.checks) findings.push(await judgeCheck(input, message))
  if (selected.hasDeadlock) findings.push(await judgeDeadlock(input))
  return showAll(input, [...findings, ...(await judgeErrors(input))])
}

/** What is said of a model that was not searched. */
export function undecided(
  model: Model,
  { judged, checks, hasDeadlock }: SelectedProperties,
): readonly PropertyResult[] {
  const of = (name: string, kind: PropertyKind): PropertyResult =>
    result({ model }, { name, kind, verdict: 'inconclusive' })
  return [
    ...judged.flatMap((index) => model.properties[index] ?? []).map(({ name, kind }) => of(name, kind)),
    ...checks.map((message) => of(message, 'check')),
    ...(hasDeadlock ? [of(deadlockProperty, 'deadlock')] : []),
  ]
}

function judgeProperty(input: JudgeInput, property: Property, index: number): Promise<Finding> {
  const { exploration } = input
  const counter = exploration.compiled.counters.byProperty + index
  const { name, kind } = property
  const shown: ShownBy = { kind: 'property', property, value: null }
  const { kernel } = exploration.expander
  switch (kind) {
    case 'invariant':
    case 'reachable':
      return violation(input, {
        name,
        kind,
        counter,
        shown,
        target: (level) => stateTarget(exploration, level + 1, (base) => kernel.violates(base, index)),
      })
    case 'step':
      return judgeStep(input, property, counter)
    case 'measure':
      return judgeMeasure(input, property, index)
    case 'liveness':
      return judgeLiveness(input, property)
  }
}

type StepProperty = Extract<Property, { kind: 'step' }>
/** Unknown where there was no time to look. */
type StartFound = Trace | null | 'unknown'

async function judgeStep(input: JudgeInput, property: StepProperty, counter: number): Promise<Finding> {
  const { exploration, layout, model, pace } = input
  const { name } = property
  const shown: ShownBy = { kind: 'property', property, value: null }
  const isJudged =
    exploration.initial > 0 && property.refines !== undefined && input.startsByProperty.get(name) !== 'refined'
  const start = isJudged
    ? await pace.through<StartFound>(unrefinedStart(model, property, shown), () => 'unknown')
    : null
  if (start === 'unknown' && exploration.firstRaised[counter] === -1)
    return nothingToShow(result(input, { name, kind: 'step', verdict: 'inconclusive' }))
  if (start !== null && start !== 'unknown') {
    const reason = reasonOf(model, start, shown)
    return nothingToShow(result(input, { name, kind: 'step', verdict: 'violated', trace: start, reason }))
  }
  return violation(input, {
    name,
    kind: 'step',
    counter,
    shown,
    target: (level) => stepTarget({ exploration, layout, level, counter }, blameStep(input.searched, property)),
  })
}

function judgeCheck(input: JudgeInput, message: string): Promise<Finding> {
  const { exploration, layout } = input
  const { counters } = exploration.compiled
  const counter = counters.byCheck + counters.checks.indexOf(message)
  return violation(input, {
    name: message,
    kind: 'check',
    counter,
    shown: { kind: 'check', message },
    target: (level) => stepTarget({ exploration, layout, level, counter }, blameCheck(input.searched, message)),
  })
}

/** Of a refinement: an initial state that maps to no initial state. */
function* unrefinedStart(model: Model, property: StepProperty, shown: ShownBy): Parts<Trace | null> {
  const { refines } = property
  return refines === undefined ? null : yield* findStart(model, shown, (one) => isUnrefinedStart(model, refines, one))
}

function judgeDeadlock(input: JudgeInput): Promise<Finding> {
  const { exploration } = input
  return violation(input, {
    name: deadlockProperty,
    kind: 'deadlock',
    counter: exploration.compiled.counters.deadlock,
    shown: { kind: 'deadlock' },
    target: (level) => stateTarget(exploration, level, exploration.expander.kernel.isDeadlock),
  })
}

interface Violation {
  readonly name: string
  readonly kind: PropertyKind
  readonly counter: number
  readonly shown: ShownBy
  /** The states that show it, when its counter first rose while this level was expanded. */
  readonly target: (level: number) => Parts<Target>
}

async function violation(input: JudgeInput, { name, kind, counter, shown, target }: Violation): Promise<Finding> {
  const { exploration, model } = input
  const level = exploration.firstRaised[counter] ?? -1
  const isReachable = kind === 'reachable'
  if (level === -1) {
    const verdict = isConclusive(input) ? (isReachable ? 'unreachable' : 'holds') : 'inconclusive'
    return nothingToShow(result(input, { name, kind, verdict }))
  }
  const verdict = isReachable ? 'reached' : 'violated'
  return toShow(input, result(input, { name, kind, verdict }), {
    targets: inSequence([target(level)]),
    tell: function* (runs) {
      const trace = yield* tell(input, theOnly(runs), shown)
      return { trace, reason: reasonOf(model, trace, shown) }
    },
    untold: unshown,
  })
}

/** Why the end of the trace violates: the guilty part of the predicate with its values. */
export function reasonOf(model: Model, trace: Trace, shown: ShownBy): readonly string[] {
  if (shown.kind === 'check') return explainCheck(model, shown.message, trace)
  if (shown.kind === 'deadlock')
    return ['no action is enabled, and the model may not stop here', ...explainDeadlock(model, trace)]
  if (shown.kind === 'model error') return []
  if (shown.property.kind === 'invariant') return explainState(model, shown.property.predicate, trace)
  if (shown.property.kind === 'step') {
    const { refines, relation } = shown.property
    return refines === undefined ? explainStep(model, relation, trace) : explainRefinement(model, refines, trace)
  }
  return []
}
