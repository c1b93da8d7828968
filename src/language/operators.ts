/**
 * What the rewritten code of a spec calls where it applies JavaScript's own operators (src/spec/guard-operators.ts).
 */

import { isExpr } from './expression.ts'
import { mistake } from './mistakes.ts'

/** Passes on a value that is about to be taken for true or false. MC109 for an expression. */
export function askTruth(value: unknown, operator: string): unknown {
  if (!isExpr(value)) return value
  const hint =
    'Use not(…), all(…), any(…), implies(…) or ifElse(…); whether there is an expression at all tells `=== undefined`.'
  mistake('MC109', `JavaScript's \`${operator}\` takes an expression for true`, hint)
  return value
}

/** Compares. MC109 for an expression with a value or another expression. */
export function askEqual(left: unknown, right: unknown, operator: string): boolean {
  if ((isExpr(left) && isOperand(right)) || (isExpr(right) && isOperand(left))) {
    const message = `JavaScript's \`${operator}\` compares an object, not what the expression stands for`
    mistake('MC109', message, 'Use .is(…) or .isNot(…).')
  }
  // biome-ignore lint/suspicious/noDoubleEquals: it is what the spec says.
  const isEqual = operator.length === 3 ? left === right : left == right
  return operator.startsWith('!') ? !isEqual : isEqual
}

/** Comparing with undefined or null asks whether there is an expression; that is no mistake. */
const isOperand = (value: unknown): boolean =>
  isExpr(value) || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string'
