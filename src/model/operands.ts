/**
 * What an expression is made of, and how much that is.
 */

import type { Expr, Place } from './ir.ts'

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

/** The same expression of other operands. */
export function mapOperands(e: Expr, change: (operand: Expr) => Expr): Expr {
  switch (e.kind) {
    case 'literal':
    case 'variable':
      return e
    case 'field':
    case 'size':
    case 'last':
    case 'rest':
    case 'front':
      return { ...e, of: change(e.of) }
    case 'index':
      return { ...e, of: change(e.of), index: change(e.index) }
    case 'not':
    case 'next':
      return { ...e, e: change(e.e) }
    case 'and':
    case 'or':
    case 'count':
      return { ...e, es: e.es.map((one) => change(one)) }
    case 'construct':
      return { ...e, items: e.items.map((item) => change(item)) }
    case 'implies':
    case 'equal':
    case 'compare':
    case 'arithmetic':
    case 'combine':
    case 'subset':
      return { ...e, left: change(e.left), right: change(e.right) }
    case 'conditional':
      return { ...e, condition: change(e.condition), then: change(e.then), otherwise: change(e.otherwise) }
    case 'contains':
    case 'insert':
    case 'remove':
      return { ...e, set: change(e.set), element: change(e.element) }
    case 'append':
      return { ...e, sequence: change(e.sequence), element: change(e.element) }
  }
}

/** With another expression in place of each variable. What is used several times is so afterwards: `known` holds what became of it. */
export function substituted(e: Expr, standsFor: (variable: string) => Expr, known: Map<Expr, Expr> = new Map()): Expr {
  if (e.kind === 'variable') return standsFor(e.name)
  const copy = known.get(e) ?? mapOperands(e, (operand) => substituted(operand, standsFor, known))
  known.set(e, copy)
  return copy
}

/** Whether it can be assigned: a variable or a part of one. */
export function isPlace(e: Expr): e is Place {
  return e.kind === 'variable' || ((e.kind === 'field' || e.kind === 'index') && isPlace(e.of))
}

/** The different parts of an expression, itself first, each before those on its right. What is used several times is one. */
export function partsOf(e: Expr, found: Set<Expr> = new Set()): ReadonlySet<Expr> {
  if (found.has(e)) return found
  found.add(e)
  for (const operand of operandsOf(e)) partsOf(operand, found)
  return found
}

/** Whether an expression of these parts speaks of the state after a step. */
export function hasNext(parts: ReadonlySet<Expr>): boolean {
  for (const { kind } of parts) if (kind === 'next') return true
  return false
}

/** An expression is walked by calls within each other, and a thread's stack has room for somewhat more than so many. */
export const deepest = 850

const depths = new WeakMap<Expr, number>()

/** How many operators are within each other, at most. */
export function depthOf(e: Expr): number {
  let depth = depths.get(e)
  if (depth === undefined) {
    depth = operandsOf(e).reduce((most, operand) => Math.max(most, depthOf(operand) + 1), 0)
    depths.set(e, depth)
  }
  return depth
}

const known = new WeakMap<Expr, number>()

/** How many parts it has, itself included, where each is written wherever it is used. Takes no longer than there are different ones. */
export function partCount(e: Expr): number {
  let count = known.get(e)
  if (count === undefined) {
    count = operandsOf(e).reduce((sum, operand) => sum + partCount(operand), 1)
    known.set(e, count)
  }
  return count
}
