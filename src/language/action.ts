/**
 * Guarded actions: the form for hardware and for protocols that are not sequential code.
 */

import type { Conjunct, Strength, Value } from '../model/ir.ts'
import { here } from './blame.ts'
import { coerce, isExpr, returned } from './expression.ts'
import { strengthOf } from './fairness.ts'
import type { Predicate } from './formula.ts'
import { demandKeys, demandName, fatalMistake, mistake } from './mistakes.ts'
import { type Fixed, type Item, itemsOf } from './quantifier.ts'
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

export interface ActionHandle extends Selected {
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
  const last = lastOfNamed('MC201', `the action '${name}' has no parameter`)
  const drafts = bindings(parameters).map((binding): Draft => {
    const found = body(Object.assign(Object.create(last), binding))
    if (!isBody(found))
      return fatalMistake('MC107', `the body of the action '${name}' returns ${returned(found)}`, form, source)
    demandKeys(`the action '${name}'`, found, bodyKeys, source)
    if (!('then' in found)) mistake('MC107', `the action '${name}' has no 'then'`, form, source)
    const { lane, when = [], then } = found
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
        guard: conjunctsOf(when),
        effect: statementsOf(then),
      },
    }
  })
  return { selectionName: name, drafts, strength: strengthOf(options.fair) }
}

/** Not a promise, not its updates alone, and not its guard. */
function isBody(found: unknown): found is ActionBody {
  if (typeof found !== 'object' || found === null || found instanceof Promise) return false
  return !Array.isArray(found) && !isExpr(found) && !('statement' in found)
}

/** All combinations, the last parameter varying fastest. */
function bindings(parameters: Parameters): readonly { readonly [name: string]: Value }[] {
  return Object.entries(parameters).reduce<readonly { readonly [name: string]: Value }[]>(
    (partial, [name, items]) =>
      partial.flatMap((binding) => itemsOf(items).map((item) => ({ ...binding, [name]: item as Value }))),
    [{}],
  )
}

function conjunctsOf(when: NonNullable<ActionBody['when']>): readonly Conjunct[] {
  const conjunct = (e: Predicate, name: string | null): Conjunct => ({ name, e: coerce(e), assumption: null })
  if (isList(when)) return when.map((e) => conjunct(e, null))
  if (typeof when === 'boolean' || isExpr(when)) return [conjunct(when as Predicate, null)]
  return Object.entries(when).map(([name, e]) => conjunct(e as Predicate, name))
}

function isList(when: NonNullable<ActionBody['when']>): when is readonly Predicate[] {
  return Array.isArray(when)
}
