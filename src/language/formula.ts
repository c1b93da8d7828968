/**
 * Connectives and temporal formulas. The connectives combine state predicates into a
 * state predicate, and temporal formulas into a temporal formula.
 */

import type { Domain, Expr as ExprIr, Ltl, Source } from '../model/ir.ts'
import { here } from './blame.ts'
import { type AnyExpr, coerce, isExpr, isList, node, typed } from './expression.ts'
import type { Expr, ListChoice, ListOf, Operand } from './kinds.ts'
import { mistake } from './mistakes.ts'
import { checkedSelection, isMistaken, type Selection } from './selection.ts'

type Temporal = (select: (selection: Selection) => readonly number[]) => Ltl

/** A statement about behaviours. `taken` refers to instances, which are numbered when the model is complete. */
export interface Formula {
  readonly temporal: Temporal
  readonly source: Source
  /** Set when the formula is `always` of a state predicate: as a property it is an invariant. */
  readonly invariant?: ExprIr
}

export type Predicate = Operand<boolean>
export type Claim = Predicate | Formula
type Nested<T> = T | readonly Nested<T>[]

export function isFormula(value: unknown): value is Formula {
  return typeof value === 'object' && value !== null && 'temporal' in value
}

function flatten<T>(items: readonly Nested<T>[]): readonly T[] {
  return items.flatMap((item) => (Array.isArray(item) ? flatten<T>(item) : [item as T]))
}

function formulaOf(claim: Claim): Formula {
  if (isFormula(claim)) return claim
  const e = coerce(claim)
  return { temporal: () => ({ kind: 'predicate', e }), source: here() }
}

function connect(kind: 'and' | 'or', claims: readonly Claim[]): Expr<boolean> | Formula {
  if (claims.some(isFormula)) {
    const parts = claims.map(formulaOf)
    return { temporal: (select) => ({ kind, fs: parts.map((part) => part.temporal(select)) }), source: here() }
  }
  const whole = node({ kind, es: claims.map((claim) => coerce(claim)) })
  return typed<boolean>(claims.some((claim) => plainly(claim) !== null) ? withoutPlain(kind, claims) : whole)
}

/** What a predicate is in every state, if that is known while the model is built; null if it depends on the state. */
export function plainly(claim: Claim): boolean | null {
  if (typeof claim === 'boolean') return claim
  if (!isExpr(claim) || claim.ir.kind !== 'literal') return null
  return typeof claim.ir.value === 'boolean' ? claim.ir.value : null
}

const plain = (value: boolean): AnyExpr => node(coerce(value))

/** The same without operands that make no difference, and without those that come after one that decides. */
function withoutPlain(kind: 'and' | 'or', claims: readonly Claim[]): AnyExpr {
  const unit = kind === 'and'
  const open = claims.filter((claim) => plainly(claim) !== unit)
  const decides = open.findIndex((claim) => plainly(claim) === !unit)
  const kept = decides < 0 ? open : open.slice(0, decides + 1)
  const [first = unit] = kept
  if (kept.length > 1) return node({ kind, es: kept.map((claim) => coerce(claim)) })
  return isExpr(first) ? first : plain(first === true)
}

/** Conjunction, short-circuit. `all()` is true. */
export function all(...predicates: readonly Nested<Predicate>[]): Expr<boolean>
export function all(...claims: readonly Nested<Claim>[]): Formula
export function all(...claims: readonly Nested<Claim>[]): Expr<boolean> | Formula {
  return connect('and', flatten(claims))
}

/** Disjunction, short-circuit. `any()` is false. */
export function any(...predicates: readonly Nested<Predicate>[]): Expr<boolean>
export function any(...claims: readonly Nested<Claim>[]): Formula
export function any(...claims: readonly Nested<Claim>[]): Expr<boolean> | Formula {
  return connect('or', flatten(claims))
}

export function not(predicate: Predicate): Expr<boolean>
export function not(claim: Claim): Formula
export function not(claim: Claim): Expr<boolean> | Formula {
  if (!isFormula(claim)) {
    const known = plainly(claim)
    return typed<boolean>(known === null ? node({ kind: 'not', e: coerce(claim) }) : plain(!known))
  }
  return { temporal: (select) => ({ kind: 'not', f: claim.temporal(select) }), source: here() }
}

export function implies(premise: Predicate, conclusion: Predicate): Expr<boolean>
export function implies(premise: Claim, conclusion: Claim): Formula
export function implies(premise: Claim, conclusion: Claim): Expr<boolean> | Formula {
  if (isFormula(premise) || isFormula(conclusion)) return binary('implies', premise, conclusion)
  const whole = node({ kind: 'implies', left: coerce(premise), right: coerce(conclusion) })
  const known = plainly(premise)
  if (known === null) return typed<boolean>(whole)
  return typed<boolean>(known && isExpr(conclusion) ? conclusion : plain(!known || conclusion === true))
}

