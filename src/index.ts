/**
 * The library: the language of specs, and `check` to use it in one's own tests.
 */

import { check as checkBuilder, type LibraryOptions } from './check.ts'
import type { ModelBuilder, Predicate, Statement } from './language/index.ts'
import { check as claim } from './language/index.ts'
import type { Report } from './report/report.ts'

export type { CheckOptions, Progress } from '../checker/result.ts'
export type { LibraryOptions } from './check.ts'
export * from './language/index.ts'
export { type Replayed, type Run, type RunStep, replay } from './replay.ts'
export type { ModelReport, PropertyReport, Report } from './report/report.ts'

/** Of a model: explores it and judges all its properties (see `src/check.ts`). Of a condition, in a step: claims it there. */
export function check(model: ModelBuilder, options?: LibraryOptions): Promise<Report>
export function check(condition: Predicate, message: string): Statement
export function check(
  subject: ModelBuilder | Predicate,
  detail: LibraryOptions | string = {},
): Promise<Report> | Statement {
  if (typeof detail === 'string') return claim(subject as Predicate, detail)
  return checkBuilder(subject as ModelBuilder, detail)
}
