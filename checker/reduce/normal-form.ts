/**
 * A normal form of expressions and effects, as text in which members of interchangeable sets are swapped. Two parts of a model
 * with the same text mean the same: operands that commute, statements that do not touch each other's cells, members of sets and
 * alternatives of a choice are put in the order of their texts. Nothing is reordered that might raise an error.
 */

import { keysOf, type Scope, scopeOf } from '../../src/model/domain-of.ts'
import type { Conjunct, Domain, Expr, Model, Statement, Value } from '../../src/model/ir.ts'
import { isListValue, isRecordValue } from '../../src/model/values.ts'
import { type Cells, cellsOf } from './cells.ts'
import { type Footprint, footprintOf, operandsOf } from './footprint.ts'
import { cannotRaise, cannotRaiseOnAssignment } from './raising.ts'

export interface NormalForm {
  ofName(name: string): string
  ofValue(value: Value, domain: Domain): string
  ofExpr(e: Expr): string
  /** Of the conditions of a guard, those of assumptions by themselves. */
  ofGuard(guard: readonly Conjunct[]): readonly string[]
  ofEffect(statements: readonly Statement[]): readonly string[]
}

/** `swap`: a name, as it is with some members in each other's places. */
export function normalFormOf(model: Model, swap: (name: string) => string): NormalForm {
  const ground: Ground = { scope: scopeOf(model), cells: cellsOf(model), swap }
  return {
    ofName: swap,
    ofValue: (value, domain) => text(valueForm(value, domain, ground)),
    ofExpr: (e) => text(exprForm(e, ground)),
    ofGuard: (guard) =>
      [true, false].flatMap((isOwn) => {
        const es = guard.flatMap(({ e, assumption }) => ((assumption === null) === isOwn ? [e] : []))
        return commuting(es, ground).map((form) => text([isOwn, form]))
      }),
    ofEffect: (statements) => effectForm(statements, ground).map(text),
  }
}

interface Ground {
  readonly scope: Scope
  readonly cells: Cells
  readonly swap: (name: string) => string
}

/** Nested lists of words. */
type Form = boolean | number | string | readonly Form[]

const text = (form: Form): string => JSON.stringify(form)

