/**
 * In a word why an action or a line has no figures.
 */

import type { Reduction } from '../../checker/reduce/names.ts'

interface Searched {
  readonly complete: boolean
  readonly reductions: readonly string[]
}

/** An early stop may have kept it from coming; a step that is fused with the one before it is not counted by itself. */
export function untakenWord({ complete, reductions }: Searched): string {
  if (!complete) return 'not yet'
  return hasFused({ reductions }) ? 'fused, or never' : 'never'
}

export function hasFused({ reductions }: Pick<Searched, 'reductions'>): boolean {
  const fusing: Reduction = 'local-steps'
  return reductions.includes(fusing)
}
