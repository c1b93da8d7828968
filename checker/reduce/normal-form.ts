/**
 * A normal form of expressions and effects, in which members of interchangeable sets are swapped. Two parts of a model
 * with the same form mean the same: operands that commute, statements that do not touch each other's cells or only add to the same sets, members of sets and
 * alternatives of a choice are put in one order. Nothing is reordered that might raise an error.
 *
 * Equal forms are numbered alike, so that a form is one short text however much it says: what actions say may be long, and is compared
 * at every level.
 */

import { keysOf } from '../../src/model/domain.ts'
import { type Scope, scopeOf } from '../../src/model/domain-of.ts'
import type { Conjunct, Domain, Expr, Model, Statement, Value } from '../../src/model/ir.ts'
import { operandsOf } from '../../src/model/operands.ts'
import { cannotRaise, cannotRaiseOnAssignment } from '../../src/model/raising.ts'
import { isListValue, isRecordValue } from '../../src/model/values.ts'
import { type Cells, cellsOf } from './cells.ts'
import type { CellSet } from './footprint.ts'
import { type Uses, usesOf } from './growth.ts'

export interface NormalForm {
  ofName(name: string): string
  ofValue(value: Value, domain: Domain): string
  ofExpr(e: Expr): string
  /** Of the conditions of a guard, those of assumptions by themselves. */
  ofGuard(guard: readonly Conjunct[]): readonly string[]
  ofEffect(statements: readonly Statement[]): readonly string[]
}

/** Forms of one model, to be compared with each other. `swap`: a name, as it is with some members in each other's places. */
export function normalFormsOf(model: Model): (swap: (name: string) => string) => NormalForm {
  const numbers = new Map<string, number>()
  const listed = (forms: readonly Form[]): Form => {
    const key = forms.join(',')
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return `#${number}`
  }
  const common = { scope: scopeOf(model), cells: cellsOf(model), safe: new Map<Expr, boolean>(), listed }
  return (swap) => {
    const ground: Ground = { ...common, swap, known: new Map() }
    return {
      ofName: swap,
      ofValue: (value, domain) => valueForm(value, domain, ground),
      ofExpr: (e) => exprForm(e, ground),
      ofGuard: (guard) =>
        [true, false].flatMap((isOwn) => {
          const es = guard.flatMap(({ e, assumption }) => ((assumption === null) === isOwn ? [e] : []))
          return commuting(es, ground).map((form) => `${isOwn} ${form}`)
        }),
      ofEffect: (statements) => effectForm(statements, ground),
    }
  }
}

interface Ground {
  readonly scope: Scope
  readonly cells: Cells
  readonly swap: (name: string) => string
  /** Expressions that cannot raise an error, as far as was asked. */
  readonly safe: Map<Expr, boolean>
  /** Forms with this swap. */
  readonly known: Map<Expr, Form>
  /** One form of several. */
  readonly listed: (forms: readonly Form[]) => Form
}

/** A word as JSON has it, or the number of a list of forms: equal if and only if the forms are. */
type Form = string

const word = (value: boolean | number | string): Form => JSON.stringify(value)

function inOrder(forms: readonly Form[]): readonly Form[] {
  return [...forms].sort()
}

function valueForm(value: Value, d: Domain, ground: Ground): Form {
  const { swap, listed } = ground
  if (isListValue(value)) {
    const element = d.kind === 'set' || d.kind === 'sequence' || d.kind === 'array' ? d.element : d
    const items = value.map((item) => valueForm(item, element, ground))
    return listed(d.kind === 'set' ? inOrder(items) : items)
  }
  if (!isRecordValue(value)) return word(typeof value === 'string' ? swap(value) : value)
  if (d.kind === 'array') {
    const items = Object.entries(value).map(([key, item]) => [word(swap(key)), valueForm(item, d.element, ground)])
    return listed(inOrder(items.map(listed)))
  }
  const domains = new Map(d.kind === 'record' ? d.fields.map((field) => [field.name, field.domain]) : [])
  const fields = Object.entries(value).map(([name, item]) => [
    word(name),
    valueForm(item, domains.get(name) ?? d, ground),
  ])
  return listed(fields.map(listed))
}

/** Operands of which each is evaluated only as far as the others leave it open. */
function commuting(es: readonly Expr[], ground: Ground): readonly Form[] {
  const forms = es.map((e) => exprForm(e, ground))
  return es.every((e) => cannotRaise(e, ground.scope, ground.safe)) ? inOrder(forms) : forms
}

function exprForm(e: Expr, ground: Ground): Form {
  const form = ground.known.get(e) ?? formOf(e, ground)
  ground.known.set(e, form)
  return form
}

