/**
 * Models with long states: the same behaviours, each variable in words of its own.
 */

import type { Model, Variable } from '../../src/model/ir.ts'
import { nowhere } from './random-model.ts'

/** As long as a tree of more than one step. */
const leastVariables = 6

/** The model with a variable of a whole word after each of its own, and more until the state is long. None of them changes. */
export function spread(model: Model): Model {
  const pad = (i: number): Variable => ({
    name: `pad ${i}`,
    domain: { kind: 'range', min: 0, max: 2 ** 31 - 1 },
    initial: 12345 * i,
    role: 'data',
    source: nowhere,
  })
  const own = model.variables.flatMap((variable, i) => [variable, pad(i)])
  const more = Array.from({ length: leastVariables }, (_, i) => pad(model.variables.length + i))
  return { ...model, variables: [...own, ...more] }
}
