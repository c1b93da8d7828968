/**
 * Guarded actions: the form for hardware and for protocols that are not sequential code.
 */

import type { Conjunct, Source, Strength, Value } from '../model/ir.ts'
import { here } from './blame.ts'
import { coerce, isExpr, nameOf, returned } from './expression.ts'
import { strengthOf } from './fairness.ts'
import type { Predicate } from './formula.ts'
import { demandKeys, demandLane, demandName, fatalMistake, mistake } from './mistakes.ts'
import { demandFew, type Fixed, type Item, itemsOf } from './quantifier.ts'
import type { Draft, Selected } from './selection.ts'
import { type Statements, statementsOf } from './statement.ts'
import { lastOfNamed } from './unknown-member.ts'

type Parameters = { readonly [name: string]: Fixed }
type Binding<P extends Parameters> = { readonly [K in keyof P]: Item<P[K]> }

export interface ActionBody {
  /** The thread or CPU that the instance acts for. */
  readonly lane?: string
  /** The guard; an object names its conjuncts. */
  readonly when?: Predicate | readonly Predicate[] | { readonly [name: string]: Predicate }
  readonly then: Statements
}

const bodyKeys = { lane: true, when: true, then: true } as const
const optionKeys = { fair: true } as const

export interface ActionHandle extends Selected {
  readonly source: Source
  readonly strength: Strength | null
}

/** An instance for each combination of parameter values. With `fair`, each instance by itself is a group. */
export function action<const P extends Parameters>(
  name: string,
  parameters: P,
  body: (binding: Binding<P>) => ActionBody,
  options: { readonly fair?: Strength } = {},
): ActionHandle {
  const source = here()
  demandName('an action', name, source)
  const form = "Write action('name', { parameter: items }, ({ parameter }) => ({ when: …, then: … }))."
  if (typeof body !== 'function') fatalMistake('MC107', `the action '${name}' has no body`, form, source)
  if (typeof options !== 'object')
    mistake('MC107', `${nameOf(options)} is no record of options`, "Write { fair: 'weak' } after the body.", source)
  else demandKeys(`the last argument of the action '${name}'`, options, optionKeys, source)
  const last = lastOfNamed('MC201', `the action '${name}' has no parameter`)
  demandFew(instanceCount(parameters), `instances of '${name}'`)
  const drafts = bindings(parameters).map((binding): Draft => {
    const found = body(Object.assign(Object.create(last), binding))
    if (!isBody(found))
      return fatalMistake('MC107', `the body of the action '${name}' returns ${returned(found)}`, form, source)
    demandKeys(`the action '${name}'`, found, bodyKeys, source)
    if (!('then' in found)) mistake('MC107', `the action '${name}' has no 'then'`, form, source)
    const { lane, then } = found
    demandLane(`the action '${name}'`, lane, source)
    return {
      actionName: name,
      instance: {
        binding,
        lane: lane ?? null,
        kind: 'action',
        thread: null,
        path: [],
        label: name,
        source,
        guard: guardOf(name, found, source),
        effect: statementsOf(then),
      },
    }
  })
  return { selectionName: name, drafts, source, strength: strengthOf(options.fair) }
}

/** Not a promise, not its updates alone, and not its guard. */
function isBody(found: unknown): found is ActionBody {
  if (typeof found !== 'object' || found === null || found instanceof Promise) return false
  return !Array.isArray(found) && !isExpr(found) && !('statement' in found)
}

const instanceCount = (parameters: Parameters): number =>
  Object.values(parameters).reduce<number>((count, items) => count * itemsOf(items).length, 1)

/** All combinations, the last parameter varying fastest. */
function bindings(parameters: Parameters): readonly { readonly [name: string]: Value }[] {
  return Object.entries(parameters).reduce<readonly { readonly [name: string]: Value }[]>(
    (partial, [name, items]) =>
      partial.flatMap((binding) => itemsOf(items).map((item) => ({ ...binding, [name]: item as Value }))),
    [{}],
  )
}

/** MC109 for a guard that is given and undefined: in a spec that was not type-checked it may be a misspelt member. */
function guardOf(name: string, body: ActionBody, source: Source): readonly Conjunct[] {
  if ('when' in body && body.when === undefined) {
    mistake('MC109', `the guard of '${name}' is undefined`, 'Check its spelling, or leave out `when`.', source)
    return []
  }
  const { when = [] } = body
  const conjunct = (e: Predicate, label: string | null): Conjunct => ({ name: label, e: coerce(e), assumption: null })
  if (isList(when)) return when.map((e) => conjunct(e, null))
  return isNamed(when) ? Object.entries(when).map(([label, e]) => conjunct(e, label)) : [conjunct(when, null)]
}

function isList(when: NonNullable<ActionBody['when']>): when is readonly Predicate[] {
  return Array.isArray(when)
}

/** Conjuncts by name: any object that is not something else. */
function isNamed(when: unknown): when is { readonly [name: string]: Predicate } {
  return (
    typeof when === 'object' &&
    when !== null &&
    Object.getPrototypeOf(when) === Object.prototype &&
    !('statement' in when)
  )
}