function formOf(e: Expr, ground: Ground): Form {
  const operands = (): readonly Form[] => operandsOf(e).map((operand) => exprForm(operand, ground))
  const as = (kind: string, forms: readonly Form[]): Form => ground.listed([word(kind), ...forms])
  switch (e.kind) {
    case 'literal':
      return as('literal', [valueForm(e.value, e.domain, ground)])
    case 'variable':
      return as('variable', [word(ground.swap(e.name))])
    case 'field':
      return as('field', [word(e.name), ...operands()])
    case 'and':
    case 'or':
      return as(e.kind, commuting(e.es, ground))
    case 'count':
    case 'equal':
      return as(e.kind, inOrder(operands()))
    case 'compare':
      return as(e.operator, operands())
    case 'arithmetic':
    case 'combine': {
      if (isOrdered.has(e.operator)) return as(e.operator, operands())
      const terms = [...termsOf(e, ground)].map(([form, times]) => ground.listed([form, word(String(times))]))
      return as(e.operator, inOrder(terms))
    }
    case 'construct':
      return as('construct', partForms(e, ground))
    case 'insert':
    case 'remove': {
      const elements = elementsOf(e).map((one) => exprForm(one, ground))
      return as(e.kind, [exprForm(baseOf(e), ground), ...inOrder(elements)])
    }
    default:
      return as(e.kind, operands())
  }
}

const isOrdered: ReadonlySet<string> = new Set(['minus', 'div', 'mod', 'difference'])

type Sum = Extract<Expr, { kind: 'arithmetic' | 'combine' }>

/** Of a sum its terms, however they stand in brackets, and how often each; of any operator that is associative. */
function termsOf(whole: Sum, ground: Ground): ReadonlyMap<Form, bigint> {
  const isInside = (e: Expr): e is Sum => e.kind === whole.kind && e.operator === whole.operator
  // A sum that is used several times is looked at once, after all that use it.
  const sums = new Set<Sum>()
  const visit = (sum: Sum): void => {
    for (const part of [sum.left, sum.right]) if (isInside(part) && !sums.has(part)) visit(part)
    sums.add(sum)
  }
  visit(whole)
  const timesOf = new Map<Sum, bigint>([[whole, 1n]])
  const terms = new Map<Form, bigint>()
  for (const sum of [...sums].reverse()) {
    const times = timesOf.get(sum) ?? 0n
    for (const part of [sum.left, sum.right]) {
      if (isInside(part)) timesOf.set(part, (timesOf.get(part) ?? 0n) + times)
      else {
        const form = exprForm(part, ground)
        terms.set(form, (terms.get(form) ?? 0n) + times)
      }
    }
  }
  return terms
}

/** Each part under its name. */
function partForms({ domain, items }: Extract<Expr, { kind: 'construct' }>, ground: Ground): readonly Form[] {
  const forms = items.map((item) => exprForm(item, ground))
  if (domain.kind !== 'array') return forms
  const keys = keysOf(domain.index).map((key) => word(typeof key === 'string' ? ground.swap(key) : key))
  return inOrder(forms.map((form, i) => ground.listed([keys[i] ?? '', form])))
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

interface Part extends Uses {
  readonly form: Form
  readonly isSafe: boolean
  readonly isAssigning: boolean
}

/** At each place the first in order of those that nothing before them must precede. */
function effectForm(statements: readonly Statement[], ground: Ground): readonly Form[] {
  const left = statements.map((statement): Part => {
    const form = statementForm(statement, ground)
    const isSafe = statementCannotRaise(statement, ground.scope)
    return { form, isSafe, isAssigning: isAssigning(statement), ...usesOf(statement, ground.cells) }
  })
  const forms: Form[] = []
  while (left.length > 0) {
    const free = left.filter((one, i) => left.slice(0, i).every((before) => commute(before, one)))
    const next = free.reduce((least, one) => (one.form < least.form ? one : least))
    left.splice(left.indexOf(next), 1)
    forms.push(next.form)
  }
  return forms
}

/** Of two that assign both are always run: then an error of either is the step's. */
function commute(one: Part, other: Part): boolean {
  const isEitherOrder = (one.isSafe && other.isSafe) || (one.isAssigning && other.isAssigning)
  return isEitherOrder && isApart(one, other) && isApart(other, one)
}

/** Assigns, and ends nothing by itself, as a choice without alternatives would. */
function isAssigning(statement: Statement): boolean {
  if (statement.kind === 'when') return [...statement.then, ...statement.otherwise].every(isAssigning)
  return statement.kind === 'assign'
}

/** Neither needs what the one changes; sets that both add to, or both take from, are the same in either order. */
function isApart({ writes, gains, losses }: Part, other: Part): boolean {
  const touches = (changed: CellSet, ...others: readonly CellSet[]): boolean =>
    [...changed].some((cell) => others.some((those) => those.has(cell)))
  return !(
    touches(writes, other.reads, other.writes, other.gains, other.losses) ||
    touches(gains, other.reads, other.losses) ||
    touches(losses, other.reads)
  )
}

function statementForm(statement: Statement, ground: Ground): Form {
  const { listed } = ground
  switch (statement.kind) {
    case 'assign':
      return listed([word('assign'), exprForm(statement.place, ground), exprForm(statement.e, ground)])
    case 'when': {
      const ways = [statement.then, statement.otherwise].map((way) => listed(effectForm(way, ground)))
      return listed([word('when'), exprForm(statement.condition, ground), ...ways])
    }
    case 'choose': {
      const alternatives = statement.alternatives.map(({ given, then }) =>
        listed([given === null ? word(true) : exprForm(given, ground), ...effectForm(then, ground)]),
      )
      return listed([word('choose'), ...inOrder(alternatives)])
    }
    case 'check':
      // Each message is a property by itself, and is judged by its own name.
      return listed([word('check'), exprForm(statement.condition, ground), word(statement.message)])
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
