/**
 * Variables: declared together, named by their keys.
 */

import { zeroValue } from '../model/domain.ts'
import type { Variable } from '../model/ir.ts'
import { here } from './blame.ts'
import { bool, type Declared, type Domain } from './domain.ts'
import { type AnyExpr, declared, declareIn, make } from './expression.ts'
import type { Var } from './kinds.ts'
import { demandName, mistake } from './mistakes.ts'
import { named } from './unknown-member.ts'

export type Variables<D> = { readonly [K in keyof D]: D[K] extends Declared<infer T> ? Var<T> : never }

/** The variables that were declared while the current model is built, in order. */
export const variables: Variable[] = []

/** Declares variables of the model that is being built. MC101 for a name used twice; MC201 when one is asked for that there is not. */
export function state<const D extends { readonly [name: string]: Declared<unknown> }>(declarations: D): Variables<D> {
  const made = Object.entries(declarations).map(([name, declaration]) => [name, declare(name, declaration, 'data')])
  return named('MC201', 'there is no variable', Object.fromEntries(made))
}

/** Builds a model with no variables declared yet; afterwards those of the model around it are back. */
export function freshVariables<T>(build: () => T): T {
  const outer = variables.splice(0)
  const outerDomains = declareIn(new Map())
  try {
    return build()
  } finally {
    variables.splice(0, variables.length, ...outer)
    declareIn(outerDomains)
  }
}

/** After a mistake: a domain without an initial value keeps its kind, so that what is said of the variable is no mistake as well. */
function startedAnyhow(given: unknown): Declared<unknown> {
  const isDomain = typeof given === 'object' && given !== null && 'ir' in given
  const { ir } = isDomain ? (given as Domain<unknown>) : bool
  return { domain: ir, initial: zeroValue(ir) }
}

export function declare(name: string, declaration: Declared<unknown>, role: Variable['role']): AnyExpr {
  const source = here()
  if (typeof declaration !== 'object' || declaration === null || !('domain' in declaration)) {
    mistake('MC102', `the variable '${name}' has no initial value`, 'Write domain.starts(value).', source)
    return declare(name, startedAnyhow(declaration), role)
  }
  demandName('a variable', name)
  if (declared.has(name)) {
    mistake('MC101', `the variable '${name}' is declared twice`, 'Rename one of them.', source)
  }
  declared.set(name, declaration.domain)
  variables.push({ name, domain: declaration.domain, initial: declaration.initial, role, source })
  return make({ kind: 'variable', name }, declaration.domain)
}
