/**
 * A state for the page: which ways lead on, what holds each other action back, and the values of the strips.
 */

import { domainOf, keysOf, scopeOf } from '../model/domain-of.ts'
import { evaluate, ModelError } from '../model/evaluate.ts'
import { explainAlone } from '../model/explain.ts'
import type { Conjunct, Domain, Expr, Instance, Model, Value } from '../model/ir.ts'
import { isWithin, type Outcome, successors } from '../model/step.ts'
import type { Choice, State } from '../model/trace.ts'
import { isListValue, isRecordValue, showValue } from '../model/values.ts'
import type { Blocked, PageStrip, StateView, StripRow, Way } from './page-data.ts'

type Scalar = boolean | number | string

export function describeState(model: Model, state: State, outcomes = successors(model, state)): StateView {
  return {
    enabled: outcomes.map((outcome) => wayOf(model, outcome)),
    blocked: blockedIn(model, state, new Set(outcomes.map((outcome) => outcome.instance))),
    strips: model.strips.map(({ e }) => valuesOf(model, e, state)),
  }
}

export function wayOf(model: Model, outcome: Outcome): Way {
  const instance = model.instances[outcome.instance]
  return {
    lane: instance?.lane ?? null,
    path: instance?.path ?? [],
    label: instance?.label ?? '',
    kind: instance?.kind ?? 'action',
    parameters: instance === undefined ? '' : parametersOf(instance, outcome.choices),
    error: 'error' in outcome ? outcome.error.message : null,
  }
}

/** What tells this instance from others of its action: its binding and what it chose. */
export function parametersOf({ binding }: Instance, choices: readonly Choice[]): string {
  return [
    ...Object.entries(binding).filter(([name]) => name !== 'thread'),
    ...choices.map(({ name, value }) => [name, value] as const),
  ]
    .map(([name, value]) => `${name}=${showValue(value)}`)
    .join(', ')
}

/** A thread's other lines are not blocked: control is elsewhere. They are left out. */
function blockedIn(model: Model, state: State, enabled: ReadonlySet<number>): readonly Blocked[] {
  const groups = new Map<
    string,
    { readonly lane: string | null; readonly labels: Set<string>; readonly reasons: readonly string[] }
  >()
  for (const [i, instance] of model.instances.entries()) {
    if (enabled.has(i) || isElsewhere(model, instance, state)) continue
    const reasons = reasonsOf(model, instance, state)
    const key = JSON.stringify([instance.lane, reasons])
    const group = groups.get(key) ?? { lane: instance.lane, labels: new Set<string>(), reasons }
    const parameters = parametersOf(instance, [])
    group.labels.add(parameters === '' ? instance.label : `${instance.label} (${parameters})`)
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

function reasonsOf(model: Model, instance: Instance, state: State): readonly string[] {
  const outside = isWithin(model, state)
    ? []
    : model.assumptions.flatMap((one) =>
        one.kind === 'within' && !isTrue(model, one.predicate, state) ? [`assumption: ${one.name}`] : [],
      )
  const guards = atomsOf(instance.guard).flatMap(({ e, assumption }) => {
    if (isTrue(model, e, state)) return []
    const name = assumption === null ? undefined : model.assumptions[assumption]?.name
    return name === undefined ? explainAlone(model, e, state) : [`assumption: ${name}`]
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
function evaluated(model: Model, e: Expr, state: State): Value | null {
  try {
    return evaluate(e, { scope: scopeOf(model), state, next: null })
  } catch (error) {
    if (error instanceof ModelError) return null
    throw error
  }
}

/** The rows of every strip, from the domains of their expressions. */
export function stripsOf(model: Model): readonly PageStrip[] {
  const scope = scopeOf(model)
  return model.strips.map(({ name, e }) => ({ name, rows: rowsOf(domainOf(e, scope), '') }))
}

function rowsOf(d: Domain, part: string): readonly StripRow[] {
  const inside = (name: string | number): string => (part === '' ? String(name) : `${part}.${name}`)
  switch (d.kind) {
    case 'boolean':
      return [{ part, scale: { kind: 'flag' } }]
    case 'range':
      return [{ part, scale: { kind: 'number', min: d.min, max: d.max } }]
    case 'enumeration':
      return [{ part, scale: { kind: 'label', values: d.values } }]
    case 'record':
      return d.fields.flatMap((field) => rowsOf(field.domain, inside(field.name)))
    case 'array':
      return keysOf(d.index).flatMap((key) => rowsOf(d.element, inside(key)))
    case 'set':
    case 'sequence':
      return [{ part, scale: { kind: 'text' } }]
  }
}

function valuesOf(model: Model, e: Expr, state: State): readonly (Scalar | null)[] {
  const domain = domainOf(e, scopeOf(model))
  const value = evaluated(model, e, state)
  return value === null ? rowsOf(domain, '').map(() => null) : leavesOf(domain, value)
}

function leavesOf(d: Domain, value: Value): readonly Scalar[] {
  if (d.kind === 'record' && isRecordValue(value)) {
    return d.fields.flatMap((field) => leavesOf(field.domain, value[field.name] ?? false))
  }
  if (d.kind === 'array') {
    const elements = isListValue(value) ? value : Object.values(value)
    return elements.flatMap((element) => leavesOf(d.element, element))
  }
  return [typeof value === 'object' ? showValue(value) : value]
}
