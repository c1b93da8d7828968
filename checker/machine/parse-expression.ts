/**
 * Expressions, by the precedence of their operators.
 */

import { inPlace } from './in-place.ts'
import { binary, compare, conditional, divide, extreme, fail, not, number, truth } from './ranges.ts'
import type { Scope } from './scope.ts'
import type { BinaryOperator, Comparison, Expression, Target } from './syntax.ts'
import type { Tokens } from './tokens.ts'

export interface Expressions {
  /** An expression, or an assignment. */
  parse(): Expression
}

/** Of those that are not connectives; a higher number binds more closely. */
const precedence: Readonly<Record<string, number>> = {
  '|': 1,
  '^': 2,
  '&': 3,
  '===': 4,
  '!==': 4,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '<<': 6,
  '>>': 6,
  '>>>': 6,
  '+': 7,
  '-': 7,
  '*': 8,
}

const isComparison = (operator: string): operator is Comparison =>
  precedence[operator] === 4 || precedence[operator] === 5

const updates: Readonly<Record<string, BinaryOperator>> = {
  '+=': '+',
  '-=': '-',
  '|=': '|',
  '&=': '&',
  '^=': '^',
  '<<=': '<<',
  '>>=': '>>',
  '>>>=': '>>>',
}

const isDigit = (word: string): boolean => word.charCodeAt(0) <= 57 && word.charCodeAt(0) >= 48

export function createExpressions(tokens: Tokens, scope: Scope): Expressions {
  const parseAssigned = (): Expression => {
    const left = parseConditional()
    const operator = tokens.peek()
    const update = updates[operator]
    if (operator !== '=' && update === undefined) return left
    tokens.take()
    const value = parseAssigned()
    if (update !== undefined && left.kind === 'element' && left.index.kind === 'assign')
      throw new Error('a kernel changes an element where it changes the index')
    return assign(targetOf(left), update === undefined ? value : binary(update, left, value), false)
  }

  /** A chain of them, however long, without recursion. */
  const parseConditional = (): Expression => {
    const chain: { readonly test: Expression; readonly then: Expression }[] = []
    let last = parseConnective('||')
    while (tokens.accept('?')) {
      const then = parseAssigned()
      tokens.expect(':')
      chain.push({ test: last, then })
      last = parseConnective('||')
    }
    return chain.reduceRight((otherwise, { test, then }) => conditional(test, then, otherwise), last)
  }

  const parseConnective = (operator: '||' | '&&'): Expression => {
    const first = operator === '||' ? parseConnective('&&') : parseBinary(1)
    if (tokens.peek() !== operator) return first
    const tests = [first]
    while (tokens.accept(operator)) tests.push(operator === '||' ? parseConnective('&&') : parseBinary(1))
    return { kind: 'connective', isAll: operator === '&&', tests, range: truth }
  }

  const parseBinary = (least: number): Expression => {
    let left = parseUnary()
    for (;;) {
      const operator = tokens.peek()
      const own = precedence[operator] ?? 0
      if (own < least || own === 0) return left
      tokens.take()
      const right = parseBinary(own + 1)
      left = isComparison(operator) ? compare(operator, left, right) : binary(operator as BinaryOperator, left, right)
    }
  }

  const parseUnary = (): Expression => {
    if (tokens.accept('!')) return not(parseUnary())
    if (tokens.accept('-')) return binary('-', number(0), parseUnary())
    if (tokens.accept('~')) return binary('^', parseUnary(), number(-1))
    const step = tokens.peek()
    if (step === '++' || step === '--') {
      tokens.take()
      const target = parseUnary()
      return assign(targetOf(target), binary(step === '++' ? '+' : '-', target, number(1)), false)
    }
    return parsePostfix()
  }

  const parsePostfix = (): Expression => {
    const e = parsePrimary()
    const step = tokens.peek()
    if (step !== '++' && step !== '--') return e
    tokens.take()
    return assign(targetOf(e), binary(step === '++' ? '+' : '-', e, number(1)), true)
  }

  const parsePrimary = (): Expression => {
    const word = tokens.take()
    if (word === '(') return parseParentheses()
    if (word === 'true' || word === 'false') return { ...number(word === 'true' ? 1 : 0), range: truth }
    if (isDigit(word)) return number(Number(word))
    if (tokens.accept('(')) return parseCall(word)
    const named = scope.find(word)
    if (named.kind === 'array') {
      tokens.expect('[')
      const index = parseAssigned()
      tokens.expect(']')
      return { kind: 'element', array: named.array, index, range: null }
    }
    switch (named.kind) {
      case 'variable':
        return { kind: 'variable', variable: named.variable, range: named.variable.range }
      case 'global':
        return { kind: 'global', global: named.global, range: null }
      case 'number':
        return number(named.value)
    }
  }

  /** After the first: one expression, or several of which the last is the value. */
  const parseParentheses = (): Expression => {
    let e = parseAssigned()
    while (tokens.accept(',')) {
      const then = parseAssigned()
      e = { kind: 'sequence', first: e, then, range: then.range }
    }
    tokens.expect(')')
    return e
  }

  const parseCall = (name: string): Expression => {
    const inputs: Expression[] = []
    while (!tokens.accept(')')) {
      inputs.push(parseAssigned())
      tokens.accept(',')
    }
    return callOf(name, inputs, scope)
  }

  return { parse: parseAssigned }
}

function callOf(name: string, inputs: readonly Expression[], scope: Scope): Expression {
  const [left = number(0), right = number(0)] = inputs
  switch (name) {
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
      const callee = scope.functionOf(name)
      return inPlace(callee, inputs) ?? { kind: 'call', callee, inputs, range: null }
    }
  }
}

function targetOf(e: Expression): Target {
  if (e.kind === 'variable' || e.kind === 'global' || e.kind === 'element') return e
  throw new Error(`a kernel assigns to ${e.kind}`)
}

function assign(target: Target, value: Expression, isOld: boolean): Expression {
  return { kind: 'assign', target, value, isOld, range: target.range }
}