/** Of two labels, or of a label and a choice between labels: all of them. Null where a variable says what is possible. */
function labelsOf(...operands: readonly unknown[]): Domain | null {
  const labels: string[] = []
  for (const operand of operands) {
    if (typeof operand === 'string') labels.push(operand)
    else if (isExpr(operand) && operand.ir.kind === 'conditional' && operand.domain.kind === 'enumeration')
      labels.push(...operand.domain.values)
    else return null
  }
  return { kind: 'enumeration', values: [...new Set(labels)] }
}

/** `then` where the condition holds, else `otherwise`. */
export function ifElse(condition: Predicate, then: Operand<number>, otherwise: Operand<number>): Expr<number>
export function ifElse(condition: Predicate, then: Predicate, otherwise: Predicate): Expr<boolean>
export function ifElse<const L extends string, const M extends string>(
  condition: Predicate,
  then: Expr<L> | L,
  otherwise: Expr<M> | M,
): Expr<L | M>
export function ifElse<T>(condition: Predicate, then: Expr<T>, otherwise: Operand<NoInfer<T>>): Expr<T>
export function ifElse<T>(condition: Predicate, then: Operand<NoInfer<T>>, otherwise: Expr<T>): Expr<T>
export function ifElse<const E>(condition: Predicate, then: ListOf<E>, otherwise: ListOf<E>): ListChoice<E>
export function ifElse(condition: Predicate, then: unknown, otherwise: unknown): AnyExpr | ListChoice<unknown> {
  if (isList(then) && isList(otherwise)) return { condition: typed<boolean>(node(coerce(condition))), then, otherwise }
  const domain = labelsOf(then, otherwise) ?? (isExpr(then) ? then : isExpr(otherwise) ? otherwise : undefined)?.domain
  return node({
    kind: 'conditional',
    condition: coerce(condition),
    then: coerce(then, domain),
    otherwise: coerce(otherwise, domain),
  })
}

/** Value of an expression in the successor; only inside `stepwise`. */
export function next<T>(e: Expr<T>): Expr<T> {
  return typed<T>(node({ kind: 'next', e: e.ir }, e.domain))
}

function unary(kind: 'always' | 'eventually' | 'next', claim: Claim): Formula {
  const f = formulaOf(claim)
  return { temporal: (select) => ({ kind, f: f.temporal(select) }), source: here() }
}

function binary(kind: 'implies' | 'until' | 'weakUntil' | 'release' | 'leadsTo', left: Claim, right: Claim): Formula {
  const l = formulaOf(left)
  const r = formulaOf(right)
  return { temporal: (select) => ({ kind, left: l.temporal(select), right: r.temporal(select) }), source: here() }
}

/** In every state from now on. Of a state predicate, as a property: an invariant. */
export function always(claim: Claim): Formula {
  return isFormula(claim) ? unary('always', claim) : { ...unary('always', claim), invariant: coerce(claim) }
}

/** In no state from now on. */
export function never(claim: Claim): Formula {
  return isFormula(claim) ? always(not(claim)) : always(not(claim as Predicate))
}

export const eventually = (claim: Claim): Formula => unary('eventually', claim)
/** In the next state of the behaviour (the same state again, if the run has stopped). */
export const nextly = (claim: Claim): Formula => unary('next', claim)
/** `left` holds until `right` does, and `right` does. */
export const holdsUntil = (left: Claim, right: Claim): Formula => binary('until', left, right)
/** `left` holds until `right` does, or for ever. */
export const weakUntil = (left: Claim, right: Claim): Formula => binary('weakUntil', left, right)
/** `right` holds up to and including the moment `left` does, or for ever. */
export const release = (left: Claim, right: Claim): Formula => binary('release', left, right)
/** Whenever `left` holds, `right` holds then or later. */
export const leadsTo = (left: Claim, right: Claim): Formula => binary('leadsTo', left, right)

/** A step of the selected actions or threads is taken that changes the state. */
export function taken(selection: Selection): Formula {
  const source = here()
  const checked = checkedSelection(selection)
  return {
    source,
    temporal: (select) => {
      const instances = select(checked)
      if (instances.length === 0 && !isMistaken(checked)) {
        mistake('MC105', '`taken` selects no instance', 'Check the action and its binding.', source)
      }
      return { kind: 'taken', name: selectionName(checked), instances }
    },
  }
}

function selectionName(selection: Selection): string {
  return 'selectionName' in selection ? selection.selectionName : selection.map(selectionName).join(', ')
}
