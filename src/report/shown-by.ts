/**
 * What a run is said to show, from the name under which it was saved.
 */

import type { ShownBy } from '../model/certify.ts'
import { checksOf } from '../model/checks.ts'
import { deadlockProperty, type Model, modelErrorProperty } from '../model/ir.ts'

/** Null when the model makes no claim of that name. */
export function shownBy(model: Model, name: string): ShownBy | null {
  if (name === deadlockProperty) return { kind: 'deadlock' }
  if (name === modelErrorProperty) return { kind: 'model error' }
  const property = model.properties.find((one) => one.name === name)
  if (property !== undefined) return { kind: 'property', property, value: null }
  return checksOf(model).includes(name) ? { kind: 'check', message: name } : null
}
