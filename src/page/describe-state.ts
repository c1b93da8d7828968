/**
 * A state for the page: which ways lead on, what holds each other action back, and the values of the strips.
 */

import { blockedIn, evaluated } from '../model/blocked.ts'
import { keysOf } from '../model/domain.ts'
import { domainOf, scopeOf } from '../model/domain-of.ts'
import { explainAlone } from '../model/explain.ts'
import type { Domain, Expr, Model, Scalar, Value } from '../model/ir.ts'
import { parametersOf } from '../model/parameters.ts'
import { type Outcome, successors } from '../model/step.ts'
import type { State } from '../model/trace.ts'
import { isListValue, isRecordValue, showValue } from '../model/values.ts'
import type { PageStrip, StateView, StripRow, Way } from './page-data.ts'

export function describeState(model: Model, state: State, outcomes = successors(model, state)): StateView {
  return {
    enabled: outcomes.map((outcome) => wayOf(model, outcome)),
    blocked: blockedIn(model, state, outcomes, (e) => explainAlone(model, e, state)),
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
