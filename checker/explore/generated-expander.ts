/**
 * The generated code of a thread's inner loop, with what it asks for: room for states, for transitions, for nodes.
 */

import type { Kernel } from '../compile/compiled-model.ts'
import { nodeBlock, word } from './control.ts'
import { emitExpander } from './emit-expander.ts'
import type { ThreadInput } from './expander.ts'
import type { ExpanderShape } from './expander-shape.ts'
import { levelBlocks } from './level-blocks.ts'
import { creditOf, segmentWords, tableShape } from './store.ts'

export interface GeneratedExpander {
  expand(from: number, to: number): number
  insertInitial(count: number): void
  find(words: Int32Array, at: number): number
  transitionsOf(list: Int32Array, from: number, to: number, counts: Int32Array, targets: Int32Array, at: number): number
  move(from: number, to: number, count: number): void
  rehash(from: number, to: number, low: number, high: number): void
  rehashElsewhere(arena: Int32Array, table: Int32Array, to: number): void
  settle(): void
  resize(slots: number, multiple: number, shift: number, indexBits: number): void
  setBlock(from: number, end: number, levelStart: number): void
  setRecording(isRecording: boolean): void
  setSegment(from: number, end: number): void
  next(): number
  blockEnd(): number
  /** Only those that fold. */
  readonly folding?: Folding
}

export interface Folding {
  foldZeros(): void
  /** Folds the first `count` successors and puts the rows at index `to` of the arena. */
  fold(count: number, to: number): void
  unfold(first: number, count: number, words: Int32Array, numbers: Int32Array, k: number): void
  enterNodes(from: number, to: number): void
  resizeNodes(slots: number, multiple: number, shift: number, bits: number): void
  setNodes(from: number, end: number): void
  nextNode(): number
  nodeEnd(): number
}

/** Makes the code for states as they are, or for folded ones. What was made last gets what is asked for. */
export function createGenerator(input: ThreadInput, kernel: Kernel): (isFolded: boolean) => GeneratedExpander {
  const { store } = input
  let generated: GeneratedExpander | null = null
  const parts = {
    kernel,
    states: new Int32Array(store.states),
    table: new Int32Array(store.table),
    credit: creditOf(store),
    actionOf: input.actionOf,
    edgePlaces: store.edges === null ? null : new Int32Array(store.edges.places),
    nodes: store.nodes === null ? null : new Int32Array(store.nodes.pairs),
    nodeTable: store.nodes === null ? null : new Int32Array(store.nodes.table),
    ...claimsOf(input, () => generated),
  }
  return (isFolded) => {
    const made: GeneratedExpander = new Function('parts', emitExpander({ ...shapeOf(input), isFolded }))(parts)
    generated = made
    return made
  }
}

function claimsOf({ control: buffers, store, worker }: ThreadInput, generated: () => GeneratedExpander | null) {
  const control = new Int32Array(buffers.control)
  const level = levelBlocks(buffers, worker)
  return {
    claimBlock: (): void => {
      const size = Atomics.load(control, word.block)
      const from = Atomics.add(control, word.reserved, size)
      level.own(from)
      // Always written: code that first runs when the table is full would be new to the optimiser, which throws all away then.
      Atomics.or(control, word.pause, from + size >= Atomics.load(control, word.growAt) ? 1 : 0)
      generated()?.setBlock(from, from + size, Atomics.load(control, word.levelStart))
    },
    /** Takes the next segment of the arena for transitions; false when there is none, and then nobody records any more. */
    claimSegment: (): boolean => {
      const segment = Atomics.add(control, word.segments, 1)
      const hasRoom = segment < (store.edges?.segments ?? 0)
      const from = (store.edges?.from ?? 0) + segment * segmentWords
      if (hasRoom) generated()?.setSegment(from, from + segmentWords)
      else Atomics.store(control, word.records, 0)
      generated()?.setRecording(hasRoom)
      return hasRoom
    },
    claimNodes: (): void => {
      const from = Atomics.add(control, word.nodesReserved, nodeBlock)
      if (from + nodeBlock >= Atomics.load(control, word.nodesGrowAt)) Atomics.store(control, word.pause, 1)
      generated()?.folding?.setNodes(from, from + nodeBlock)
    },
  }
}

function shapeOf({ compiled, store, workers, hasWeakHash }: ThreadInput): Omit<ExpanderShape, 'isFolded'> {
  return {
    stateWords: compiled.stateWords,
    isShared: workers > 1,
    hasWeakHash,
    records: store.edges !== null,
    instanceBits: store.edges?.instanceBits ?? 0,
    isReduced: compiled.isReduced,
  }
}

/** Tells the code the shape of a table of this class. */
export function setShape(resize: GeneratedExpander['resize'], tableClass: number): void {
  const { slots, multiple, shift, indexBits } = tableShape(tableClass)
  resize(slots, multiple, shift, indexBits)
}
