/**
 * `refines`: the claim that a model does nothing that a simpler one does not do.
 */

import * as E from 'fp-ts/Either'
import { equalDomains } from '../model/domain.ts'
import { DomainError, domainHints, domainOf } from '../model/domain-of.ts'
import type { ConstantValues, Domain, Expr as ExprIr, Model, Refinement, Source } from '../model/ir.ts'
import { problem } from '../model/problem.ts'
import { here } from './blame.ts'
import { coerce, declared } from './expression.ts'
import { mistake } from './mistakes.ts'
import type { ModelBuilder } from './model.ts'
import type { Special } from './property.ts'
import { Inexpressible, relationOf } from './relation.ts'

/** For each variable of the abstract model, what it is in a state of this one. */
export type Mapping = { readonly [variable: string]: unknown }

/**
 * Every step of this model is a step of the abstract one or changes nothing there, and every initial state is an
 * initial state there. `set` gives constants of the abstract model. Problems: MC110, and those of the abstract model.
 */
export function refines(abstract: ModelBuilder, mapping: Mapping, set: ConstantValues = {}): Special {
  const source = here()
  const claim = (relation: ExprIr, how: { readonly refines?: Refinement } = {}): Special => ({
    special: { kind: 'step', relation, ...how, source },
  })
  const built = builtApart(abstract, set, source)
  if (E.isLeft(built)) {
    for (const { code, message, hint, source: place } of built.left) mistake(code, message, hint, place ?? source)
    return claim(coerce(true))
  }
  const model = built.right
  const entries = mappingEntries(model, mapping, source)
  if (entries === null) return claim(coerce(true))
  try {
    const refines: Refinement = { abstract: model, mapping: entries }
    return claim(relationOf(refines, declared), { refines })
  } catch (error) {
    if (error instanceof DomainError) {
      mistake(error.code, error.message, domainHints[error.code], source)
      return claim(coerce(true))
    }
    if (!(error instanceof Inexpressible)) throw error
    mistake('MC110', `'${model.name}' cannot be refined: ${error.message}`, 'Assign the whole variable there.', source)
    return claim(coerce(true))
  }
}

/** What is being built for a refinement: what refines itself, directly or not, would be built for ever. */
const underConstruction: { readonly abstract: ModelBuilder; readonly constants: string }[] = []

function builtApart(abstract: ModelBuilder, set: ConstantValues, source: Source): ReturnType<ModelBuilder['build']> {
  const constants = JSON.stringify(set)
  if (underConstruction.some((one) => one.abstract === abstract && one.constants === constants)) {
    const hint = 'Refine a model that is built without this one.'
    return E.left([problem('MC110', `'${abstract.name}' refines itself`, hint, source)])
  }
  underConstruction.push({ abstract, constants })
  try {
    return abstract.build(set)
  } finally {
    underConstruction.pop()
  }
}

function mappingEntries(
  model: Model,
  mapping: Mapping,
  source: Source,
): readonly { readonly variable: string; readonly e: ExprIr }[] | null {
  const known = model.variables.map(({ name }) => name)
  const missing = known.filter((name) => !Object.hasOwn(mapping, name))
  const unknown = Object.keys(mapping).filter((name) => !known.includes(name))
  for (const name of missing)
    mistake('MC110', `nothing is mapped to '${name}' of '${model.name}'`, 'Map every variable of it.', source)
  for (const name of unknown)
    mistake('MC110', `'${model.name}' has no variable '${name}'`, `Its variables are: ${known.join(', ')}.`, source)
  if (missing.length > 0 || unknown.length > 0) return null
  const entries = model.variables.map(({ name, domain }) => ({ variable: name, e: coerce(mapping[name], domain) }))
  const misfits = model.variables.filter(
    ({ domain }, i) => !fits(domainOf(entries[i]?.e ?? coerce(true), declared), domain),
  )
  for (const { name } of misfits)
    mistake('MC110', `what is mapped to '${name}' has values that it cannot have`, 'Use the same domain.', source)
  return misfits.length > 0 ? null : entries
}

/** Ranges are compared while the model runs, whole numbers only. */
function fits(d: Domain, wanted: Domain): boolean {
  if (d.kind === 'range') return wanted.kind === 'range'
  if (d.kind === 'enumeration') return wanted.kind === 'enumeration' && d.values.every((v) => wanted.values.includes(v))
  return equalDomains(d, wanted)
}
