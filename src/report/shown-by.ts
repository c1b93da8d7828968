/**
 * What a run is said to show, from the name under which it was saved.
 */

import type { ShownBy } from '../model/certify.ts'
import { deadlockProperty, type Model, modelErrorProperty, type Statement } from '../model/ir.ts'

/** Null when the model makes no claim of that name. */
export function shownBy(model: Model, name: string): ShownBy | null {
  if (name === deadlockProperty) return { kind: 'deadlock' }
  if (name === modelErrorProperty) return { kind: 'model error' }
  const property = model.properties.find((one) => one.name === name)
  if (property !== undefined) return { kind: 'property', property, value: null }
  return model.instances.some((one) => hasCheck(one.effect, name)) ? { kind: 'check', message: name } : null
}

function hasCheck(statements: readonly Statement[], message: string): boolean {
  return statements.some((s) => {
    if (s.kind === 'check') return s.message === message
    if (s.kind === 'when') return hasCheck(s.then, message) || hasCheck(s.otherwise, message)
    return s.kind === 'choose' && s.alternatives.some(({ then }) => hasCheck(then, message))
  })
}
