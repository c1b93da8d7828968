/**
 * Text of what is learnt of the nodes of a component, as far as its verdict may still depend on it: a weak group until it is taken, or not enabled
 * somewhere; a strong one until it is taken. See fair-parts.ts.
 */

import type { NodeSearchShape } from './emit-node-search.ts'

/** The arrays that it works on, of so many words: for each instance its groups, and whether its transitions matter; and sets of groups. */
export function summarySizes(instanceCount: number, words: number) {
  return {
    groups: instanceCount * words,
    asked: instanceCount,
    weak: words,
    strong: words,
    taken: words,
    always: words,
    sometimes: words,
    enabled: words,
    undecided: words,
  }
}

const mask = (bits: number): number => 2 ** bits - 1

const narrow = `// After a node: which groups are undecided still, and so which transitions matter. False when there are none: the component is fair.
function narrow() {
  const isFull = marksMet === allMarks ? -1 : 0
  let some = 0, news = 0
  for (let w = 0; w < words; w++) {
    always[w] = always[w] & enabled[w]
    sometimes[w] = sometimes[w] | enabled[w]
    const rest = (((weak[w] & always[w]) | strong[w]) & ~taken[w]) | ~isFull
    some |= rest
    news |= rest ^ undecided[w]
    undecided[w] = rest
  }
  if (news !== 0) {
    for (let i = 0; i < instances; i++) {
      let own = 0
      for (let w = 0; w < words; w++) own |= groups[i * words + w] & undecided[w]
      asked[i] = own
    }
  }
  return some !== 0 || isFull === 0 ? 1 : 0
}`

export function emitSummary({ isShared, isRecorded, instanceBits, countBits }: NodeSearchShape): string {
  const regenerated = '(hasSeveral ? recordOf(path[i]) : placeOf[path[i]] === 0 ? fetch(path[i]) : placeOf[path[i]])'
  const record = isShared ? 'ownOf[i]' : isRecorded ? 'recordOf(path[i])' : regenerated
  return `let words = 0, instances = 0, allMarks = 0, marksMet = 0
function setFairness(wordCount, instanceCount, marksOfAll) {
  words = wordCount
  instances = instanceCount
  allMarks = marksOfAll
}
function metMarks() { return marksMet }
// As it is before any node is met.
function clearSummary() {
  marksMet = 0
  for (let w = 0; w < words; w++) {
    taken[w] = 0
    always[w] = -1
    sometimes[w] = 0
    undecided[w] = -1
  }
  for (let i = 0; i < instances; i++) asked[i] = 1
}
// Adds the groups of a node's transitions inside the component that is open, and writes which are enabled in it. All acceptance sets were met.
function addNode(node, at, oldest) {
  const records = pool, ofNode = marks, isFollowed = follows, isAsked = asked, groupsAt = groups, enabledIn = enabled, takenIn = taken
  const opened = nodes, size = words, end = at + (records[at] & ${mask(countBits)})
  for (let k = at + 1; k <= end; k++) {
    const step = records[k], instance = step & ${mask(instanceBits)}, away = step >> ${instanceBits}
    if (away === 0 || isAsked[instance] === 0) continue
    let mark = -1
    if (isFollowed[instance] !== 0) mark = ofNode[node + away]
    const stays = mark >= oldest && mark <= opened ? -1 : 0
    for (let w = 0; w < size; w++) {
      const own = groupsAt[instance * size + w]
      enabledIn[w] = enabledIn[w] | own
      takenIn[w] = takenIn[w] | (own & stays)
    }
  }
}
${narrow}
// Adds the nodes of \`stack\` from … to-1; returns whether the verdict may depend on those that follow.
function summarise(from, to) {
  const path = stack, ownOf = saved, placeOf = places, oldest = marks[path[top]]
  for (let i = from; i < to; i++) {
    const at = ${record}
    for (let w = 0; w < words; w++) enabled[w] = 0
    if (isSteady && marksMet === allMarks && pool[at] >= 0) addNode(path[i], at, oldest)
    else marksMet = marksMet | addAnyNode(i, at)
    if (narrow() === 0) return 0
  }
  return 1
}`
}
