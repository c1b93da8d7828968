/**
 * Text that writes a record, which is what `RecordedEdges` says, in the language of `machine/syntax.ts`.
 */

import type { RecordShape } from './state-graph.ts'

/** `pool`: what the array of records is called in the program. Transitions are in `indexOf` and `tags`, as `TransitionSource` has them. */
export function emitWriteRecord(pool: string, { instanceBits, countBits }: RecordShape): string {
  return `// Writes the transitions begin … end-1, and what is told of a state, as its record, at \`from\`; returns where it ends.
function writeRecord(from, state, begin, end, told) {
  const records = ${pool}, targets = indexOf, instances = tags, head = end - begin | (told << ${countBits})
  let at = from + 1, tooFar = 0
  records[from] = head
  for (let k = begin; k < end; k++) {
    const away = targets[k] - state | 0, packed = (away << ${instanceBits}) | instances[k]
    tooFar |= (packed >> ${instanceBits}) ^ away
    records[at++] = packed
  }
  if (tooFar === 0) return at
  at = from + 1
  records[from] = ~head
  for (let k = begin; k < end; k++) {
    records[at++] = targets[k]
    records[at++] = instances[k]
  }
  return at
}`
}
