/**
 * The hash that names a model. It is apart from the other functions on values because it needs Node.
 */

import { createHash } from 'node:crypto'
import type { Model } from './ir.ts'
import { canonicalJson } from './values.ts'

/** SHA-256 of what the model says, 64 hexadecimal digits: the same wherever in its file a thing is written, and however it is drawn or searched. */
export function hashModel({ strips: _, interchangeable: __, ...said }: Model): string {
  return createHash('sha256').update(canonicalJson(said)).digest('hex')
}
