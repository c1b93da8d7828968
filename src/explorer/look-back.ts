/**
 * Where a run may start, which steps lead to a state, and a run to a state that is given as a whole.
 */

import type * as E from 'fp-ts/Either'
import { predecessorsOf } from '../../checker/predecessors.ts'
import type { CheckOptions } from '../../checker/result.ts'
import type { Expr, Model } from '../model/ir.ts'
import { initialStates, successors } from '../model/step.ts'
import type { State, Trace } from '../model/trace.ts'
import { equalValues, showValue } from '../model/values.ts'
import { wayOf } from '../page/describe-state.ts'
import { type Before, mostStarts, type Starts } from '../page/page-data.ts'
import { findState } from './find-state.ts'

/** More starts, or states before one, than somebody reads. */
const mostShown = 200
const mostBefore = 24

/** Each initial state by what tells it from the others. */
export function startsOf(model: Model): Starts {
  const starts = initialStates(model, mostStarts)
  const [first] = starts
  const differing = model.variables.filter(({ name }) =>
    starts.some((start) => !equalValues(start[name] ?? false, first?.[name] ?? false)),
  )
  return {
    count: starts.length,
    shown: starts
      .slice(0, mostShown)
      .map((start) => differing.map(({ name }) => `${name} ${showValue(start[name] ?? false)}`).join(', ')),
  }
}

export async function stepsBefore(model: Model, state: State, options: CheckOptions): Promise<Before> {
  const { steps, count, distinct, reason } = await predecessorsOf(model, state, options, mostBefore)
  return {
    count,
    distinct,
    reason,
    steps: steps.flatMap(({ before, instance }) => {
      const leads = successors(model, before).find(
        (way) => way.instance === instance && 'state' in way && equalValues(way.state, state),
      )
      return leads === undefined ? [] : [{ way: wayOf(model, leads), state: before }]
    }),
  }
}

/** A shortest run from the initial states to this very state. */
export function runTo(model: Model, state: State, options: CheckOptions): Promise<E.Either<string, Trace>> {
  const es = model.variables.map(
    ({ name, domain }): Expr => ({
      kind: 'equal',
      left: { kind: 'variable', name },
      right: { kind: 'literal', domain, value: state[name] ?? false },
    }),
  )
  return findState(model, { kind: 'and', es }, null, options)
}
