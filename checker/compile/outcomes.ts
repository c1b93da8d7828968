/**
 * How many ways statements can go.
 */

import type { Statement } from '../../src/model/ir.ts'

/** Outcomes that these statements can have at most. */
export function outcomes(statements: readonly Statement[]): number {
  return statements.reduce((product, statement) => {
    if (statement.kind === 'when') return product * Math.max(outcomes(statement.then), outcomes(statement.otherwise))
    if (statement.kind !== 'choose') return product
    return product * statement.alternatives.reduce((sum, alternative) => sum + outcomes(alternative.then), 0)
  }, 1)
}
