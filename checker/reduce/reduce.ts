/**
 * Reductions: fewer states, the same verdicts. Each is off unless asked for, because figures then count something else.
 */

import type { Model } from '../../src/model/ir.ts'
import type { Reduction } from './names.ts'
import { resetDead } from './reset-dead.ts'

/** The model that is searched in place of this one, to judge the properties with these indices. */
export function reduceModel(model: Model, judged: readonly number[], reductions: readonly Reduction[]): Model {
  if (!reductions.includes('dead-variables')) return model
  const observed = { ...model, properties: judged.flatMap((index) => model.properties[index] ?? []) }
  return { ...resetDead(observed), properties: model.properties }
}