function inOrder(forms: readonly Form[]): readonly Form[] {
  const keys = new Map(forms.map((form) => [form, text(form)]))
  return [...forms].sort((left, right) => compareTexts(keys.get(left) ?? '', keys.get(right) ?? ''))
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function valueForm(value: Value, d: Domain, ground: Ground): Form {
  if (isListValue(value)) {
    if (d.kind === 'set') return inOrder(value.map((member) => ['in', valueForm(member, d.element, ground)]))
    const element = d.kind === 'sequence' || d.kind === 'array' ? d.element : d
    return value.map((item) => valueForm(item, element, ground))
  }
  if (!isRecordValue(value)) return typeof value === 'string' ? ground.swap(value) : value
  if (d.kind === 'array')
    return inOrder(Object.entries(value).map(([key, item]) => [ground.swap(key), valueForm(item, d.element, ground)]))
  const domains = new Map(d.kind === 'record' ? d.fields.map((field) => [field.name, field.domain]) : [])
  return Object.entries(value).map(([name, item]) => [name, valueForm(item, domains.get(name) ?? d, ground)])
}

/** Operands of which each is evaluated only as far as the others leave it open. */
function commuting(es: readonly Expr[], ground: Ground): readonly Form[] {
  const forms = es.map((e) => exprForm(e, ground))
  return es.every((e) => cannotRaise(e, ground.scope)) ? inOrder(forms) : forms
}

function exprForm(e: Expr, ground: Ground): Form {
  const operands = (): readonly Form[] => operandsOf(e).map((operand) => exprForm(operand, ground))
  switch (e.kind) {
    case 'literal':
      return ['literal', valueForm(e.value, e.domain, ground)]
    case 'variable':
      return ['variable', ground.swap(e.name)]
    case 'field':
      return ['field', e.name, ...operands()]
    case 'and':
    case 'or':
      return [e.kind, ...commuting(e.es, ground)]
    case 'count':
    case 'equal':
      return [e.kind, ...inOrder(operands())]
    case 'compare':
      return [e.operator, ...operands()]
    case 'arithmetic':
    case 'combine': {
      if (isOrdered.has(e.operator)) return [e.operator, ...operands()]
      return [e.operator, ...inOrder(termsOf(e, e.operator).map((term) => exprForm(term, ground)))]
    }
    case 'construct':
      return ['construct', ...partForms(e, ground)]
    case 'insert':
    case 'remove':
      return [e.kind, exprForm(baseOf(e), ground), ...inOrder(elementsOf(e).map((one) => exprForm(one, ground)))]
    default:
      return [e.kind, ...operands()]
  }
}

const isOrdered: ReadonlySet<string> = new Set(['minus', 'div', 'mod', 'difference'])

/** Of a sum its terms, however they stand in brackets; of any operator that is associative. */
function termsOf(e: Expr, operator: string): readonly Expr[] {
  if ((e.kind !== 'arithmetic' && e.kind !== 'combine') || e.operator !== operator) return [e]
  return [...termsOf(e.left, operator), ...termsOf(e.right, operator)]
}

/** Each part under its name. */
function partForms({ domain, items }: Extract<Expr, { kind: 'construct' }>, ground: Ground): readonly Form[] {
  const forms = items.map((item) => exprForm(item, ground))
  if (domain.kind !== 'array') return forms
  const keys = keysOf(domain.index).map((key) => (typeof key === 'string' ? ground.swap(key) : key))
  return inOrder(forms.map((form, i): Form => [keys[i] ?? '', form]))
}

/** What is inserted into, or removed from, one set. */
function elementsOf(e: Extract<Expr, { kind: 'insert' | 'remove' }>): readonly Expr[] {
  const inner = e.set.kind === 'insert' || e.set.kind === 'remove' ? e.set : null
  return inner?.kind === e.kind ? [...elementsOf(inner), e.element] : [e.element]
}

function baseOf(e: Extract<Expr, { kind: 'insert' | 'remove' }>): Expr {
  const inner = e.set.kind === 'insert' || e.set.kind === 'remove' ? e.set : null
  return inner?.kind === e.kind ? baseOf(inner) : e.set
}

interface Part extends Footprint {
  readonly form: Form
  readonly key: string
  readonly kind: Statement['kind']
  readonly isSafe: boolean
}

/** At each place the first in order of text of those that nothing before them must precede. */
function effectForm(statements: readonly Statement[], ground: Ground): readonly Form[] {
  const left = statements.map((statement): Part => {
    const form = statementForm(statement, ground)
    const isSafe = statementCannotRaise(statement, ground.scope)
    return { form, key: text(form), kind: statement.kind, isSafe, ...footprintOf([statement], ground.cells) }
  })
  const forms: Form[] = []
  while (left.length > 0) {
    const free = left.filter((one, i) => left.slice(0, i).every((before) => commute(before, one)))
    const next = free.reduce((least, one) => (one.key < least.key ? one : least))
    left.splice(left.indexOf(next), 1)
    forms.push(next.form)
  }
  return forms
}

/** Of two assignments both are always run: then an error of either is the step's. */
function commute(one: Part, other: Part): boolean {
  const isEitherOrder = (one.isSafe && other.isSafe) || (one.kind === 'assign' && other.kind === 'assign')
  return isEitherOrder && isApart(one, other) && isApart(other, one)
}

function isApart({ writes }: Part, other: Part): boolean {
  for (const cell of writes) if (other.reads.has(cell) || other.writes.has(cell)) return false
  return true
}

function statementForm(statement: Statement, ground: Ground): Form {
  switch (statement.kind) {
    case 'assign':
      return ['assign', exprForm(statement.place, ground), exprForm(statement.e, ground)]
    case 'when': {
      const ways = [statement.then, statement.otherwise].map((way) => effectForm(way, ground))
      return ['when', exprForm(statement.condition, ground), ...ways]
    }
    case 'choose':
      return [
        'choose',
        ...inOrder(
          statement.alternatives.map(({ given, then }) => [
            given === null ? true : exprForm(given, ground),
            effectForm(then, ground),
          ]),
        ),
      ]
    case 'check':
      // Each message is a property by itself, and is judged by its own name.
      return ['check', exprForm(statement.condition, ground), statement.message]
  }
}

function statementCannotRaise(statement: Statement, scope: Scope): boolean {
  const all = (statements: readonly Statement[]): boolean => statements.every((one) => statementCannotRaise(one, scope))
  switch (statement.kind) {
    case 'assign':
      return cannotRaiseOnAssignment(statement, scope)
    case 'check':
      return cannotRaise(statement.condition, scope)
    case 'when':
      return cannotRaise(statement.condition, scope) && all(statement.then) && all(statement.otherwise)
    case 'choose':
      return statement.alternatives.every(
        ({ given, then }) => (given === null || cannotRaise(given, scope)) && all(then),
      )
  }
}
