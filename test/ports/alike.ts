/**
 * Ports whose processes, clients or values are alike, and those in which something tells them apart.
 */

import type { Reduction } from '../../checker/reduce/names.ts'
import type { Model } from '../../src/model/ir.ts'
import { buildModel } from '../support/build.ts'
import { judgedBy } from '../support/reduction-agreement.ts'
import type { Row } from './published.ts'

export interface Port {
  readonly model: Model
  readonly row: Row
}

/** Of these, those that call something interchangeable. */
export function alikeAmong(rows: readonly Row[]): readonly Port[] {
  return rows
    .map((row) => ({ row, model: buildModel(row.builder, row.set) }))
    .filter(({ model }) => model.interchangeable.some((set) => set.length > 1))
}

/** The properties of a port that these reductions can judge. */
export function judgedOf({ model, row }: Port, reduce: readonly Reduction[]): readonly string[] {
  return judgedBy(reduce, model, row.properties)
}
