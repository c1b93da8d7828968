/**
 * Text that regenerates transitions into a pool, in the language of `machine/syntax.ts`: see regenerated-edges.ts.
 */

import { emitWriteRecord } from './emit-write-record.ts'
import type { RecordShape } from './state-graph.ts'

export function emitRegenerator(shape: RecordShape, maxSuccessors: number): string {
  return `let used = 1, mostBefore = 1, limit = 0
function mostUsed() { return Math.max(used, mostBefore) }
function forget() {
  forgetPlaces()
  mostBefore = mostUsed()
  used = 1
}
function setLimit(words) {
  limit = words
  if (used > limit) forget()
}
${emitWriteRecord('pool', shape)}
// Stores the transitions of the first \`count\` states listed.
function generate(count) {
  const states = listed, countOf = counted, toldOf = told, placeOf = places
  if (used + count * ${1 + 2 * maxSuccessors} > limit) forget()
  let at = used, left = count
  while (left > 0) {
    const done = transitionsOf(left)
    let begin = 0
    for (let i = 0; i < done; i++) {
      const state = states[i], end = begin + countOf[i]
      placeOf[state] = at
      at = writeRecord(at, state, begin, end, toldOf[i])
      begin = end
    }
    left -= done
    for (let i = 0; i < left; i++) states[i] = states[done + i]
  }
  used = at
}
return { generate, mostUsed, setLimit }`
}
