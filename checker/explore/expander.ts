/**
 * One thread's part of the search: takes blocks of the level (level-blocks.ts), expands them, and
 * reserves room for what it finds. The same code runs on the leader and on every worker.
 */

import type { CompiledModel, Kernel } from '../compile/compiled-model.ts'
import type { Machine } from '../machine/machine.ts'
import { collectBuffers } from './collect.ts'
import { type ControlBuffers, command, firstNode, word, workerWord } from './control.ts'
import type { ExpanderShape } from './expander-shape.ts'
import { createGenerator, type GeneratedExpander, setShape } from './generated-expander.ts'
import { levelBlocks } from './level-blocks.ts'
import type { Stores } from './reserve-stores.ts'
import { filledAround, holesIn, isSome, type Range, reservedNodes, reservedStates } from './reserved.ts'
import { createReader, type StateReader } from './state-reader.ts'
import { arraysOf } from './store.ts'
import { tableShape } from './table-shape.ts'

/** Everything a thread needs, as one message. */
export interface ThreadInput {
  readonly compiled: CompiledModel
  readonly stores: Stores
  readonly control: ControlBuffers
  readonly worker: number
  readonly workers: number
  readonly shape: Omit<ExpanderShape, 'isFolded'>
  /** The program for states that are not folded, if the first store is near, and what each thread needs of it for itself. */
  readonly machine: Machine | null
  readonly ownBytes: number
}

export interface Expander {
  /** Another one after states have moved to the later store. */
  readonly kernel: Kernel
  readonly states: StateReader
  /** Works on what the leader has published until it is exhausted, a pause is asked for, or `deadline` (performance.now, ms) passes; true if it only ran out of time. */
  work(deadline: number): boolean
  /** Index of the state at words[at…], or -1. Requires that nobody inserts. */
  find(words: Int32Array, at: number): number
  /** Requires the same; another one after states have moved, or were folded. */
  readonly source: GeneratedExpander['source']
  /** Moves `count` states of the newest level, with their credits, from one index to a lower one. Requires that nobody inserts. */
  move(from: number, to: number, count: number): void
  /** Reads the level from the control block, and forgets the reserved block. */
  beginLevel(): void
  /** Reads from the control block the sizes of the tables, whether states are folded, and where they are. */
  follow(): void
  /** Lets the system commit the pages of the table in use. */
  commitTable(): void
  /** Of the states first … first+count-1, few enough for the kernel: their words in the arena become rows. In ascending order. */
  fold(first: number, count: number): void
  /** The reverse, in descending order. */
  unfold(first: number, count: number): void
  /** Enters all nodes below `end` into the table, which was cleared. */
  enterNodes(end: number): void
}

/** How often a thread tells what it has counted while it works, in milliseconds: for those who watch. */
const tellMs = 100

