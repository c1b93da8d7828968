/**
 * Generated code that records the transitions of a batch.
 */

import { emitWriteRecord } from '../liveness/emit-write-record.ts'
import type { ExpanderShape } from './expander-shape.ts'

export function emitRecord({ stateWords, record }: Pick<ExpanderShape, 'stateWords' | 'record'>): string {
  if (record === null) return ''
  return `${emitWriteRecord('states', record)}
// Records the transitions of the last batch, made by \`count\` states from \`first\` on.
function record(first, count) {
  const stateEnds = ends, recordAt = edgePlaces
  let at = segmentAt, begin = 0
  for (let j = 0; j < count; j++) {
    const state = first + j, end = stateEnds[j]
    if (at + 2 * (end - begin) >= segmentEnd) {
      if (!claimSegment()) return;
      at = segmentAt
    }
    recordAt[state] = at
    at = writeRecord(at, state, begin, end, letter(j * ${stateWords}))
    begin = end
  }
  segmentAt = at
}`
}
