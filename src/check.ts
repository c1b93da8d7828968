/**
 * The library call: check a model from one's own program or test.
 */

import * as E from 'fp-ts/Either'
import { checkModel } from '../checker/check-model.ts'
import { workersFor } from '../checker/explore-options.ts'
import type { CheckOptions } from '../checker/result.ts'
import type { ModelBuilder } from './language/model.ts'
import type { ConstantValues } from './model/ir.ts'
import { SpecError } from './model/problem.ts'
import { toldOnce } from './model/told-once.ts'
import { problemReport, type Report, reportOf } from './report/report.ts'

export interface LibraryOptions extends CheckOptions {
  /** Constants of the model, instead of their defaults. */
  readonly set?: ConstantValues
}

/**
 * Explores a model and judges all its properties. Mistakes in the model are in `errors`; a thrown error is a bug of
 * the tool. Nothing is written to disk.
 */
export async function check(builder: ModelBuilder, options: LibraryOptions = {}): Promise<Report> {
  const { set = {}, ...checkOptions } = options
  const workers = workersFor(options.workers)
  const built = builder.build(set)
  if (E.isLeft(built)) return problemReport('', workers, toldOnce(built.left))
  try {
    return reportOf('', workers, [await checkModel(built.right, checkOptions)])
  } catch (error) {
    if (error instanceof SpecError) return problemReport('', workers, [error.problem])
    throw error
  }
}
