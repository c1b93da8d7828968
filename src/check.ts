/**
 * The library call: check a model from one's own program or test.
 */

import { availableParallelism } from 'node:os'
import * as E from 'fp-ts/Either'
import { checkModel } from '../checker/check-model.ts'
import type { CheckOptions } from '../checker/result.ts'
import type { Predicate } from './language/formula.ts'
import type { ModelBuilder } from './language/model.ts'
import { check as checkStatement, type Statement } from './language/statement.ts'
import { SpecError } from './model/problem.ts'
import { validate } from './model/validate.ts'
import { type Report, reportOf } from './report/report.ts'

export interface LibraryOptions extends CheckOptions {
  /** Constants of the model, instead of their defaults. */
  readonly set?: { readonly [constant: string]: boolean | number | string }
}

/**
 * Explores a model and judges all its properties. Mistakes in the model are in `errors`; a thrown error is a bug of
 * the tool. Nothing is written to disk.
 */
export function check(builder: ModelBuilder, options?: LibraryOptions): Promise<Report>
/** Inside an effect: claims a condition at this point. A failure is a violated property; the effect goes on. */
export function check(condition: Predicate, message: string): Statement
export function check(
  first: ModelBuilder | Predicate,
  second: LibraryOptions | string = {},
): Promise<Report> | Statement {
  if (typeof second === 'string') return checkStatement(first as Predicate, second)
  return checkBuilder(first as ModelBuilder, second)
}

async function checkBuilder(builder: ModelBuilder, options: LibraryOptions): Promise<Report> {
  const { set = {}, ...checkOptions } = options
  const workers = options.workers ?? availableParallelism()
  const built = builder.build(set)
  const valid = E.isLeft(built) ? built : validate(built.right)
  if (E.isLeft(valid)) return reportOf('', workers, [], valid.left)
  try {
    return reportOf('', workers, [await checkModel(valid.right, checkOptions)])
  } catch (error) {
    if (error instanceof SpecError) return reportOf('', workers, [], [error.problem])
    throw error
  }
}
