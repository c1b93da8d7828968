/**
 * Expressions, by the precedence of their operators.
 */

import { inPlace } from './in-place.ts'
import { binary, compare, conditional, divide, extreme, fail, not, number, truth } from './ranges.ts'
import type { Scope } from './scope.ts'
import type { ArrayPlace, BinaryOperator, Comparison, Element, Expression, Range, Target } from './syntax.ts'
import { operatorOf, type Token, type Tokens, token } from './tokens.ts'

export interface Expressions {
  /** An expression, or an assignment. */
  parse(): Expression
}

/** By token; a higher number binds more closely, 0: no operator. */
const precedence: readonly number[] = precedences([
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['===', '!=='],
  ['<', '<=', '>', '>='],
  ['<<', '>>', '>>>'],
  ['+', '-'],
  ['*'],
])

function precedences(operators: readonly (readonly (keyof typeof token)[])[]): readonly number[] {
  const all = Object.keys(token).map(() => 0)
  for (const [i, alike] of operators.entries()) for (const operator of alike) all[token[operator]] = i + 1
  return all
}

const isComparison = (kind: Token): boolean => kind >= token['==='] && kind <= token['>=']
const isAssignment = (kind: Token): boolean => kind >= token['='] && kind <= token['>>>=']

export function createExpressions(tokens: Tokens, scope: Scope): Expressions {
  const numbers = new Map<number, Expression>()

  const parse = (): Expression => {
    const left = parseOperators(1)
    if (tokens.kind === token['?']) return parseConditional(left)
    return isAssignment(tokens.kind) ? parseAssignment(left) : left
  }

  const parseAssignment = (left: Expression): Expression => {
    const isUpdate = tokens.kind !== token['=']
    const operator = operatorOf(tokens.kind).slice(0, -1)
    tokens.skip()
    const value = parse()
    if (isUpdate && left.kind === 'element' && left.index.kind === 'assign')
      throw new Error('a program changes an element where it changes the index')
    return assign(targetOf(left), isUpdate ? binary(operator as BinaryOperator, left, value) : value, false)
  }

  /** A chain of them, however long, without recursion. */
  const parseConditional = (first: Expression): Expression => {
    const chain: { readonly test: Expression; readonly then: Expression }[] = []
    let last = first
    while (tokens.accept(token['?'])) {
      const then = parse()
      tokens.expect(token[':'])
      chain.push({ test: last, then })
      last = parseOperators(1)
    }
    return chain.reduceRight((otherwise, { test, then }) => conditional(test, then, otherwise), last)
  }

  const parseOperators = (least: number): Expression => {
    let left = parseOperand()
    for (;;) {
      const { kind } = tokens
      const own = precedence[kind] ?? 0
      if (own < least || own === 0) return left
      if (kind <= token['&&']) {
        left = parseConnective(left, kind, own)
        continue
      }
      const operator = operatorOf(kind)
      tokens.skip()
      const right = parseOperators(own + 1)
      left = isComparison(kind)
        ? compare(operator as Comparison, left, right)
        : binary(operator as BinaryOperator, left, right)
    }
  }

  const parseConnective = (first: Expression, kind: Token, own: number): Expression => {
    const tests = [first]
    while (tokens.accept(kind)) tests.push(parseOperators(own + 1))
    return { kind: 'connective', isAll: kind === token['&&'], tests, range: truth }
  }

  const parseOperand = (): Expression => {
    const { kind, name, value } = tokens
    if (kind > token.number) return parseSigned(kind)
    tokens.skip()
    return kind === token.name ? parseNamed(name) : numberOf(value)
  }

  const parseSigned = (kind: Token): Expression => {
    tokens.skip()
    switch (kind) {
      case token['(']:
        return parseParentheses()
      case token['!']:
        return not(parseOperand())
      case token['-']:
        return binary('-', number(0), parseOperand())
      case token['~']:
        return binary('^', parseOperand(), number(-1))
      case token['++']:
      case token['--']:
        return step(kind, parseOperand(), false)
      case token.true:
      case token.false:
        return { ...number(kind === token.true ? 1 : 0), range: truth }
      default:
        throw new Error(`a program has ${operatorOf(kind)} where an expression is due`)
    }
  }

  const numberOf = (value: number): Expression => {
    const known = numbers.get(value)
    if (known !== undefined) return known
    const made = number(value)
    numbers.set(value, made)
    return made
  }

  const parseNamed = (name: string): Expression => {
    if (tokens.accept(token['('])) return parseCall(name)
    const e = parseRead(name)
    const { kind } = tokens
    if (kind !== token['++'] && kind !== token['--']) return e
    tokens.skip()
    return step(kind, e, true)
  }

  const parseRead = (name: string): Expression => {
    const named = scope.find(name)
    if (named.array === null) return named.e
    if (!tokens.accept(token['['])) return { kind: 'array', array: named.array, range: null }
    const index = parse()
    tokens.expect(token[']'])
    return elementOf(named.array, index)
  }

  /** After the first: one expression, or several of which the last is the value. */
  const parseParentheses = (): Expression => {
    let e = parse()
    while (tokens.accept(token[','])) {
      const then = parse()
      e = { kind: 'sequence', first: e, then, range: then.range }
    }
    tokens.expect(token[')'])
    return e
  }

  const parseCall = (name: string): Expression => {
    const inputs: Expression[] = []
    while (!tokens.accept(token[')'])) {
      inputs.push(parse())
      tokens.accept(token[','])
    }
    return callOf(name, inputs, scope)
  }

  return { parse }
}

