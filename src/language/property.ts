/**
 * Properties: what is claimed of a model.
 */

import type { Property as PropertyIr } from '../model/ir.ts'
import { hasNext, partsOf } from '../model/operands.ts'
import { here } from './blame.ts'
import { coerce } from './expression.ts'
import { conditionsOf, type Fairness, type FairnessList } from './fairness.ts'
import type { Formula, Predicate } from './formula.ts'
import type { Operand } from './kinds.ts'
import { mistake } from './mistakes.ts'

type Unnamed<Kind extends PropertyIr['kind']> = Omit<Extract<PropertyIr, { kind: Kind }>, 'name'>

/** A claim that is no temporal formula. */
export interface Special {
  readonly special: Unnamed<'step'> | Unnamed<'reachable'> | Unnamed<'measure'>
}

/** A temporal formula judged under additional fairness. */
export interface Assuming {
  readonly assuming: readonly Fairness[]
  readonly formula: Formula
}

export type Property = Formula | Special | Assuming

/** Holds of every state and its successor; `next(e)` is the value after the step. */
export function stepwise(relation: Predicate): Special {
  const source = here()
  const e = coerce(relation)
  if (e.kind !== 'literal' && !hasNext(partsOf(e))) {
    const hint = 'Say it by next(…); what is claimed of every state is always(…).'
    mistake('MC204', 'a step property says nothing of the state after the step', hint, source)
  }
  return { special: { kind: 'step', relation: e, source } }
}

/** A state where this holds is wanted; its witness shows that the model is not vacuous. */
export function reachable(predicate: Predicate): Special {
  return { special: { kind: 'reachable', predicate: coerce(predicate), source: here() } }
}

/**
 * Least and greatest value, and how often each occurs, over the reachable states, or over those where `where` holds; there must be one.
 */
export function measure(value: Operand<number>, { where }: { readonly where?: Predicate } = {}): Special {
  const limited = where === undefined ? {} : { where: coerce(where) }
  return { special: { kind: 'measure', e: coerce(value), ...limited, source: here() } }
}

/** Judges a formula under these fairness conditions besides those of the model. */
export function assuming(fairness: FairnessList, formula: Formula): Assuming {
  return { assuming: conditionsOf(fairness), formula }
}
