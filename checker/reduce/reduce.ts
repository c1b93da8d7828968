/**
 * Reductions: fewer states, the same verdicts. Each is off unless asked for, because figures then count something else.
 */

import type { Model, Property } from '../../src/model/ir.ts'
import { problem, SpecError } from '../../src/model/problem.ts'
import type { Interference } from '../compile/kernel-input.ts'
import { fuseLocal } from './fuse-local.ts'
import { interferenceOf } from './interference.ts'
import type { Reduction } from './names.ts'
import { resetDead } from './reset-dead.ts'

/** What is searched in place of a model. */
export interface Reduced {
  readonly model: Model
  /** Null: all successors are followed. */
  readonly interference: Interference | null
}

/** The kinds of properties that a reduction cannot judge, and why. */
const refused: { readonly [R in Reduction]: { readonly [K in Property['kind']]?: string } } = {
  'dead-variables': {},
  'local-steps': {
    liveness: 'it leaves out steps, of which fairness speaks',
    measure: 'it leaves out states',
    step: 'it leaves out steps',
  },
  'partial-order': {
    liveness: 'it leaves out behaviours',
    measure: 'it leaves out states',
    step: 'it leaves out steps',
  },
}

/** Of the model that is searched in place of this one, to judge the properties with these indices. Throws `SpecError`: MC305. */
export function reduce(model: Model, judged: readonly number[], reductions: readonly Reduction[]): Reduced {
  const properties = judged.flatMap((index) => model.properties[index] ?? [])
  for (const reduction of reductions) for (const property of properties) demandFit(reduction, property)
  const observed = { ...model, properties }
  const fused = reductions.includes('local-steps') ? fuseLocal(observed) : observed
  const reset = reductions.includes('dead-variables') ? resetDead(fused) : fused
  return {
    model: reset === observed ? model : { ...reset, properties: model.properties },
    interference: reductions.includes('partial-order') ? interferenceOf(reset) : null,
  }
}

function demandFit(reduction: Reduction, { kind, name, source }: Property): void {
  const reason = refused[reduction][kind]
  if (reason === undefined) return
  throw new SpecError(
    problem(
      'MC305',
      `--reduce ${reduction} cannot judge '${name}' (${kind}): ${reason}`,
      `Judge other properties, by --property, or leave ${reduction} out.`,
      source,
    ),
  )
}

/** Whether the runs that a search with this reduction finds are the shortest. */
export function keepsLengths(reduction: Reduction): boolean {
  return reduction === 'dead-variables'
}
