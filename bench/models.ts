/**
 * The models that everybody explores, at the same granularity in every language.
 */

import type { BenchModel } from './tool.ts'

const model = (name: string, constant: string | null, size: number, ...options: readonly string[]): BenchModel => ({
  name,
  constant,
  size,
  options,
})

/** Sizes for figures. */
export const models: readonly BenchModel[] = [
  model('filter-lock', 'processes', 5, '--property', 'mutual exclusion'),
  model('two-phase-commit', 'managers', 7, '--model', 'two-phase-commit', '--property', 'consistent'),
  model('two-phase-commit', 'managers', 8, '--model', 'two-phase-commit', '--property', 'consistent'),
]

/** Sizes that show in seconds that the bench works. */
export const smallModels: readonly BenchModel[] = [
  model('filter-lock', 'processes', 3, '--property', 'mutual exclusion'),
  model('two-phase-commit', 'managers', 3, '--model', 'two-phase-commit', '--property', 'consistent'),
]
