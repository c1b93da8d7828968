/**
 * The generated code of a thread's inner loop, with what it asks for: room for states, for transitions, for nodes.
 */

import type { Kernel } from '../compile/compiled-model.ts'
import type { TransitionSource } from '../liveness/state-graph.ts'
import type { Running } from '../machine/machine.ts'
import { nodeBlock, word } from './control.ts'
import type { ThreadInput } from './expander.ts'
import { type Claims, type Engine, startEngine } from './expander-program.ts'
import type { ExpanderShape } from './expander-shape.ts'
import { blockOwner } from './level-blocks.ts'
import { lacksSegments, segmentWords } from './store.ts'
import { tableShape } from './table-shape.ts'

export interface GeneratedExpander {
  /** Int32Array, [actions]: see emit-expander.ts. */
  readonly credited: Int32Array
  expand(from: number, to: number): number
  insertInitial(count: number): void
  find(words: Int32Array, at: number): number
  /** Requires that nobody inserts, and of states that they were expanded. */
  readonly source: TransitionSource
  move(from: number, to: number, count: number): void
  rehash(from: number, to: number): void
  resize(slots: number, multiple: number, shift: number, indexBits: number): void
  setBlock(from: number, end: number, levelStart: number): void
  setRecording(isRecording: boolean): void
  setSegment(from: number, end: number): void
  next(): number
  blockEnd(): number
  /** Only those that fold. */
  readonly folding?: FoldingCode
}

/** What it offers besides where states are folded (emit-fold.ts). */
export interface FoldingCode {
  foldZeros(): void
  /** Folds the first `count` successors and puts the rows at index `to` of the arena. */
  fold(count: number, to: number): void
  /** Puts the states first … first+count-1 into the places of the kernel. */
  load(first: number, count: number): void
  /** The words of a state, valid until the next call. */
  unfold(index: number): Int32Array
  enterNodes(from: number, to: number): void
  resizeNodes(slots: number, multiple: number, shift: number, bits: number): void
  setNodes(from: number, end: number): void
  nextNode(): number
  nodeEnd(): number
}

export interface Generator {
  readonly kernel: Kernel
  /** Makes the code for states as they are, or for folded ones. What was made last gets what is asked for. */
  generate(isFolded: boolean): GeneratedExpander
}

export function createGenerator(input: ThreadInput): Generator {
  const { compiled, machine, ownBytes, stores, worker } = input
  const engine = startEngine(compiled, stores.present, worker * ownBytes)
  let generated: GeneratedExpander | null = null
  return {
    kernel: engine.kernel,
    generate: (isFolded) => {
      const shape = { ...input.shape, isFolded }
      generated = start(input, engine, shape, isFolded ? null : machine, () => generated)
      return generated
    },
  }
}

function start(
  input: ThreadInput,
  engine: Engine,
  shape: ExpanderShape,
  machine: ThreadInput['machine'],
  generated: () => GeneratedExpander | null,
): GeneratedExpander {
  const claims = claimsOf(input, generated)
  const running = engine.run(shape, machine, claims)
  const call = running.function
  const array = (name: string): Int32Array => running.array(name) as Int32Array
  const asked = array('asked')
  const [find, setRecording] = [call('find'), call('setRecording')]
  array('actionOf').set(input.compiled.actionOf)
  return {
    credited: array('credited'),
    expand: call('expand'),
    insertInitial: call('insertBatch'),
    find: (words, at) => {
      for (let w = 0; w < asked.length; w++) asked[w] = words[at + w] as number
      return find()
    },
    source: {
      listed: array('listed'),
      counted: array('counted'),
      told: array('told'),
      indexOf: array('indexOf'),
      tags: engine.kernel.tags,
      propositions: input.compiled.propositions,
      transitionsOf: call('transitionsOf'),
      tell: call('tell'),
    },
    move: call('move'),
    rehash: call('rehash'),
    resize: call('resize'),
    setBlock: call('setBlock'),
    setRecording: (isRecording) => setRecording(isRecording ? 1 : 0),
    setSegment: call('setSegment'),
    next: call('nextIndex'),
    blockEnd: call('endOfBlock'),
    ...(shape.isFolded ? { folding: foldingOf(running) } : {}),
  }
}

function foldingOf({ function: call, array }: Running): FoldingCode {
  const unfolded = array('unfolded') as Int32Array
  const [load, unfold] = [call('load'), call('unfold')]
  return {
    foldZeros: call('foldZeros'),
    fold: call('foldStates'),
    load: (first, count) => {
      load(first, count, 0)
    },
    unfold: (index) => {
      unfold(index)
      return unfolded
    },
    enterNodes: call('enterNodes'),
    resizeNodes: call('resizeNodes'),
    setNodes: call('setNodes'),
    nextNode: call('numberOfNext'),
    nodeEnd: call('endOfNodes'),
  }
}

function claimsOf(
  { control: buffers, stores, worker, workers }: ThreadInput,
  generated: () => GeneratedExpander | null,
): Claims {
  const control = new Int32Array(buffers.control)
  const own = blockOwner(buffers, worker)
  return {
    claimBlock: () => {
      const size = Atomics.load(control, word.block)
      const from = Atomics.add(control, word.reserved, size)
      own(from)
      if (from + size >= Atomics.load(control, word.growAt)) Atomics.store(control, word.pause, 1)
      generated()?.setBlock(from, from + size, Atomics.load(control, word.levelStart))
    },
    /** Takes the next segment of the arena for transitions; false when there is none, and then nobody records any more. */
    claimSegment: () => {
      const segment = Atomics.add(control, word.segments, 1)
      const { edges } = stores.present
      const hasRoom = segment < (edges?.segments ?? 0)
      if (stores.later !== null && lacksSegments(stores.present, segment + 1, workers))
        Atomics.store(control, word.pause, 1)
      const from = (edges?.from ?? 0) + segment * segmentWords
      if (hasRoom) generated()?.setSegment(from, from + segmentWords)
      else Atomics.store(control, word.records, 0)
      generated()?.setRecording(hasRoom)
      return hasRoom
    },
    claimNodes: () => {
      const from = Atomics.add(control, word.nodesReserved, nodeBlock)
      if (from + nodeBlock >= Atomics.load(control, word.nodesGrowAt)) Atomics.store(control, word.pause, 1)
      generated()?.folding?.setNodes(from, from + nodeBlock)
    },
  }
}

/** Tells the code the shape of a table of this class. */
export function setShape(resize: GeneratedExpander['resize'], tableClass: number): void {
  const { slots, multiple, shift, indexBits } = tableShape(tableClass)
  resize(slots, multiple, shift, indexBits)
}
