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

import { sourceSlots } from '../compile/kernel-arrays.ts'
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

export function treeOf(stateWords: number): Tree {
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
export function emitFoldState({ stateWords }: ExpanderShape): string {
  return `const { nodes, nodeTable, claimNodes } = parts
// The numbers of the nodes of the states that are expanded in this batch; at first of one of zeros.
const sourceNumbers = new Int32Array(${sourceSlots * nodeCountOf(stateWords)})
// For each successor the state that it was made from, the numbers of its nodes, and its row.
const sourceOf = new Int32Array(tags.length), numbers = new Int32Array(tags.length * ${nodeCountOf(stateWords)})
const rows = new Int32Array(tags.length * ${rowWords})
// Of the successors of which a node has changed: which they are, the node's children, its hash and slot.
const changedOnes = new Int32Array(tags.length), changedLefts = new Int32Array(tags.length), changedRights = new Int32Array(tags.length)
const changedHashes = new Int32Array(tags.length), changedPlaces = new Int32Array(tags.length)
let nodeBits = 0, nodeMask = 0, nodeMultiple = 0, nodeShift = 0, nodeSlots = 0, nextNode = 0, nodeEnd = 0`
}

export function emitFold(shape: ExpanderShape): string {
  return [emitNodes(shape), emitUnfold(shape.stateWords), emitRows(shape.stateWords)].join('\n\n')
}

function emitNodes({ isShared, hasWeakHash }: ExpanderShape): string {
  const same = 'nodes[b] === left && nodes[b + 1] === right'
  const sameAtomically = 'Atomics.load(nodes, b) === left && Atomics.load(nodes, b + 1) === right'
  const claim = isShared
    ? `slot = Atomics.compareExchange(nodeTable, p, 0, key | nextNode)
      if (slot !== 0) continue`
    : 'nodeTable[p] = key | nextNode'
  const weak = hasWeakHash ? 'h = Math.imul(h & 0xff, 0x01010101)' : 'h ^= h >>> 13'
  return `function hashPair(left, right) {
  let h = Math.imul(left ^ 0x2545f491, ${0x9e3779b1 | 0})
  h = Math.imul(h ^ h >>> 15 ^ right, ${0x85ebca6b | 0})
  h = Math.imul(h ^ h >>> 16, 0x21f0aaad)
  ${weak}
  return h
}
// The number of the node with these children, whose hash belongs to slot \`p\`; enters it if it is new.
function nodeAt(left, right, h, p) {
  const key = h << nodeBits
  let slot = nodeTable[p]
  for (;;) {
    if (slot === 0) {
      if (nextNode === nodeEnd) claimNodes()
      nodes[nextNode * 2] = left
      nodes[nextNode * 2 + 1] = right
      ${claim}
      return nextNode++
    }
    if ((slot ^ key) >>> nodeBits === 0) {
      const node = slot & nodeMask, b = node * 2
      if ((${same})${isShared ? ` || (${sameAtomically})` : ''}) return node
    }
    p = p + 1 === nodeSlots ? 0 : p + 1
    slot = nodeTable[p]
  }
}
function nodeOf(left, right) {
  const h = hashPair(left, right)
  return nodeAt(left, right, h, Math.imul(h >>> 3, nodeMultiple) >>> nodeShift)
}
// The same, but -1 if there is none.
function findNode(left, right) {
  const h = hashPair(left, right), key = h << nodeBits
  for (let p = Math.imul(h >>> 3, nodeMultiple) >>> nodeShift; ; p = p + 1 === nodeSlots ? 0 : p + 1) {
    const slot = nodeTable[p]
    if (slot === 0) return -1
    const node = slot & nodeMask
    if ((slot ^ key) >>> nodeBits === 0 && nodes[node * 2] === left && nodes[node * 2 + 1] === right) return node
  }
}
function resizeNodes(slots, multiple, shift, bits) {
  nodeSlots = slots
  nodeMultiple = multiple
  nodeShift = shift
  nodeBits = bits
  nodeMask = (2 ** bits - 1) | 0
}
// Enters the nodes from … to-1 into a table that was cleared.
function enterNodes(from, to) {
  for (let node = from; node < to; node++) {
    const h = hashPair(nodes[node * 2], nodes[node * 2 + 1])
    let p = Math.imul(h >>> 3, nodeMultiple) >>> nodeShift
    while (nodeTable[p] !== 0) p = p + 1 === nodeSlots ? 0 : p + 1
    nodeTable[p] = (h << nodeBits) | node
  }
}`
}

function emitUnfold(stateWords: number): string {
  const { nodes, root } = treeOf(stateWords)
  const to = (child: string, value: string): string =>
    child.startsWith('w') ? `    words[at + ${child.slice(1)}] = ${value}` : `    const ${child} = ${value}`
  const children = nodes.flatMap(([left, right], n) => [
    to(right, `pairs[n${n} * 2 + 1]`),
    to(left, `pairs[n${n} * 2]`),
  ])
  const keep = nodes.map((_, n) => `    numbers[m + ${n}] = n${n}`)
  return `// Unfolds the states first … first+count-1, and keeps the numbers of their nodes: both from place k on.
function unfold(first, count, words, numbers, k) {
  const arena = states, pairs = nodes
  for (let i = 0; i < count; i++) {
    const row = (first + i) * ${rowWords}, at = (k + i) * ${stateWords}, m = (k + i) * ${nodeCountOf(stateWords)}
${[to(root[0], 'arena[row]'), to(root[1], 'arena[row + 1]'), ...children.reverse(), ...keep].join('\n')}
  }
}
function load(first, count, k) {
  unfold(first, count, sources, sourceNumbers, k)
}
// Also notes what each successor was made from.
function expandGroup(from, to, slot) {
  const end = expandBatch(from, to, slot)
  for (let k = from, n = slot; k < end; k++) for (; n < ends[k]; n++) sourceOf[n] = k
  return end
}`
}

function emitRows(stateWords: number): string {
  const { nodes, root } = treeOf(stateWords)
  const words = Array.from({ length: stateWords }, (_, w) => w)
  const count = nodeCountOf(stateWords)
  /** Where a child of a successor is, where that of its source is, their stride and offset. */
  const place = (child: string): string =>
    child.startsWith('w')
      ? `out, sources, ${stateWords}, ${child.slice(1)}`
      : `numbers, sourceNumbers, ${count}, ${child.slice(1)}`
  const of = (child: string): string =>
    child.startsWith('w') ? `out[i * ${stateWords} + ${child.slice(1)}]` : `numbers[i * ${count} + ${child.slice(1)}]`
  const finds = nodes.map(([left, right], n) => `  const n${n} = findNode(${left}, ${right})`)
  const zero = (child: string): string => (child.startsWith('w') ? '0' : `sourceNumbers[${child.slice(1)}]`)
  return `// Folds the first n states of \`out\`.
function foldBatch(n) {
${nodes.map(([left, right], n) => `  foldNode(n, ${n}, ${place(left)}, ${place(right)})`).join('\n')}
  for (let i = 0; i < n; i++) {
    rows[i * ${rowWords}] = ${of(root[0])}
    rows[i * ${rowWords} + 1] = ${of(root[1])}
  }
}
// Numbers node \`node\` of the first n successors: as in their sources, or by looking up their children, all at once.
function foldNode(n, node, lefts, leftSources, leftStride, leftAt, rights, rightSources, rightStride, rightAt) {
  const source = sourceOf, number = numbers, known = sourceNumbers, which = changedOnes, hashOf = changedHashes
  const placeOf = changedPlaces, leftOf = changedLefts, rightOf = changedRights
  const multiple = nodeMultiple, shift = nodeShift, bits = nodeBits, mask = nodeMask, slots = nodeTable, pairs = nodes
  let m = 0
  for (let i = 0; i < n; i++) {
    const s = source[i], left = lefts[i * leftStride + leftAt], right = rights[i * rightStride + rightAt]
    const differs = (left ^ leftSources[s * leftStride + leftAt]) | (right ^ rightSources[s * rightStride + rightAt])
    number[i * ${count} + node] = known[s * ${count} + node]
    which[m] = i
    leftOf[m] = left
    rightOf[m] = right
    m += (differs | (0 - differs)) >>> 31
  }
  for (let k = 0; k < m; k++) {
    const h = hashPair(leftOf[k], rightOf[k])
    hashOf[k] = h
    placeOf[k] = Math.imul(h >>> 3, multiple) >>> shift
  }
  let touched = 0
  for (let k = 0; k < m; k++) touched ^= slots[placeOf[k]]
  for (let k = 0; k < m; k++) {
    const slot = slots[placeOf[k]], isTagged = (((slot ^ (hashOf[k] << bits)) >>> bits) - 1) >> 31
    touched ^= pairs[(slot & mask & isTagged) * 2]
  }
  warm = touched
  for (let k = 0; k < m; k++) number[which[k] * ${count} + node] = nodeAt(leftOf[k], rightOf[k], hashOf[k], placeOf[k])
}
// Puts the row of the state at a[at…] at place i. Of a state with a pair that nobody has entered, a row that no state has.
function findRow(a, at, i) {
  const ${words.map((w) => `w${w} = a[at + ${w}]`).join(', ')}
${finds.join('\n')}
  rows[i * ${rowWords}] = (${nodes.map((_, n) => `n${n}`).join(' | ')}) < 0 ? -1 : ${root[0]}
  rows[i * ${rowWords} + 1] = ${root[1]}
}
// As if the first state were made from one of zeros.
function foldZeros() {
  sources.fill(0, 0, ${stateWords})
${nodes.map(([left, right], n) => `  sourceNumbers[${n}] = nodeOf(${zero(left)}, ${zero(right)})`).join('\n')}
}`
}
