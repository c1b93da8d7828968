/**
 * The claims inside effects, by their messages.
 */

import type { Model, Statement } from './ir.ts'
import { allStatements } from './statements.ts'

type Check = Extract<Statement, { readonly kind: 'check' }>

/** Of statements, in order, as often as they stand there. */
export function checksIn(statements: readonly Statement[]): readonly Check[] {
  return allStatements(statements).flatMap((s) => (s.kind === 'check' ? [s] : []))
}

/** Messages of all checks of a model, in order of first occurrence. */
export function checksOf(model: Model): readonly string[] {
  return [...new Set(model.instances.flatMap((one) => checksIn(one.effect).map(({ message }) => message)))]
}
