/**
 * Statements with all that stand within them, and the variables that they may assign to.
 */

import type { Expr, Statement } from './ir.ts'

/** Each before those within it, in order. */
export function allStatements(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((s) => [s, ...allStatements(within(s))])
}

function within(s: Statement): readonly Statement[] {
  if (s.kind === 'when') return [...s.then, ...s.otherwise]
  return s.kind === 'choose' ? s.alternatives.flatMap(({ then }) => then) : []
}

/** The variables to which, or to parts of which, they may assign: in the order in which they are assigned to first. */
export function assignedIn(statements: readonly Statement[]): ReadonlySet<string> {
  return new Set(allStatements(statements).flatMap((s) => (s.kind === 'assign' ? (variableOf(s.place) ?? []) : [])))
}

/** The variable that a place is, or is a part of. */
function variableOf(e: Expr): string | null {
  if (e.kind === 'variable') return e.name
  return e.kind === 'field' || e.kind === 'index' ? variableOf(e.of) : null
}
