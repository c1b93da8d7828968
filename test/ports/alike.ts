/**
 * Ports with their models, and those whose processes, clients or values are alike.
 */

import { propertyNames } from '../../checker/judge/selection.ts'
import type { Model } from '../../src/model/ir.ts'
import { buildModel, littleMemory } from '../support/build.ts'
import { checkWhole, type Whole } from '../support/reduction-agreement.ts'
import type { Row } from './published.ts'

export interface Port {
  readonly model: Model
  readonly row: Row
}

export function portOf(row: Row): Port {
  return { row, model: buildModel(row.builder, row.set) }
}

/** It calls something interchangeable. */
export function isAlike({ model }: Port): boolean {
  return model.interchangeable.some((set) => set.length > 1)
}

/** What is said of a port without reductions. */
export async function checkPort({ model, row }: Port, memoryBytes: number = littleMemory.memoryBytes): Promise<Whole> {
  const properties = row.properties ?? propertyNames(model)
  const whole = await checkWhole(model, { properties, maxStates: Number.POSITIVE_INFINITY, memoryBytes })
  if (whole === null) throw new Error(`${model.name} is not complete`)
  return whole
}