function step(kind: Token, e: Expression, isOld: boolean): Expression {
  return assign(targetOf(e), binary(kind === token['++'] ? '+' : '-', e, number(1)), isOld)
}

function callOf(name: string, inputs: readonly Expression[], scope: Scope): Expression {
  const [left = number(0), right = number(0), ...others] = inputs
  switch (name) {
    case 'Atomics.load':
    case 'Atomics.compareExchange':
      return atomic(left, right, others)
    case 'fail':
      return fail
    case 'modulo':
    case 'quotient':
      return divide(name === 'modulo', left, right)
    case 'Math.min':
    case 'Math.max':
      return extreme(name === 'Math.min', left, right)
    case 'Math.imul':
      return { kind: 'binary', operator: '*', left, right, range: null }
    case 'Math.clz32':
      return { kind: 'leadingZeros', e: left, range: { min: 0, max: 32 } }
    default: {
      if (name.endsWith(copying)) return copyOf(scope.find(name.slice(0, -copying.length)).array, left, right, others)
      const callee = scope.functionOf(name)
      return inPlace(callee, inputs) ?? { kind: 'call', callee, inputs, range: null }
    }
  }
}

const copying = '.copyWithin'

/** `copyWithin(to, from, from + count)`, where `from` is a variable. */
function copyOf(array: ArrayPlace | null, to: Expression, from: Expression, [end]: readonly Expression[]): Expression {
  const count = end === undefined ? null : distance(from, end)
  if (array?.width !== 4 || count === null) throw new Error('a program copies what is not a known number of words')
  return { kind: 'copy', to: elementOf(array, to), from: elementOf(array, from), count, range: null }
}

/** Null: it is not known. */
function distance(from: Expression, to: Expression): number | null {
  if (from.kind !== 'variable' || to.kind !== 'binary' || to.operator !== '+') return null
  const { left, right } = to
  return left.kind === 'variable' && left.variable === from.variable && right.kind === 'number' ? right.value : null
}

function atomic(array: Expression, index: Expression, [expected, value]: readonly Expression[]): Expression {
  if (array.kind !== 'array') throw new Error('a program exchanges what is no element')
  const element = elementOf(array.array, index)
  const exchange = expected === undefined || value === undefined ? null : { expected, value }
  return { kind: 'atomic', element, exchange, range: element.range }
}

const unsigned: Readonly<Record<ArrayPlace['width'], Range>> = {
  1: { min: 0, max: 255 },
  2: { min: 0, max: 65535 },
  4: null,
}

function elementOf(array: ArrayPlace, index: Expression): Element {
  return { kind: 'element', array, index, range: unsigned[array.width] }
}

function targetOf(e: Expression): Target {
  if (e.kind === 'variable' || e.kind === 'global' || e.kind === 'element') return e
  throw new Error(`a program assigns to ${e.kind}`)
}

function assign(target: Target, value: Expression, isOld: boolean): Expression {
  return { kind: 'assign', target, value, isOld, range: target.range }
}
