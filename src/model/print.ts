/**
 * Expressions and formulas as text a person reads.
 */

import type { CollectionExpr, Expr, Ltl, Statement } from './ir.ts'
import { partCount } from './operands.ts'
import { showValue } from './values.ts'

/** An operand of more parts helps nobody: an expression that uses others several times may have millions. */
const mostParts = 1000

const symbols = {
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  plus: '+',
  minus: '-',
  times: '*',
  div: 'div',
  mod: 'mod',
} as const

/** Without what is too long inside. */
export function printExpr(expression: Expr): string {
  const e = sole(expression)
  switch (e.kind) {
    case 'literal':
      return showValue(e.value)
    case 'variable':
      return e.name
    case 'field':
      return `${inner(e.of)}.${e.name}`
    case 'index':
      return e.index.kind === 'literal' && typeof e.index.value === 'string'
        ? `${inner(e.of)}.${e.index.value}`
        : `${inner(e.of)}[${inner(e.index)}]`
    case 'not':
      return printNegation(sole(e.e))
    case 'and':
    case 'or':
      return e.es.length === 0 ? String(e.kind === 'and') : e.es.map((one) => operand(one, 'claim')).join(` ${e.kind} `)
    case 'implies':
      return between('=>', e, 'claim')
    case 'equal':
      return between('=', e, 'quotient')
    case 'compare':
      return between(symbols[e.operator], e, 'quotient')
    case 'arithmetic':
      if (e.operator === 'min' || e.operator === 'max') return `${e.operator}(${inner(e.left)}, ${inner(e.right)})`
      if (e.operator === 'plus' || e.operator === 'minus') return between(symbols[e.operator], e, 'sum', 'product')
      return between(symbols[e.operator], e)
    case 'conditional':
      return `if ${operand(e.condition, 'claim')} then ${operand(e.then, 'claim')} else ${operand(e.otherwise, 'claim')}`
    case 'count':
      return `count(${e.es.map(inner).join(', ')})`
    case 'construct':
      return `(${e.items.map(inner).join(', ')})`
    case 'next':
      return `next(${inner(e.e)})`
    default:
      return printCollection(e)
  }
}

function printNegation(e: Expr): string {
  return e.kind === 'equal' ? between('!=', e, 'quotient') : `not ${operand(e)}`
}

/** What a conjunction or a disjunction of one part says. */
function sole(e: Expr): Expr {
  if (e.kind !== 'and' && e.kind !== 'or') return e
  const [only, ...others] = e.es
  return only === undefined || others.length > 0 ? e : sole(only)
}

function printCollection(e: CollectionExpr): string {
  switch (e.kind) {
    case 'contains':
      return `${operand(e.element, 'quotient')} in ${operand(e.set)}`
    case 'insert':
      return `${operand(e.set)} with ${operand(e.element)}`
    case 'remove':
      return `${operand(e.set)} without ${operand(e.element)}`
    case 'combine':
      return `${operand(e.left)} ${e.operator} ${operand(e.right)}`
    case 'subset':
      return `${operand(e.left)} subset of ${operand(e.right)}`
    case 'size':
    case 'last':
    case 'rest':
    case 'front':
      return `${e.kind}(${inner(e.of)})`
    case 'append':
      return `append(${inner(e.sequence)}, ${inner(e.element)})`
  }
}

function inner(e: Expr): string {
  return partCount(e) > mostParts ? '…' : printExpr(e)
}

/** How closely the parts of an expression belong together, from the loosest. A quotient stands in a sum in parentheses: people differ there. */
const bindings = ['loose', 'claim', 'quotient', 'sum', 'product', 'whole'] as const
type Binding = (typeof bindings)[number]

function bindingOf(expression: Expr): Binding {
  const e = sole(expression)
  switch (e.kind) {
    case 'and':
    case 'or':
      return e.es.length === 0 ? 'whole' : 'loose'
    case 'implies':
    case 'conditional':
    case 'insert':
    case 'remove':
    case 'combine':
      return 'loose'
    case 'not':
    case 'equal':
    case 'compare':
    case 'contains':
    case 'subset':
      return 'claim'
    case 'arithmetic':
      return arithmeticBindings[e.operator]
    default:
      return 'whole'
  }
}

const arithmeticBindings = {
  plus: 'sum',
  minus: 'sum',
  times: 'product',
  div: 'quotient',
  mod: 'quotient',
  min: 'whole',
  max: 'whole',
} as const

/** In parentheses if it binds its parts less closely than what it stands in asks for. */
function operand(e: Expr, asked: Binding = 'whole'): string {
  const isClose = bindings.indexOf(bindingOf(e)) >= bindings.indexOf(asked)
  return isClose || partCount(e) > mostParts ? inner(e) : `(${printExpr(e)})`
}

interface Pair {
  readonly left: Expr
  readonly right: Expr
}

function between(symbol: string, { left, right }: Pair, asked: Binding = 'whole', askedOnTheRight = asked): string {
  return `${operand(left, asked)} ${symbol} ${operand(right, askedOnTheRight)}`
}

/** A temporal formula as a spec writes it. */
export function printLtl(f: Ltl): string {
  switch (f.kind) {
    case 'predicate':
      return printExpr(f.e)
    case 'taken':
      return `taken(${f.name})`
    case 'not':
    case 'always':
    case 'eventually':
      return `${f.kind}(${printLtl(f.f)})`
    case 'next':
      return `nextly(${printLtl(f.f)})`
    case 'and':
    case 'or':
      return `${f.kind === 'and' ? 'all' : 'any'}(${f.fs.map(printLtl).join(', ')})`
    case 'until':
      return `holdsUntil(${printLtl(f.left)}, ${printLtl(f.right)})`
    default:
      return `${f.kind}(${printLtl(f.left)}, ${printLtl(f.right)})`
  }
}

export function printStatement(s: Statement, margin = ''): string {
  const inner = (list: readonly Statement[]): string => list.map((one) => printStatement(one, `${margin}  `)).join('\n')
  switch (s.kind) {
    case 'assign':
      return `${margin}${printExpr(s.place)} := ${printExpr(s.e)}`
    case 'check':
      return `${margin}check ${printExpr(s.condition)} '${s.message}'`
    case 'when':
      return `${margin}when ${printExpr(s.condition)}\n${inner(s.then)}${s.otherwise.length > 0 ? `\n${margin}otherwise\n${inner(s.otherwise)}` : ''}`
    case 'choose':
      return s.alternatives
        .map(
          ({ value, given, then }) =>
            `${margin}choose ${s.name} = ${showValue(value)}${given === null ? '' : ` given ${printExpr(given)}`}\n${inner(then)}`,
        )
        .join('\n')
  }
}
