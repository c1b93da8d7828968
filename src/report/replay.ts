/**
 * A saved trace held against a model: is it still a run of it, and does it still show what it says?
 */

import { certify, type Misfit, type ShownBy } from '../model/certify.ts'
import type { Model } from '../model/ir.ts'
import { fromSaved, type SavedTrace } from './saved-trace.ts'

/** Null when the trace is certified. */
export function misfitOf(model: Model, saved: SavedTrace, shown: ShownBy): Misfit | null {
  const { trace, missing } = fromSaved(model, saved)
  if (missing === null) return certify(model, trace, shown)
  return { step: missing, reason: `the model has no \`${saved.steps[missing]?.action ?? ''}\`` }
}
