/**
 * The hash that names a model. It is apart from the other functions on values because it needs Node.
 */

import { createHash } from 'node:crypto'
import type { Model } from './ir.ts'
import { canonicalJson } from './values.ts'

/**
 * SHA-256 of what the model says, 64 hexadecimal digits: the same wherever in its file a thing is written, and however it is drawn or searched.
 * Which steps are idle is said by the fairness of the model.
 */
export function hashModel({ strips: _, interchangeable: __, ...said }: Model): string {
  const instances = said.instances.map(({ isIdle: _idle, ...instance }) => instance)
  return createHash('sha256')
    .update(canonicalJson({ ...said, instances }))
    .digest('hex')
}
