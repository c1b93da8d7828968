/**
 * Calls of functions that are one formula, put in place.
 */

import { binary, compare, conditional, divide, extreme, not } from './ranges.ts'
import type { Expression, Func, Variable } from './syntax.ts'

/** Null where the function is more than one formula. */
export function inPlace({ parameters, formula }: Func, inputs: readonly Expression[]): Expression | null {
  if (formula === null) return null
  const given = new Map<Variable, Expression>()
  const bindings: { variable: Variable; value: Expression }[] = []
  for (const [i, parameter] of parameters.entries()) {
    const value = inputs[i]
    if (value === undefined) throw new Error(`a program calls a function without ${parameter.name}`)
    if (value.kind === 'number') {
      given.set(parameter, value)
      continue
    }
    const variable = { name: parameter.name, range: value.range, local: -1 }
    given.set(parameter, { kind: 'variable', variable, range: value.range })
    bindings.push({ variable, value })
  }
  const e = withValues(formula, given)
  return e === null ? null : bindings.length === 0 ? e : { kind: 'bind', bindings, e, range: e.range }
}

/** The formula of those values; null if it has anything but operators, numbers and parameters. */
function withValues(e: Expression, given: ReadonlyMap<Variable, Expression>): Expression | null {
  const of = (part: Expression): Expression | null => withValues(part, given)
  switch (e.kind) {
    case 'number':
      return e
    case 'variable':
      return given.get(e.variable) ?? null
    case 'not': {
      const part = of(e.e)
      return part === null ? null : not(part)
    }
    case 'binary':
    case 'compare':
    case 'divide':
    case 'extreme': {
      const left = of(e.left)
      const right = of(e.right)
      if (left === null || right === null) return null
      if (e.kind === 'binary')
        return e.range === null && e.operator === '*' ? { ...e, left, right } : binary(e.operator, left, right)
      if (e.kind === 'compare') return compare(e.operator, left, right)
      return e.kind === 'divide' ? divide(e.isModulo, left, right) : extreme(e.isLeast, left, right)
    }
    case 'conditional': {
      const test = of(e.test)
      const then = of(e.then)
      const otherwise = of(e.otherwise)
      return test === null || then === null || otherwise === null ? null : conditional(test, then, otherwise)
    }
    case 'connective': {
      const tests = e.tests.flatMap((test) => of(test) ?? [])
      return tests.length === e.tests.length ? { ...e, tests } : null
    }
    case 'bind':
      return boundAnew(e, given)
    default:
      return null
  }
}

/** With variables of its own. */
function boundAnew(
  { bindings, e }: Extract<Expression, { kind: 'bind' }>,
  given: ReadonlyMap<Variable, Expression>,
): Expression | null {
  const inside = new Map(given)
  const anew: { variable: Variable; value: Expression }[] = []
  for (const { variable, value } of bindings) {
    const own = withValues(value, given)
    if (own === null) return null
    const copy = { name: variable.name, range: own.range, local: -1 }
    inside.set(variable, { kind: 'variable', variable: copy, range: own.range })
    anew.push({ variable: copy, value: own })
  }
  const body = withValues(e, inside)
  return body === null ? null : { kind: 'bind', bindings: anew, e: body, range: body.range }
}
