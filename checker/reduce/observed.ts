/**
 * What is looked at from outside the instances: by properties, by the terminal condition, by `within` assumptions.
 */

import type { Expr, Model, Property } from '../../src/model/ir.ts'
import { predicatesOf } from '../../src/model/ltl.ts'

/** Of all properties of the model given: a caller who judges only some gives the model with those. */
export function observedOf(model: Model): readonly Expr[] {
  return [
    model.terminal,
    ...model.assumptions.flatMap((one) => (one.kind === 'within' ? [one.predicate] : [])),
    ...model.properties.flatMap(expressionsOf),
  ]
}

export function expressionsOf(property: Property): readonly Expr[] {
  switch (property.kind) {
    case 'invariant':
    case 'reachable':
      return [property.predicate]
    case 'step':
      // The relation of a refinement is made from the mapping, and an initial state is judged by the mapping itself.
      return [property.relation, ...(property.refines?.mapping.map(({ e }) => e) ?? [])]
    case 'measure':
      return [property.e, ...(property.where === undefined ? [] : [property.where])]
    case 'liveness':
      return predicatesOf(property.formula)
  }
}
