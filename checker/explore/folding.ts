/**
 * The leader's part in folding long states (emit-fold.ts): when it begins, whether it pays, and the table of nodes, which grows.
 *
 * States are folded all at once while no thread works, in place: a row is shorter than its state, so none overwrites what is still to
 * be read, and none the other way round when it turns out that folding saves too little.
 */

import type { CompiledModel } from '../compile/compiled-model.ts'
import { batchSize } from '../compile/kernel-arrays.ts'
import { firstNode, nodeBlock, word } from './control.ts'
import { nodeCountOf } from './emit-fold.ts'
import type { Expander } from './expander.ts'
import { rowWords } from './expander-shape.ts'
import type { ExploreOptions } from './exploration.ts'
import type { Stores } from './reserve-stores.ts'
import { forgetReserved, reservedNodes } from './reserved.ts'
import { arraysOf, nodeBytes } from './store.ts'
import { grownClass, nodeClassFor, tableShape } from './table-shape.ts'

/** Folding must save a quarter; of a part of the states, from this share on, too. */
const foldShare = 0.75
const leastSample = 0.25
const sampleStep = 2 ** 16
/** Where it does not pay, it is tried again with so many times as many states. */
const patience = 8

export interface Folding {
  isFolded(): boolean
  /** Words of the arena that were touched before states were folded. */
  touchedWords(): number
  /** Bytes of the nodes: now, and before their table grows. */
  bytes(): number
  bytesAtGrowth(): number
  /** Folds all states if there are enough, or if memory is short, and if it pays; says whether it did. The visited set must be entered again. */
  fold(isShort: boolean): boolean
  /** Enlarges the table of nodes where it is full; false when the budget forbids it. */
  grow(): boolean
}

interface FoldingInput {
  readonly compiled: CompiledModel
  readonly stores: Stores
  readonly control: Int32Array
  readonly blocks: Int32Array
  readonly options: Pick<ExploreOptions, 'workers' | 'foldBytes'>
  readonly expander: Expander
  /** Successors that one thread may make after somebody asked for a pause. */
  readonly workerMargin: number
}

export function createFolding({
  compiled,
  stores,
  control,
  blocks,
  options,
  expander,
  workerMargin,
}: FoldingInput): Folding {
  const width = compiled.stateWords
  const margin = ((workerMargin + 1) * nodeCountOf(width) + 2 * nodeBlock) * options.workers
  const largestClass = (): number => stores.present.nodes?.maxTableClass ?? 0
  let foldAt = options.foldBytes / (width * 4)
  let touchedWords = 0

  const isFolded = (): boolean => Atomics.load(control, word.folded) === 1
  const nodeCount = (): number => Atomics.load(control, word.nodesReserved)
  const nodeClass = (): number => Atomics.load(control, word.nodeClass)

  const setClass = (wanted: number): void => {
    Atomics.store(control, word.nodeClass, wanted)
    const limit = Math.min(tableShape(wanted).limit, stores.present.nodes?.capacity ?? 0)
    Atomics.store(control, word.nodesGrowAt, limit - margin)
    expander.follow()
  }

  const clear = (): void => {
    arraysOf(stores.present).nodeTable.fill(0, 0, tableShape(nodeClass()).slots)
  }

  const grow = (): boolean => {
    const reserved = nodeCount()
    if (!isFolded() || reserved < Atomics.load(control, word.nodesGrowAt)) return true
    const wanted = Math.min(grownClass(nodeClass(), reserved + 2 * margin), largestClass())
    if (wanted <= nodeClass()) return false
    clear()
    setClass(wanted)
    expander.enterNodes(reserved)
    return true
  }

  /** Whether so many states, folded, and their nodes take clearly less than the states alone. */
  const pays = (states: number): boolean =>
    foldAt === 0 ||
    states * rowWords * 4 + nodeBytes(nodeCount(), nodeClassFor(nodeCount())) < states * width * 4 * foldShare

  /** Folds the first states; returns how many, as soon as it is clear that it would not pay to fold all. */
  const foldFirst = (total: number): number => {
    for (let end = 0; end < total; ) {
      const count = Math.min(batchSize, total - end)
      expander.fold(end, count)
      end += count
      const isSample = end % sampleStep === 0 && end >= total * leastSample
      if (!grow() || (isSample && !pays(end))) return end
    }
    return total
  }

  const unfoldFirst = (count: number): void => {
    for (let last = count; last > 0; ) {
      const first = Math.floor((last - 1) / batchSize) * batchSize
      expander.unfold(first, last - first)
      last = first
    }
    clear()
    Atomics.store(control, word.folded, 0)
    forgetReserved(blocks, reservedNodes)
    expander.follow()
  }

  return {
    isFolded,
    touchedWords: () => touchedWords,
    bytes: () => (isFolded() ? nodeBytes(nodeCount(), nodeClass()) : 0),
    bytesAtGrowth: () => nodeBytes(tableShape(nodeClass()).limit, nodeClass()),
    grow,
    fold: (isShort) => {
      const reserved = Atomics.load(control, word.reserved)
      const { nodes } = stores.present
      const hasRoom = nodes !== null && 2 * margin <= nodes.capacity
      if (isFolded() || !hasRoom || (reserved < foldAt && !isShort)) return false
      Atomics.store(control, word.folded, 1)
      Atomics.store(control, word.nodesReserved, firstNode)
      setClass(nodeClassFor(2 * margin))
      const count = foldFirst(reserved)
      if (count === reserved && pays(reserved)) {
        touchedWords = reserved * width
        return true
      }
      unfoldFirst(count)
      foldAt = reserved * patience
      return false
    },
  }
}
