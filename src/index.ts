/**
 * The library: the language of specs, and `check` to use it in one's own tests.
 */

export type { CheckOptions, Progress } from '../checker/result.ts'
export { check, type LibraryOptions } from './check.ts'
export * from './language/index.ts'
export type { ModelReport, PropertyReport, Report } from './report/report.ts'
