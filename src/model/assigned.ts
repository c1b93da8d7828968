/**
 * The variables that statements may assign to, or to parts of which.
 */

import type { Expr, Statement } from './ir.ts'

/** In the order in which they are assigned to first. */
export function assignedIn(statements: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (statement: Statement): void => {
    switch (statement.kind) {
      case 'assign': {
        const name = variableOf(statement.place)
        if (name !== null) names.add(name)
        break
      }
      case 'when':
        for (const one of [...statement.then, ...statement.otherwise]) visit(one)
        break
      case 'choose':
        for (const { then } of statement.alternatives) for (const one of then) visit(one)
        break
      case 'check':
        break
    }
  }
  for (const one of statements) visit(one)
  return names
}

/** The variable that a place is, or is a part of. */
function variableOf(e: Expr): string | null {
  if (e.kind === 'variable') return e.name
  return e.kind === 'field' || e.kind === 'index' ? variableOf(e.of) : null
}
