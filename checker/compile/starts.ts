/**
 * Initial states, or the mistake in the spec for which there are none.
 */

import { ModelError } from '../../src/model/evaluate.ts'
import type { Model, Statement } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import { problem, SpecError } from '../../src/model/problem.ts'

/**
 * What `build` makes of the initial states; null is passed on. An error at the start is a mistake in the spec: there is no state yet that a
 * trace could show. Throws `SpecError`: MC102 when a start raises an error, MC103 when there is none.
 */
export function* startsOf<T extends { readonly length: number } | null>(model: Model, build: Parts<T>): Parts<T> {
  try {
    const states = yield* build
    if (states === null || states.length > 0) return states
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    const message = `no initial state can be built: ${error.message}`
    throw new SpecError(problem('MC102', message, 'Start inside all domains.', error.source ?? model.source))
  }
  const hint = 'Leave `initially` an alternative.'
  const [choice, ...others] = model.initially.flatMap(choicesThatMayFail)
  const { source } = choice === undefined || others.length > 0 ? model : choice
  throw new SpecError(problem('MC103', 'there is no initial state', hint, source))
}

function choicesThatMayFail(statement: Statement): readonly Statement[] {
  if (statement.kind === 'when') return [...statement.then, ...statement.otherwise].flatMap(choicesThatMayFail)
  if (statement.kind !== 'choose') return []
  if (statement.alternatives.every(({ given }) => given !== null)) return [statement]
  return statement.alternatives.flatMap(({ then }) => then.flatMap(choicesThatMayFail))
}