export function createExpander(input: ThreadInput): Expander {
  const { compiled, stores, worker } = input
  const control = new Int32Array(input.control.control)
  const blocks = new Int32Array(input.control.blocks)
  let arrays = arraysOf(stores.present)
  let generator = createGenerator(input)
  let generated = generator.generate(false)
  const tell = tellerOf(input, () => [generator.kernel.counters, generator.kernel.lanes, generated.credited])
  const level = levelBlocks(input.control, worker)

  let from = 0
  let to = 0

  let toldAt = 0

  /** Takes a block of the level; false when none is left. */
  const claimBlock = (): boolean => {
    const range = level.claim()
    if (range === null) return false
    from = range[0]
    to = range[1]
    return true
  }

  const publishBlock = (): void => {
    const own = worker * workerWord.length
    Atomics.store(blocks, own + workerWord.next, generated.next())
    Atomics.store(blocks, own + workerWord.blockEnd, generated.blockEnd())
    if (generated.folding === undefined) return
    Atomics.store(blocks, own + workerWord.nextNode, generated.folding.nextNode())
    Atomics.store(blocks, own + workerWord.nodeEnd, generated.folding.nodeEnd())
  }

  const expandBlocks = (deadline: number): boolean => {
    generated.setRecording(Atomics.load(control, word.records) === 1)
    let isLate = false
    while (!isLate && Atomics.load(control, word.pause) === 0) {
      if (from >= to) {
        waitAtRandom(control)
        if (!claimBlock()) break
      }
      from = generated.expand(from, to)
      const now = performance.now()
      isLate = now > deadline
      if (now - toldAt <= tellMs) continue
      toldAt = now
      tell()
    }
    publishBlock()
    tell()
    return isLate
  }

  const follow = (): void => {
    const isMoving = Atomics.load(control, word.moved) === 1 && moveOn()
    const isFolded = Atomics.load(control, word.folded) === 1
    const isNew = isMoving || isFolded !== (generated.folding !== undefined)
    if (isNew) generateAnew(isFolded)
    setShape(generated.resize, Atomics.load(control, word.tableClass))
    if (generated.folding !== undefined) {
      setShape(generated.folding.resizeNodes, Atomics.load(control, word.nodeClass))
      if (isNew) generated.folding.foldZeros()
    }
    if (isNew) publishBlock()
    // What lay in the store that was left can go now.
    if (isMoving) collectBuffers()
  }

  /** False where this was done before. */
  const moveOn = (): boolean => {
    if (stores.later === null) return false
    stores.present = stores.later
    stores.later = null
    arrays = arraysOf(stores.present)
    generator = createGenerator(input)
    return true
  }

  /** What was reserved stays reserved. */
  const generateAnew = (isFolded: boolean): void => {
    const [next, blockEnd] = [generated.next(), generated.blockEnd()]
    const [nextNode, nodeEnd] = [generated.folding?.nextNode() ?? 0, generated.folding?.nodeEnd() ?? 0]
    generated = generator.generate(isFolded)
    generated.setBlock(next, blockEnd, Atomics.load(control, word.levelStart))
    generated.folding?.setNodes(nextNode, nodeEnd)
  }

  /** Enters the initial states, a batch at a time; they are distinct. */
  const enterBatches = (deadline: number): boolean => {
    const { initialStates, stateWords } = compiled
    const { kernel } = generator
    const most = kernel.tags.length
    const end = initialStates.length / stateWords
    kernel.tags.fill(0)
    let isLate = false
    while (!isLate) {
      waitAtRandom(control)
      const first = Atomics.add(control, word.entered, most)
      if (first >= end) break
      const batch = initialStates.subarray(first * stateWords, Math.min(first + most, end) * stateWords)
      kernel.successors.set(batch)
      generated.insertInitial(batch.length / stateWords)
      isLate = performance.now() > deadline
    }
    // No action has made them.
    generated.credited.fill(0)
    publishBlock()
    tell()
    return isLate
  }

  const work = (deadline: number): boolean => {
    const kind = Atomics.load(control, word.command)
    if (kind === command.expand) return expandBlocks(deadline)
    if (kind === command.enter) return enterBatches(deadline)
    if (kind === command.clear) clearShare(arrays.table, control, worker)
    else enterShare(generated, control, blocks, worker)
    return false
  }

  const beginLevel = (): void => {
    from = 0
    to = 0
    level.beginLevel()
    generated.setBlock(0, 0, Atomics.load(control, word.levelStart))
  }

  const fold = (first: number, count: number): void => {
    const width = compiled.stateWords
    generator.kernel.successors.set(arrays.states.subarray(first * width, (first + count) * width))
    generated.folding?.fold(count, first)
    publishBlock()
  }

  const unfold = (first: number, count: number): void => {
    const width = compiled.stateWords
    generated.folding?.load(first, count)
    arrays.states.set(generator.kernel.states.subarray(0, count * width), first * width)
  }

  const enterNodes = (end: number): void => {
    for (const [from, to] of filledAround(holesIn(blocks, reservedNodes), firstNode, end))
      generated.folding?.enterNodes(from, to)
  }

  return {
    get kernel() {
      return generator.kernel
    },
    states: createReader(
      () => arrays.states,
      compiled.stateWords,
      () => generated.folding ?? null,
    ),
    find: (words, at) => generated.find(words, at),
    get source() {
      return generated.source
    },
    move: (from, to, count) => generated.move(from, to, count),
    commitTable: () => commitTable(arrays.table, control),
    work,
    beginLevel,
    follow,
    fold,
    unfold,
    enterNodes,
  }
}

/** Adds what the generated code has counted to this thread's part of the shared counters, and begins anew. */
function tellerOf({ control, worker, workers }: ThreadInput, counted: () => readonly Int32Array[]): () => void {
  const shared = new Int32Array(control.counters)
  const own = worker * (shared.length / workers)
  return () => {
    let to = own
    for (const counts of counted()) {
      for (let c = 0; c < counts.length; c++) {
        const count = counts[c] as number
        if (count === 0) continue
        shared[to + c] = (shared[to + c] as number) + count
        counts[c] = 0
      }
      to += counts.length
    }
  }
}

/** Of so many, those that this thread takes. */
function shareOf(count: number, control: Int32Array, worker: number): Range {
  const takers = Atomics.load(control, word.takers)
  return [Math.floor((count * worker) / takers), Math.floor((count * (worker + 1)) / takers)]
}

/**
 * Clears this thread's part of the table. That commits its pages in order: committed at random, and by reading first, they took two threads three
 * times as long as one.
 */
function clearShare(table: Int32Array, control: Int32Array, worker: number): void {
  const { slots } = tableShape(Atomics.load(control, word.tableClass))
  table.fill(0, ...shareOf(slots, control, worker))
}

const pageWords = 1024

/** Writes to each page, in order, and changes nothing: a lookup reads a page first, at random, and each is then committed in two steps. */
function commitTable(table: Int32Array, control: Int32Array): void {
  const { slots } = tableShape(Atomics.load(control, word.tableClass))
  for (let slot = 0; slot < slots; slot += pageWords) Atomics.or(table, slot, 0)
}

/** Enters this thread's part of the states, leaving out the unfilled ends of all workers' blocks. */
function enterShare(generated: GeneratedExpander, control: Int32Array, blocks: Int32Array, worker: number): void {
  const end = Atomics.load(control, word.reserved)
  const [first, last] = shareOf(end, control, worker)
  for (const [from, to] of filledAround(holesIn(blocks, reservedStates), 0, end)) {
    const own: Range = [Math.max(from, first), Math.min(to, last)]
    if (isSome(own)) generated.rehash(...own)
  }
}

/** Test hook: a random wait, so that threads meet in orders that a quiet machine never shows. */
export function waitAtRandom(control: Int32Array): void {
  const bound = Atomics.load(control, word.jitter)
  if (bound === 0) return
  const until = performance.now() + (Math.random() * bound) / 1000
  while (performance.now() < until);
}
