/**
 * Generated code that folds long states: a state of many words becomes a row of two, without loss.
 *
 * The words of a state are the leaves of a balanced binary tree. A pair of neighbours is looked up in a table of nodes, and its
 * number stands for it one step higher; the two numbers that are left at the root are the row. States of a
 * protocol differ in few words from their predecessors, so most pairs are old: there are far fewer nodes than states, and a state costs
 * the eight bytes of its row and little more. All positions share one table: what a number stands for follows from where it is read.
 *
 * A successor is compared with the state that it was made from, whose nodes are known from unfolding it: only what
 * changed is looked up.
 *
 * Races (with other threads): as in the visited set (emit-expander.ts). Rows are equal if and only if the states are, because each pair
 * has one number: it is entered by compare-and-exchange where a lookup ends.
 *
 * Source: Laarman, van de Pol and Weber 2011, doi:10.1007/978-3-642-22306-8_4, differs: the table of roots is the visited set, with its
 * dense indices.
 */

import { sourceSlots, successorSlots } from '../compile/kernel-arrays.ts'
import { lastMix, nextSlot, placeOfHash } from './emit-hash.ts'
import { type ExpanderShape, rowWords } from './expander-shape.ts'

/** Nodes of a state, the root apart. */
export function nodeCountOf(stateWords: number): number {
  return stateWords - rowWords
}

/** `w3` is word 3 of the state, `n3` the number of node 3. Children come before their parent. */
interface Tree {
  readonly nodes: readonly (readonly [string, string])[]
  readonly root: readonly [string, string]
}

function treeOf(stateWords: number): Tree {
  const nodes: (readonly [string, string])[] = []
  const halves = (from: number, to: number): readonly [string, string] => {
    const middle = (from + to + 1) >> 1
    return [subtree(from, middle), subtree(middle, to)]
  }
  const subtree = (from: number, to: number): string =>
    to - from === 1 ? `w${from}` : `n${nodes.push(halves(from, to)) - 1}`
  const root = halves(0, stateWords)
  return { nodes, root }
}

/** Declarations. */
export function emitFoldArrays({ stateWords, maxSuccessors }: ExpanderShape): string {
  const slots = successorSlots(maxSuccessors)
  const changed = ['Ones', 'Lefts', 'Rights', 'Hashes', 'Places']
  return `// The numbers of the nodes of the states that are expanded in this batch; at first of one of zeros.
const sourceNumbers = new Int32Array(${sourceSlots * nodeCountOf(stateWords)})
// For each successor the state that it was made from, the numbers of its nodes, and its row.
const sourceOf = new Int32Array(${slots}), numbers = new Int32Array(${slots * nodeCountOf(stateWords)})
const rows = new Int32Array(${slots * rowWords})
// A state that was read.
const unfolded = new Int32Array(${stateWords})
// Of the successors of which a node has changed: which they are, the node's children, its hash and slot.
const ${changed.map((name) => `changed${name} = new Int32Array(${slots})`).join(', ')}`
}

export function emitFold(shape: ExpanderShape): string {
  const variables =
    'let nodeBits = 0, nodeMask = 0, nodeMultiple = 0, nodeShift = 0, nodeSlots = 0, nextNode = 0, nodeEnd = 0'
  return [variables, emitNodes(shape), nodeTable, emitUnfold(shape.stateWords), emitRows(shape.stateWords)].join('\n\n')
}

const placeOfPair = `(${placeOfHash('nodeMultiple', 'nodeShift')}) | 0`

function emitNodes({ isShared, hasWeakHash }: ExpanderShape): string {
  const same = 'nodes[b] === left && nodes[b + 1] === right'
  const sameAtomically = 'Atomics.load(nodes, b) === left && Atomics.load(nodes, b + 1) === right'
  const claim = isShared
    ? `slot = Atomics.compareExchange(nodeTable, p, 0, key | nextNode)
      if (slot !== 0) continue`
    : 'nodeTable[p] = key | nextNode'
  return `function hashPair(left, right) {
  let h = Math.imul(left ^ 0x2545f491, ${0x9e3779b1 | 0})
  h = Math.imul(h ^ h >>> 15 ^ right, ${0x85ebca6b | 0})
  h = Math.imul(h ^ h >>> 16, 0x21f0aaad)
  ${lastMix(hasWeakHash)}
  return h
}
// The number of the node with these children, whose hash belongs to slot \`p\`; enters it if it is new.
function nodeAt(left, right, h, place) {
  const key = h << nodeBits
  let p = place, slot = nodeTable[p]
  for (;;) {
    if (slot === 0) {
      if (nextNode === nodeEnd) claimNodes()
      nodes[nextNode * 2] = left
      nodes[nextNode * 2 + 1] = right
      ${claim}
      nextNode++
      return nextNode - 1
    }
    if ((slot ^ key) >>> nodeBits === 0) {
      const node = slot & nodeMask, b = node * 2
      if ((${same})${isShared ? ` || (${sameAtomically})` : ''}) return node
    }
    ${nextSlot('place', 'nodeSlots').join('\n    ')}
    slot = nodeTable[p]
  }
}
function nodeOf(left, right) {
  const h = hashPair(left, right)
  return nodeAt(left, right, h, ${placeOfPair})
}
// The same, but -1 if there is none.
function findNode(left, right) {
  const h = hashPair(left, right), key = h << nodeBits
  const place = ${placeOfPair}
  let p = place
  for (;;) {
    const slot = nodeTable[p]
    if (slot === 0) return -1
    const node = slot & nodeMask
    if ((slot ^ key) >>> nodeBits === 0 && nodes[node * 2] === left && nodes[node * 2 + 1] === right) return node
    ${nextSlot('place', 'nodeSlots').join('\n    ')}
  }
}`
}

