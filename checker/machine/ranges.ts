/**
 * What integers lie between, to know which need 64 bits, and expressions that are built with that.
 */

import type { BinaryOperator, Comparison, Expression, Range } from './syntax.ts'

const least = -(2 ** 31)
const most = 2 ** 31 - 1

export const truth: Range = { min: 0, max: 1 }
/** Of what has no value. */
const none: Range = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY }

/** Whether it takes 64 bits. */
export function isWide(range: Range): boolean {
  return range !== null && (range.min < least || range.max > most)
}

export function number(value: number): Expression {
  return { kind: 'number', value, range: { min: value, max: value } }
}

export const fail: Expression = { kind: 'fail', range: none }

/** Either. */
function union(left: Range, right: Range): Range {
  if (left === none || right === none) return left === none ? right : left
  if (left === null || right === null)
    return isWide(left) || isWide(right) ? spanOf(boundsOf(left), boundsOf(right)) : null
  return spanOf(left, right)
}

type Bounds = { readonly min: number; readonly max: number }

/** Of what nothing is known, those of a word. */
export const boundsOf = (range: Range): Bounds => range ?? { min: least, max: most }

const spanOf = (a: Bounds, b: Bounds): Range => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) })

function around(values: readonly number[]): Range {
  return { min: Math.min(...values), max: Math.max(...values) }
}

/** Of `+`, `-`, `*`: exact, unless one is any number of 32 bits and the other of 32 bits too. */
function arithmetic(operator: '+' | '-' | '*', left: Range, right: Range): Range {
  if ((left === null || right === null) && !isWide(left) && !isWide(right)) return null
  const a = boundsOf(left)
  const b = boundsOf(right)
  if (operator === '+') return { min: a.min + b.min, max: a.max + b.max }
  if (operator === '-') return { min: a.min - b.max, max: a.max - b.min }
  return around([a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max])
}

const isNatural = (range: Range): range is Bounds => range !== null && range.min >= 0 && !isWide(range)

function shifted(left: Range, by: number): Range {
  return { min: 0, max: Math.floor((isNatural(left) ? left.max : 2 ** 32 - 1) / 2 ** by) }
}

/** A number from 0 on masks whatever it meets. */
function masked(left: Range, right: Range): Range {
  if (!isNatural(left)) return isNatural(right) ? { min: 0, max: right.max } : null
  return { min: 0, max: isNatural(right) ? Math.min(left.max, right.max) : left.max }
}

function binaryRange(operator: BinaryOperator, left: Expression, right: Expression): Range {
  switch (operator) {
    case '+':
    case '-':
    case '*':
      return arithmetic(operator, left.range, right.range)
    case '>>>':
      return shifted(left.range, right.kind === 'number' ? right.value & 31 : 0)
    case '&':
      return masked(left.range, right.range)
    default:
      return null
  }
}

function folded(operator: BinaryOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    case '<<':
      return a << b
    case '>>':
      return a >> b
    case '>>>':
      return a >>> b
  }
}

export function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  if (left.kind === 'number' && right.kind === 'number') return number(folded(operator, left.value, right.value))
  if (operator === '+' && left.kind === 'number' && left.value === 0) return right
  return { kind: 'binary', operator, left, right, range: binaryRange(operator, left, right) }
}

export function compare(operator: Comparison, left: Expression, right: Expression): Expression {
  return { kind: 'compare', operator, left, right, range: truth }
}

export function not(e: Expression): Expression {
  if (e.kind === 'not') return e.e
  return { kind: 'not', e, range: truth }
}

export function conditional(test: Expression, then: Expression, otherwise: Expression): Expression {
  if (test.kind === 'number') return test.value !== 0 ? then : otherwise
  const isNumber = then.kind === 'number' && otherwise.kind === 'number'
  if (isNumber && then.value === 1 && otherwise.value === 0) return test
  if (isNumber && then.value === 0 && otherwise.value === 1) return not(test)
  return { kind: 'conditional', test, then, otherwise, range: union(then.range, otherwise.range) }
}

export function divide(isModulo: boolean, left: Expression, right: Expression): Expression {
  const a = boundsOf(left.range)
  const b = boundsOf(right.range)
  const size = Math.max(Math.abs(a.min), Math.abs(a.max))
  const range = isModulo
    ? { min: Math.min(0, b.min + 1), max: Math.max(0, b.max - 1) }
    : { min: a.min >= 0 && b.min > 0 ? 0 : -size, max: size }
  return { kind: 'divide', isModulo, left, right, range }
}

export function extreme(isLeast: boolean, left: Expression, right: Expression): Expression {
  const a = boundsOf(left.range)
  const b = boundsOf(right.range)
  const pick = isLeast ? Math.min : Math.max
  return { kind: 'extreme', isLeast, left, right, range: { min: pick(a.min, b.min), max: pick(a.max, b.max) } }
}
