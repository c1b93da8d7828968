/**
 * Text of what is done for each state and each node of a product, in the language of `machine/syntax.ts`; node-search.ts gives it arrays and
 * functions.
 *
 * All that is known of a node is one word, its mark: what stood there before it was visited; while its component is open, the lowest visit
 * number reached so far; in the end the complement of what stood there first. Where transitions were recorded and a node is
 * a state, marks and places of transitions share their words, since a place is needed only while its node is open: one cache miss
 * instead of two, and no memory for states that are not visited.
 *
 * Source: Pearce 2016, doi:10.1016/j.ipl.2015.08.010, differs: the two stacks grow towards each other, since a node is never in both; a
 * node that is a component by itself, as most are, enters only the one for the path; a component is handed out while it is open.
 */

import { emitSummary } from './emit-summary.ts'
import type { RecordShape } from './state-graph.ts'

export interface NodeSearchShape extends Pick<RecordShape, 'instanceBits' | 'countBits'> {
  /** Are the places of transitions the marks too? */
  readonly isShared: boolean
  readonly isRecorded: boolean
}

/** Bits of what must be known of a state: never 0. */
export const kind = { known: 1, alive: 2, leaving: 4 } as const

/** Bits of what was found when states were read. */
export const found = { dead: 1, deadLeaving: 2 } as const

/** Why a search pauses. */
export const pause = { no: 0, late: 1, component: 2, done: 3 } as const

const offered = [
  ...['begin', 'readStates', 'gatherRoots', 'setRoots', 'isForced', 'advance', 'oldestOpen', 'pathLength'],
  ...['endOfComponent', 'closeComponent', 'release', 'setFairness', 'clearSummary', 'summarise', 'metMarks'],
]

export function emitNodeSearch(shape: NodeSearchShape): string {
  return `let nodes = 0, next = -1, depth = 0, top = 0, visits = 0, rootCount = 0, rootsDone = 0
let isSteady = false, hasSeveral = false, isStopFound = false
// \`steady\`: whether \`follows\` tells which transitions are followed; \`several\`: whether a state is several nodes.
function begin(count, steady, several) {
  nodes = count
  top = count
  next = -1
  depth = 0
  visits = 0
  rootCount = 0
  rootsDone = 0
  isSteady = steady !== 0
  hasSeveral = several !== 0
  isStopFound = false
}
function oldestOpen() { return top }
function pathLength() { return depth }

${emitReadStates(shape)}

${emitRoots}

${emitIsForced(shape)}

${shape.isRecorded ? '' : emitFetch}

${emitAdvance(shape)}

${emitComponents}

${emitSummary(shape)}

return { ${offered.join(', ')} }`
}

/** States that are read at a time where records do not tell of them: at most as many as a `TransitionSource` can list. */
const toldAPart = 256

function emitReadStates({ countBits, isRecorded }: NodeSearchShape): string {
  const head = `const head = records[placeOf[state]]
      tells = (head ^ (head >> 31)) >>> ${countBits}`
  const asked = `if ((state - from & ${toldAPart - 1}) === 0) tell(state, Math.min(${toldAPart}, to - state))
      tells = toldOf[state - from & ${toldAPart - 1}]`
  return `// Reads the states from … to-1: notes from which automaton state 0 can go on to another, and where nodes are states closes those that cannot
// go on. \`isTold\`: records tell all of it. Returns whether some cannot go on, and whether some of these are left.
function readStates(from, to, isTold) {
  const ${isRecorded ? 'records = pool, placeOf = places' : 'toldOf = told'}, ofNode = marks, kindOfTold = kinds, left = leaving
  let all = 0
  for (let state = from; state < to; state++) {
    let tells = 0, own = 0
    if (isTold !== 0) {
      ${isRecorded ? head : asked}
      own = kindOfTold[tells]
    }
    if (own === 0) {
      own = kindOf(state)
      if (isTold !== 0) kindOfTold[tells] = own
    }
    if ((own & ${kind.leaving}) !== 0) left[state >>> 5] = left[state >>> 5] | (1 << (state & 31))
    if ((own & ${kind.alive}) === 0) {
      ofNode[state] = ~ofNode[state]
      all |= ${found.dead}
      if ((own & ${kind.leaving}) !== 0) all |= ${found.deadLeaving}
    }
  }
  return all
}`
}

const emitRoots = `// Lists states from … to-1 as roots, the last first; \`areLeaving\`: those alone that are left, \`areFresh\`: that were not visited. Returns how many.
function gatherRoots(from, to, areLeaving, areFresh) {
  const ofNode = marks, left = leaving, rootAt = roots
  let count = 0
  for (let state = to - 1; state >= from; state--) {
    if (areLeaving !== 0 && (left[state >>> 5] & (1 << (state & 31))) === 0) continue
    const mark = ofNode[state]
    if (areFresh !== 0 && mark !== 0 && mark <= nodes) continue
    rootAt[count++] = state
  }
  return count
}
function setRoots(count) {
  rootCount = count
  rootsDone = 0
}`

const mask = (bits: number): number => 2 ** bits - 1

function emitIsForced({ instanceBits, countBits }: NodeSearchShape): string {
  return `// Is a fair instance enabled that would change the state, whose record begins at \`at\`?
function isForced(at, state) {
  const records = pool, isFair = fair, head = records[at]
  if (head < 0) {
    const end = at + 2 * (~head & ${mask(countBits)}) | 0
    for (let k = at + 1; k < end; k += 2) if (records[k] !== state && isFair[records[k + 1]] !== 0) return 1
    return 0
  }
  const end = at + (head & ${mask(countBits)})
  for (let k = at + 1; k <= end; k++) {
    const step = records[k]
    if (step >> ${instanceBits} !== 0 && isFair[step & ${mask(instanceBits)}] !== 0) return 1
  }
  return 0
}`
}