const nodeTable = `function resizeNodes(slots, multiple, shift, bits) {
  nodeSlots = slots
  nodeMultiple = multiple
  nodeShift = shift
  nodeBits = bits
  nodeMask = (1 << bits) - 1 | 0
}
function setNodes(from, end) {
  nextNode = from
  nodeEnd = end
}
function numberOfNext() { return nextNode }
function endOfNodes() { return nodeEnd }
// Enters the nodes from … to-1 into a table that was cleared.
function enterNodes(from, to) {
  for (let node = from; node < to; node++) {
    const h = hashPair(nodes[node * 2], nodes[node * 2 + 1])
    const place = ${placeOfPair}
    let p = place
    while (nodeTable[p] !== 0) {
      ${nextSlot('place', 'nodeSlots').join('\n      ')}
    }
    nodeTable[p] = (h << nodeBits) | node
  }
}`

function emitUnfold(stateWords: number): string {
  const { nodes, root } = treeOf(stateWords)
  /** Words to an array from `at` on, and the numbers of nodes. */
  const unfoldTo = (array: string): readonly string[] => {
    const to = (child: string, value: string): string =>
      child.startsWith('w') ? `${array}[at + ${child.slice(1)}] = ${value}` : `const ${child} = ${value}`
    const children = nodes.flatMap(([left, right], n) => [
      to(right, `pairs[n${n} * 2 + 1]`),
      to(left, `pairs[n${n} * 2]`),
    ])
    return [to(root[0], 'arena[row]'), to(root[1], 'arena[row + 1]'), ...children.reverse()]
  }
  const keep = nodes.map((_, n) => `known[m + ${n}] = n${n}`)
  return `// Unfolds a state to \`unfolded\`.
function unfold(index) {
  const arena = states, pairs = nodes, row = index * ${rowWords}, at = 0
  ${unfoldTo('unfolded').join('\n  ')}
}
// Puts the states first … first+count-1 where the kernel expands them, from place k on, and keeps the numbers of their nodes.
function load(first, count, k) {
  const arena = states, pairs = nodes, loaded = sources, known = sourceNumbers
  for (let i = 0; i < count; i++) {
    const row = (first + i) * ${rowWords}, at = (k + i) * ${stateWords}, m = (k + i) * ${nodeCountOf(stateWords)}
    ${[...unfoldTo('loaded'), ...keep].join('\n    ')}
  }
}
// Also notes what each successor was made from.
function expandGroup(from, to, slot) {
  const end = expandBatch(from, to, slot)
  let n = slot
  for (let k = from; k < end; k++) for (; n < ends[k]; n++) sourceOf[n] = k
  return end
}`
}

type Child = 'word' | 'node'

const childOf = (child: string): Child => (child.startsWith('w') ? 'word' : 'node')

