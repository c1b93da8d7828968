/**
 * The way to a state where a condition holds: the checker's own search, asked to refute that the condition never holds.
 * So the way is a shortest one, and it is certified before anybody sees it.
 */

import * as E from 'fp-ts/Either'
import { checkModel } from '../../checker/check-model.ts'
import type { CheckOptions } from '../../checker/result.ts'
import type { Expr, Model } from '../model/ir.ts'
import { startingIn } from '../model/start.ts'
import type { State, Trace } from '../model/trace.ts'
import { validate } from '../model/validate.ts'
import { counted } from '../report/grouped.ts'

const goalName = 'the condition never holds'

/** `from` null: from the initial states. `Left`: why there is no way. */
export async function findState(
  model: Model,
  condition: Expr,
  from: State | null,
  options: CheckOptions,
): Promise<E.Either<string, Trace>> {
  const goal = validate(goalOf(model, condition, from))
  if (E.isLeft(goal)) return E.left(goal.left.map((one) => one.message).join('; '))
  const result = await checkModel(goal.right, { ...options, properties: [goalName], stopAtFirst: true })
  const found = result.properties.find((one) => one.name === goalName)
  if (found?.trace != null) return E.right(found.trace)
  const where = from === null ? 'from the initial states' : 'from here'
  const looked = `${counted(result.states.distinct, 'state')} looked at`
  return E.left(
    found?.verdict === 'holds'
      ? `no state that can be reached ${where} satisfies it (${looked})`
      : `not found ${where} before the ${result.reason ?? 'first model error'} (${looked})`,
  )
}

function goalOf(model: Model, condition: Expr, from: State | null): Model {
  const { source } = model
  return {
    ...(from === null ? model : startingIn(model, from)),
    properties: [{ kind: 'invariant', name: goalName, predicate: { kind: 'not', e: condition }, source }],
    expectedViolations: [],
    interchangeable: [],
    fairness: [],
  }
}