/** Goes on from the k-th transition, until one leads to a node that was not visited. */
const scan = (target: string, isFollowed = ''): string => `for (; k <= end; k++) {
        ${isFollowed}const to = ${target}, mark = ofNode[to]
        if (mark < 0) continue
        if (mark === 0 || mark > opened) {
          entered = to
          break
        }
        if (mark < lowest) lowest = mark
      }`

/** The next root that was not visited, when the path is empty. */
const enterRoot = `    if (entered < 0 && deep === 0) {
      visited = 0
      while (entered < 0 && rootsDone < rootCount) {
        const root = rootAt[rootsDone], mark = ofNode[root]
        if (mark === 0 || mark > opened) entered = root
        rootsDone++
      }
      if (entered < 0) {
        why = ${pause.done}
        break
      }
    }`

/** A node that is met for the first time. */
const enterNode = `    if (isNew !== 0) {
      if (hasSeveral && isAlive(node) === 0) {
        ofNode[node] = ~own
        entered = -1
        continue
      }
      visited++
      ofNode[node] = visited
      if (!isStopFound && (hasSeveral || isForced(at, node) === 0)) isStopFound = isStop(node, at) !== 0
    }`

/** States that are regenerated together, and how far on from the first the others are looked for. */
const mostFetched = 16
const fetchedWithin = 64

const emitFetch = `// Regenerates the transitions of a state, and of some found after it that were not visited, for the same reason as \`load\` in regenerated-edges.ts.
// Returns where its record begins.
function fetch(state) {
  const ofNode = marks, placeOf = places, list = wanted, end = Math.min(nodes, state + ${fetchedWithin})
  let count = 1
  list[0] = state
  for (let next = state + 1; next < end && count < ${mostFetched}; next++) {
    list[count] = next
    if (ofNode[next] === 0 && placeOf[next] === 0) count++
  }
  generate(count)
  return placeOf[state]
}`

function emitAdvance({ isShared, isRecorded, instanceBits, countBits }: NodeSearchShape): string {
  const steps = scan(
    `node + (step >> ${instanceBits})`,
    `const step = records[at + k]
        if (isFollowed[step & ${mask(instanceBits)}] === 0) continue
        `,
  )
  const regenerated = 'hasSeveral ? recordOf(node) : placeOf[node]\n    if (at === 0) at = fetch(node)'
  const place = isShared ? '' : `    at = ${isRecorded ? 'recordOf(node)' : regenerated}\n`
  return `// Searches from the roots until all are done, \`most\` nodes were entered, or there is a component of several nodes: it is then the nodes of
// \`stack\` from \`top\` up to \`endOfComponent()\`, and stays open until \`closeComponent\` is called. One node that leads to itself alone is not handed
// out: going on so is fair and accepting where stopping is, which is judged at each visit.
function advance(most) {
  const records = pool, placeOf = places, ofNode = marks, path = stack, ownOf = saved, readOf = read, isFollowed = follows, targetOf = listed, rootAt = roots
  const opened = nodes
  let entered = next, deep = depth, left = top, visited = visits, todo = most, why = ${pause.no}
  while (why === ${pause.no}) {
${enterRoot}
    let entry = entered, own = 0, k = 1
    const isNew = entered >= 0 ? 1 : 0
    if (isNew !== 0) own = ofNode[entry]
    else {
      deep--
      entry = path[deep]
      own = ownOf[deep]
      k = readOf[deep]
    }
    const node = entry ^ (entry >> 31)
    let at = own
${place}${enterNode}
    const begun = ofNode[node], head = records[at]
    let lowest = begun
    entered = -1
    if (isSteady && head >= 0) {
      const end = head & ${mask(countBits)}
      ${steps}
    } else {
      const end = list(node, at)
      ${scan('targetOf[k]')}
    }
    const isYounger = (entry | (lowest - begun)) >> 31
    if (entered >= 0) {
      ofNode[node] = lowest
      path[deep] = node ^ isYounger
      ownOf[deep] = own
      readOf[deep] = k
      deep++
      todo--
      if (todo === 0) why = ${pause.late}
    } else if (isYounger === 0 && (left === opened || ofNode[path[left]] < begun)) ofNode[node] = ~own
    else {
      ofNode[node] = lowest
      left--
      path[left] = node
      ownOf[left] = own
      if (isYounger === 0) why = ${pause.component}
    }
  }
  next = entered
  depth = deep
  top = left
  visits = visited
  return why
}`
}

const emitComponents = `// Where the nodes of the component that was found end in \`stack\`.
function endOfComponent() {
  const ofNode = marks, path = stack, oldest = ofNode[path[top]]
  let end = top + 1
  while (end < nodes && ofNode[path[end]] >= oldest) end++
  return end
}
// Closes the nodes of \`stack\` from \`top\` on, before an end.
function closeComponent(end) {
  const ofNode = marks, path = stack, ownOf = saved
  for (let i = top; i < end; i++) ofNode[path[i]] = ~ownOf[i]
  top = end
}
// Gives shared words back to the places of transitions, wherever the search is.
function release() {
  const ofNode = marks, path = stack, ownOf = saved
  for (let node = 0; node < nodes; node++) ofNode[node] = ofNode[node] ^ (ofNode[node] >> 31)
  for (let i = 0; i < depth; i++) ofNode[path[i] ^ (path[i] >> 31)] = ownOf[i]
  for (let i = top; i < nodes; i++) ofNode[path[i]] = ownOf[i]
}`