function emitRows(stateWords: number): string {
  const { nodes, root } = treeOf(stateWords)
  const count = nodeCountOf(stateWords)
  const of = (child: string): string =>
    child.startsWith('w') ? `out[i * ${stateWords} + ${child.slice(1)}]` : `numbers[i * ${count} + ${child.slice(1)}]`
  const zero = (child: string): string => (child.startsWith('w') ? '0' : `sourceNumbers[${child.slice(1)}]`)
  const kinds = new Map(nodes.map(([left, right]) => [foldName(left, right), [childOf(left), childOf(right)] as const]))
  return `${[...kinds].map(([name, [left, right]]) => emitFoldNode(name, left, right, stateWords)).join('\n')}
// Folds the first n states of \`out\`.
function foldBatch(n) {
${nodes.map(([left, right], n) => `  ${foldName(left, right)}(n, ${n}, ${left.slice(1)}, ${right.slice(1)})`).join('\n')}
  for (let i = 0; i < n; i++) {
    rows[i * ${rowWords}] = ${of(root[0])}
    rows[i * ${rowWords} + 1] = ${of(root[1])}
  }
}
${emitFindRow('Asked', '', (w) => `asked[${w}]`, '0', stateWords)}
${emitFindRow('Out', 'i', (w) => `out[i * ${stateWords} + ${w}]`, 'i', stateWords)}
// As if the first state were made from one of zeros.
function foldZeros() {
  for (let w = 0; w < ${stateWords}; w++) sources[w] = 0
${nodes.map(([left, right], n) => `  sourceNumbers[${n}] = nodeOf(${zero(left)}, ${zero(right)})`).join('\n')}
}
// Folds the first n states of \`out\` to rows from index \`to\` of the arena on, as if they were made from the first state.
function foldStates(n, to) {
  for (let i = 0; i < n; i++) sourceOf[i] = 0
  foldBatch(n)
  const from = to * ${rowWords}
  for (let i = 0; i < n * ${rowWords}; i++) states[from + i] = rows[i]
}`
}

const foldName = (left: string, right: string): string =>
  `fold${[left, right].map((child) => (childOf(child) === 'word' ? 'Word' : 'Node')).join('')}`

/** For children that are words, or nodes. */
function emitFoldNode(name: string, left: Child, right: Child, stateWords: number): string {
  const count = nodeCountOf(stateWords)
  const placesOf = (child: Child) =>
    child === 'word'
      ? { own: 'out', source: 'sources', stride: stateWords }
      : { own: 'numbers', source: 'sourceNumbers', stride: count }
  const [lefts, rights] = [placesOf(left), placesOf(right)]
  return `// Numbers node \`node\` of the first n successors: as in their sources, or by looking up their children, all at once.
function ${name}(n, node, leftAt, rightAt) {
  const source = sourceOf, number = numbers, known = sourceNumbers, which = changedOnes, hashOf = changedHashes
  const placeOf = changedPlaces, leftOf = changedLefts, rightOf = changedRights
  const lefts = ${lefts.own}, leftSources = ${lefts.source}, rights = ${rights.own}, rightSources = ${rights.source}
  const multiple = nodeMultiple, shift = nodeShift, bits = nodeBits, mask = nodeMask, slots = nodeTable, pairs = nodes
  let m = 0
  for (let i = 0; i < n; i++) {
    const s = source[i], left = lefts[i * ${lefts.stride} + leftAt], right = rights[i * ${rights.stride} + rightAt]
    const differs = (left ^ leftSources[s * ${lefts.stride} + leftAt]) | (right ^ rightSources[s * ${rights.stride} + rightAt])
    number[i * ${count} + node] = known[s * ${count} + node]
    which[m] = i
    leftOf[m] = left
    rightOf[m] = right
    m += (differs | (0 - differs)) >>> 31
  }
  for (let k = 0; k < m; k++) {
    const h = hashPair(leftOf[k], rightOf[k])
    hashOf[k] = h
    placeOf[k] = ${placeOfHash('multiple', 'shift')}
  }
  let touched = 0
  for (let k = 0; k < m; k++) touched ^= slots[placeOf[k]]
  for (let k = 0; k < m; k++) {
    const slot = slots[placeOf[k]], isTagged = (((slot ^ (hashOf[k] << bits)) >>> bits) - 1) >> 31
    touched ^= pairs[(slot & mask & isTagged) * 2]
  }
  warm = touched
  for (let k = 0; k < m; k++) number[which[k] * ${count} + node] = nodeAt(leftOf[k], rightOf[k], hashOf[k], placeOf[k])
}`
}

function emitFindRow(
  name: string,
  parameter: string,
  wordAt: (w: number) => string,
  row: string,
  stateWords: number,
): string {
  const { nodes, root } = treeOf(stateWords)
  const words = Array.from({ length: stateWords }, (_, w) => `w${w} = ${wordAt(w)}`)
  const finds = nodes.map(([left, right], n) => `  const n${n} = findNode(${left}, ${right})`)
  return `// Puts the row of a state at place \`${row}\`. Of one with a pair that nobody has entered, a row that no state has.
function findRowOf${name}(${parameter}) {
  const ${words.join(', ')}
${finds.join('\n')}
  rows[${row} * ${rowWords}] = (${nodes.map((_, n) => `n${n}`).join(' | ')}) < 0 ? -1 : ${root[0]}
  rows[${row} * ${rowWords} + 1] = ${root[1]}
}`
}
