/**
 * What holds back each action that is not enabled in a state.
 */

import { environmentOf, evaluate, ModelError } from './evaluate.ts'
import type { Conjunct, Expr, Instance, Model, Value } from './ir.ts'
import { parametersText } from './parameters.ts'
import { isWithin, type Outcome } from './step.ts'
import type { State } from './trace.ts'

/** Actions of one lane that the same conditions hold back. */
export interface Blocked {
  readonly lane: string | null
  readonly labels: readonly string[]
  /** The conditions that fail, with the values that they read. */
  readonly reasons: readonly string[]
}

/** Plain values do not rule it out, as `from !== to` does one binding in two: nobody waits for those. */
export function isConceivable({ guard }: Pick<Instance, 'guard'>): boolean {
  return !guard.some(({ e }) => e.kind === 'literal' && e.value === false)
}

/** A thread's other lines are not blocked: control is elsewhere. They are left out. */
export function blockedIn(
  model: Model,
  state: State,
  outcomes: readonly Outcome[],
  /** Why a condition is false in the state. */
  explain: (e: Expr) => readonly string[],
): readonly Blocked[] {
  const enabled = new Set(outcomes.map((outcome) => outcome.instance))
  const groups = new Map<
    string,
    { readonly lane: string | null; readonly labels: Set<string>; readonly reasons: readonly string[] }
  >()
  for (const [i, instance] of model.instances.entries()) {
    if (enabled.has(i) || !isConceivable(instance) || isElsewhere(model, instance, state)) continue
    const reasons = reasonsOf(model, instance, state, explain)
    const key = JSON.stringify([instance.lane, reasons])
    const group = groups.get(key) ?? { lane: instance.lane, labels: new Set<string>(), reasons }
    group.labels.add(`${instance.label}${parametersText(instance)}`)
    groups.set(key, group)
  }
  return [...groups.values()].map((group) => ({ ...group, labels: [...group.labels] }))
}

function isElsewhere(model: Model, instance: Instance, state: State): boolean {
  const counter = instance.thread === null ? undefined : model.threads[instance.thread]?.counter
  return instance.kind === 'step' && instance.guard.some(({ e }) => isAt(e, counter) && !isTrue(model, e, state))
}

function isAt(e: Expr, counter: string | undefined): boolean {
  return e.kind === 'equal' && e.left.kind === 'variable' && e.left.name === counter
}

function reasonsOf(
  model: Model,
  instance: Instance,
  state: State,
  explain: (e: Expr) => readonly string[],
): readonly string[] {
  const outside = isWithin(model, state)
    ? []
    : model.assumptions.flatMap((one) =>
        one.kind === 'within' && !isTrue(model, one.predicate, state) ? [`assumption: ${one.name}`] : [],
      )
  const guards = atomsOf(instance.guard).flatMap(({ e, assumption }) => {
    if (isTrue(model, e, state)) return []
    const name = assumption === null ? undefined : model.assumptions[assumption]?.name
    return name === undefined ? explain(e) : [`assumption: ${name}`]
  })
  const reasons = [...new Set([...outside, ...guards])]
  return reasons.length > 0 ? reasons : ['no alternative of its choice is possible']
}

/** The guard taken apart at every `and`, so that each condition that fails is named, not only the first. */
function atomsOf(guard: readonly Conjunct[]): readonly Conjunct[] {
  return guard.flatMap((conjunct): readonly Conjunct[] =>
    conjunct.e.kind === 'and' ? atomsOf(conjunct.e.es.map((e) => ({ ...conjunct, e }))) : [conjunct],
  )
}

function isTrue(model: Model, e: Expr, state: State): boolean {
  return evaluated(model, e, state) === true
}

/** Null where the evaluation raises a model error. */
export function evaluated(model: Model, e: Expr, state: State): Value | null {
  try {
    return evaluate(e, environmentOf(model, state))
  } catch (error) {
    if (error instanceof ModelError) return null
    throw error
  }
}
