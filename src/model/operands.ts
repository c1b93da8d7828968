/**
 * What an expression is made of, and how much that is.
 */

import type { Expr } from './ir.ts'

/** The immediate parts of an expression. */
export function operandsOf(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'literal':
    case 'variable':
      return []
    case 'field':
    case 'size':
    case 'last':
    case 'rest':
    case 'front':
      return [e.of]
    case 'index':
      return [e.of, e.index]
    case 'not':
    case 'next':
      return [e.e]
    case 'and':
    case 'or':
    case 'count':
      return e.es
    case 'construct':
      return e.items
    case 'implies':
    case 'equal':
    case 'compare':
    case 'arithmetic':
    case 'combine':
    case 'subset':
      return [e.left, e.right]
    case 'conditional':
      return [e.condition, e.then, e.otherwise]
    case 'contains':
    case 'insert':
    case 'remove':
      return [e.set, e.element]
    case 'append':
      return [e.sequence, e.element]
  }
}

/** Whether it speaks of the state after a step. */
export function hasNext(e: Expr): boolean {
  return e.kind === 'next' || operandsOf(e).some(hasNext)
}

/** An expression of more parts is not compiled, and takes longer to be read than anybody waits. */
export const mostParts = 2 ** 20

export const reuseHint =
  'What is used twice is written twice: add `ifElse(p, 1, 0)` to a sum, or let a step set a variable first, and read that.'

const known = new WeakMap<Expr, number>()

/** How many parts it has, itself included, when each is written where it is used. Takes no longer than there are different ones. */
export function partCount(e: Expr): number {
  let count = known.get(e)
  if (count === undefined) {
    count = operandsOf(e).reduce((sum, operand) => sum + partCount(operand), 1)
    known.set(e, count)
  }
  return count
}
