/**
 * Statements: what a step does. They run in order, atomically, a later one seeing what an earlier one wrote.
 */

import type { Statement as StatementIr, Value } from '../model/ir.ts'
import { here } from './blame.ts'
import { coerce, isExpr, nameOf, uncalled } from './expression.ts'
import { all, type Predicate, plainly } from './formula.ts'
import type { Operand, Var } from './kinds.ts'
import { demandKeys, demandName, fatalMistake, mistake } from './mistakes.ts'
import { candidatesOf, type Item, type Items } from './quantifier.ts'

export interface Statement {
  readonly statement: StatementIr
}

/** Statements, nested as helper functions return them; what is false or undefined is left out. */
export type Statements = Statement | readonly Statements[] | false | undefined

/** MC109 for what is no statement, in a spec that was not type-checked. */
export function statementsOf(nested: Statements): readonly StatementIr[] {
  if (nested === false || nested === undefined) return []
  if (Array.isArray(nested)) return nested.flatMap(statementsOf)
  if (isStatement(nested)) return [nested.statement]
  const hint = uncalled(nested) ?? 'A step does set(…), when(…), choose(…) or check(…).'
  mistake('MC109', `${nameOf(nested)} is no statement`, hint)
  return []
}

function isStatement(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && 'statement' in value
}

/** Assigns a variable or a part of one. All parts of a record or an array are read before any is written. */
export function set<T>(place: Var<T>, value: Operand<NoInfer<T>>): Statement {
  const source = here()
  const ir = isExpr(place) ? place.ir : null
  if (ir === null || (ir.kind !== 'variable' && ir.kind !== 'field' && ir.kind !== 'index')) {
    const given = place === undefined ? ', and this is undefined' : ''
    mistake('MC205', `only variables and their parts can be assigned${given}`, 'Give a variable first.', source)
    return { statement: { kind: 'when', condition: coerce(true), then: [], otherwise: [], source } }
  }
  return { statement: { kind: 'assign', place: ir, e: coerce(value, place.domain), source } }
}

export function when(condition: Predicate, then: Statements, otherwise: Statements = []): Statement {
  return {
    statement: {
      kind: 'when',
      condition: coerce(condition),
      then: statementsOf(then),
      otherwise: statementsOf(otherwise),
      source: here(),
    },
  }
}

interface Alternative {
  readonly given: Predicate
  readonly then: Statements
}

type Chosen = Statements | Alternative

/** One outcome for each item whose `given` holds, those that plainly do not left out; without any, the step is not enabled. */
export function choose<const I extends Items>(name: string, items: I, effect: (item: Item<I>) => Chosen): Statement {
  demandName('a choice', name)
  if (typeof effect !== 'function')
    fatalMistake('MC107', `the choice '${name}' does nothing`, "Write choose('name', items, (item) => set(…)).")
  const alternatives = candidatesOf(items).flatMap(({ item, belongs }) => {
    const { given, then } = alternativeOf(name, effect(item as Item<I>))
    if (plainly(given) === false) return []
    const condition = all(belongs ?? true, given)
    return [{ value: item as Value, given: plainly(condition) ? null : coerce(condition), then: statementsOf(then) }]
  })
  return { statement: { kind: 'choose', name, alternatives, source: here() } }
}

function alternativeOf(name: string, chosen: Chosen): Alternative {
  if (!isAlternative(chosen)) return { given: true, then: chosen }
  demandKeys(`an alternative of the choice '${name}'`, chosen, { given: true, then: true })
  const { given = true, then } = chosen
  return { given, then }
}

/** Without `given` something else was written, as `when`. */
function isAlternative(chosen: Chosen): chosen is Alternative {
  return typeof chosen === 'object' && ('given' in chosen || 'then' in chosen)
}

/** Claims a condition at this point of the effect. A failure is a violated property; the effect goes on. */
export function check(condition: Predicate, message: string): Statement {
  if (typeof message === 'string') demandName('a check', message)
  else mistake('MC109', `${nameOf(message)} is no message`, "Write check(condition, 'what is claimed').")
  return { statement: { kind: 'check', condition: coerce(condition), message, source: here() } }
}
