/**
 * The models, at the same granularity in every language; those without a peer's source are explored by us alone.
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
  model('filter-lock', 'processes', 5, '--model', 'filter-lock', '--property', 'mutual exclusion'),
  model('two-phase-commit', 'managers', 7, '--model', 'two-phase-commit', '--property', 'consistent'),
  model('two-phase-commit', 'managers', 8, '--model', 'two-phase-commit', '--property', 'consistent'),
  model('ewd840', 'nodes', 8, '--property', 'what is detected is true'),
  model('ticket-lock', 'processes', 6, '--model', 'ticket-lock', '--property', 'mutual exclusion'),
  model('qrcu', 'readers', 3, '--model', 'qrcu'),
  model('arm64-entry', null, 1, '--model', 'merged-pnmi-no-gate'),
]

/** Sizes that show in seconds that the bench works. */
export const smallModels: readonly BenchModel[] = [
  model('filter-lock', 'processes', 3, '--model', 'filter-lock', '--property', 'mutual exclusion'),
  model('two-phase-commit', 'managers', 3, '--model', 'two-phase-commit', '--property', 'consistent'),
  model('ewd840', 'nodes', 3, '--property', 'what is detected is true'),
]
