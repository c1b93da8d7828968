/**
 * The properties of a model, from what its builder returned under their names.
 */

import type { Property as PropertyIr, Source } from '../model/ir.ts'
import { type Definition, namedParts } from './definition.ts'
import { nameOf, uncalled } from './expression.ts'
import { groupsOf } from './fairness-groups.ts'
import { isFormula } from './formula.ts'
import { demandName, mistake } from './mistakes.ts'
import { type Property, reachable } from './property.ts'
import type { Selection } from './selection.ts'

interface Place {
  readonly select: (selection: Selection) => readonly number[]
  /** Of the model. */
  readonly source: Source
}

export function propertiesOf({ properties = {} }: Definition, place: Place): readonly PropertyIr[] {
  return namedParts('properties', properties, place.source).map(([name, claim]) => {
    const property = propertyOf(name, claim, place)
    demandName('a property', name, property.source)
    return property
  })
}

function propertyOf(name: string, claim: Property, place: Place): PropertyIr {
  const { select } = place
  if (typeof claim !== 'object' || claim === null) return noProperty(name, claim, place)
  if ('special' in claim) return { ...claim.special, name }
  if (isFormula(claim)) {
    const { source } = claim
    if (claim.invariant !== undefined) return { kind: 'invariant', name, predicate: claim.invariant, source }
    return { kind: 'liveness', name, formula: claim.temporal(select), assuming: [], source }
  }
  if (!('assuming' in claim)) return noProperty(name, claim, place)
  const assuming = groupsOf(claim.assuming, select)
  return { kind: 'liveness', name, formula: claim.formula.temporal(select), assuming, source: claim.formula.source }
}

function noProperty(name: string, given: unknown, place: Place): PropertyIr {
  const hint = uncalled(given) ?? 'Use always(…), leadsTo(…), reachable(…) and so on.'
  mistake('MC109', `'${name}' is ${nameOf(given)}, and no property`, hint, place.source)
  return propertyOf(name, reachable(false), place)
}
