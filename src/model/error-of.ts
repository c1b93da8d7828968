/**
 * Where a model error is met: at the start, when a state is judged, when it is expanded, or in a step. All properties of
 * the model given count, so that a caller who judges only some gives the model with those.
 */

import { environmentOf, evaluate, ModelError } from './evaluate.ts'
import type { Expr, Model, Property } from './ir.ts'
import { predicatesOf } from './ltl.ts'
import { refinesInitially } from './refinement.ts'
import { holdsIn, isStuck, type Outcome } from './step.ts'
import type { State } from './trace.ts'

function errorIn(judge: () => unknown): ModelError | null {
  try {
    judge()
    return null
  } catch (error) {
    if (error instanceof ModelError) return error
    throw error
  }
}

/** The first that judging a property raises; it tells of which. */
function errorOfProperty(model: Model, judge: (property: Property) => void): ModelError | null {
  for (const property of model.properties) {
    const error = errorIn(() => judge(property))
    if (error !== null) return error.raisedBy(property)
  }
  return null
}

const nothing: Expr = { kind: 'literal', domain: { kind: 'range', min: 0, max: 0 }, value: 0 }

/** The value is asked for only where it counts. */
function measuredOf({ e, where }: Extract<Property, { readonly kind: 'measure' }>): Expr {
  if (where === undefined) return e
  return { kind: 'conditional', condition: where, then: e, otherwise: nothing }
}

/** What a property asks of a single state. */
function stateExprs(property: Property): readonly Expr[] {
  switch (property.kind) {
    case 'invariant':
    case 'reachable':
      return [property.predicate]
    case 'measure':
      return [measuredOf(property)]
    case 'liveness':
      return predicatesOf(property.formula)
    case 'step':
      return []
  }
}

/** Raised by what the properties ask of this state. */
export function judgingError(model: Model, state: State): ModelError | null {
  const env = environmentOf(model, state)
  return errorOfProperty(model, (property) => {
    for (const e of stateExprs(property)) evaluate(e, env)
  })
}

/** Raised by what a refinement asks of an initial state. */
export function startError(model: Model, state: State): ModelError | null {
  return errorOfProperty(model, (property) => {
    if (property.kind === 'step' && property.refines !== undefined) refinesInitially(model, property.refines, state)
  })
}

/** Raised by a `within` assumption, or by the terminal condition where nothing is enabled. */
export function expansionError(model: Model, state: State): ModelError | null {
  return errorIn(() => isStuck(model, state) && holdsIn(model, model.terminal, state))
}

/** Raised by a guard or an effect, by a step property on this step, or by judging the state it leads to. */
export function stepError(model: Model, before: State, outcome: Outcome): ModelError | null {
  if ('error' in outcome) return outcome.error
  return (
    errorOfProperty(model, (property) => {
      if (property.kind === 'step') holdsIn(model, property.relation, before, outcome.state)
    }) ?? judgingError(model, outcome.state)
  )
}
