/**
 * Which properties of a model are judged, by name.
 */

import { checksOf } from '../../src/model/checks.ts'
import { deadlockProperty, type Model, modelErrorProperty } from '../../src/model/ir.ts'
import type { CounterLayout } from '../compile/compiled-model.ts'

export interface SelectedProperties {
  /** Indices into `Model.properties`. */
  readonly judged: readonly number[]
  readonly checks: readonly string[]
  readonly hasDeadlock: boolean
  readonly hasLiveness: boolean
  /** True if a counter of a selected safety property has risen. */
  isViolated(firstRaised: Int32Array, counters: CounterLayout): boolean
}

/** Names under which a model's properties can be selected, in the order of the report. */
export function propertyNames(model: Model): readonly string[] {
  return [
    ...model.properties.map((property) => property.name),
    ...checksOf(model),
    deadlockProperty,
    modelErrorProperty,
  ]
}

/** Null selects all. Deadlock freedom is judged unless the model may stop anywhere. */
export function selectedProperties(model: Model, names: readonly string[] | null): SelectedProperties {
  const isSelected = (name: string): boolean => names === null || names.includes(name)
  const judged = model.properties.flatMap((property, i) => (isSelected(property.name) ? [i] : []))
  const checks = checksOf(model).filter(isSelected)
  const mayStopAnywhere = model.terminal.kind === 'literal' && model.terminal.value === true
  const hasDeadlock = isSelected(deadlockProperty) && !mayStopAnywhere
  return {
    judged,
    checks,
    hasDeadlock,
    hasLiveness: judged.some((i) => model.properties[i]?.kind === 'liveness'),
    isViolated: (firstRaised, counters) => {
      const hasRisen = (counter: number): boolean => (firstRaised[counter] ?? -1) !== -1
      return (
        hasRisen(counters.modelError) ||
        (hasDeadlock && hasRisen(counters.deadlock)) ||
        checks.some((message) => hasRisen(counters.byCheck + counters.checks.indexOf(message))) ||
        judged.some((i) => {
          const kind = model.properties[i]?.kind
          return (kind === 'invariant' || kind === 'step') && hasRisen(counters.byProperty + i)
        })
      )
    },
  }
}
