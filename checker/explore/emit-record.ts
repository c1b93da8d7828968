/**
 * Generated code that records the transitions of a batch. A record is what `RecordedEdges` says.
 */

import type { ExpanderShape } from './expander-shape.ts'

export function emitRecord({ stateWords, record }: Pick<ExpanderShape, 'stateWords' | 'record'>): string {
  if (record === null) return ''
  const { instanceBits, countBits } = record
  return `// Records transitions of one state, some of which lead too far for one word; returns where its record ends.
function recordFar(from, begin, end) {
  const arena = states
  let at = from
  arena[at] = ~arena[at]
  at++
  for (let k = begin; k < end; k++) {
    arena[at++] = indexOf[k]
    arena[at++] = tags[k]
  }
  return at
}
// Records the transitions of the last batch, made by \`count\` states from \`first\` on.
function record(first, count) {
  const arena = states, targets = indexOf, instances = tags, stateEnds = ends, recordAt = edgePlaces
  let at = segmentAt, k = 0
  for (let j = 0; j < count; j++) {
    const state = first + j, begin = k, end = stateEnds[j], size = end - k
    if (at + 2 * size >= segmentEnd) {
      if (!claimSegment()) return;
      at = segmentAt
    }
    recordAt[state] = at
    arena[at++] = size | (letter(j * ${stateWords}) << ${countBits})
    let tooFar = 0
    for (; k < end; k++) {
      const away = targets[k] - state | 0, packed = (away << ${instanceBits}) | instances[k]
      tooFar |= (packed >> ${instanceBits}) ^ away
      arena[at++] = packed
    }
    if (tooFar !== 0) at = recordFar(at - size - 1, begin, end)
  }
  segmentAt = at
}`
}
