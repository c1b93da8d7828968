/**
 * Fairness conditions over groups of instances.
 */

import type { Selection } from './selection.ts'

export interface Fairness {
  readonly name: string
  readonly strength: 'weak' | 'strong'
  readonly selection: Selection
}

/** If some selected instance is enabled from some point on in every state, selected instances are taken infinitely often. */
export function weak(name: string, ...selection: readonly Selection[]): Fairness {
  return { name, strength: 'weak', selection }
}

/** If selected instances are enabled infinitely often, they are taken infinitely often. */
export function strong(name: string, ...selection: readonly Selection[]): Fairness {
  return { name, strength: 'strong', selection }
}
