/**
 * One thread's part of the search: takes chunks of the range that the leader published, expands them, and
 * reserves room for what it finds. The same code runs on the leader and on every worker.
 */

import { type CompiledModel, createKernel, type Kernel } from '../compile/compiled-model.ts'
import {
  type ControlBuffers,
  command,
  counterStride,
  digestLanes,
  filledRanges,
  nodeBlock,
  word,
  workerWord,
} from './control.ts'
import { emitExpander } from './emit-expander.ts'
import { batchSize, type ExpanderShape } from './expander-shape.ts'
import { creditOf, type StoreBuffers, segmentWords, tableShape } from './store.ts'

/** Everything a thread needs, as one message. */
export interface ThreadInput {
  readonly compiled: CompiledModel
  /** For each instance its action, which is what credit is given to. */
  readonly actionOf: Int32Array
  readonly store: StoreBuffers
  readonly control: ControlBuffers
  readonly worker: number
  readonly workers: number
  readonly hasWeakHash: boolean
}

interface GeneratedExpander {
  expand(from: number, to: number, room: number): number
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

interface Folding {
  foldZeros(): void
  /** Folds the first `count` states of `out` and puts the rows at index `to` of the arena. */
  fold(count: number, to: number): void
  unfold(first: number, count: number, words: Int32Array, numbers: Int32Array, k: number): void
  enterNodes(from: number, to: number): void
  resizeNodes(slots: number, multiple: number, shift: number, bits: number): void
  setNodes(from: number, end: number): void
  nextNode(): number
  nodeEnd(): number
}

export interface Expander {
  readonly kernel: Kernel
  /** Counters of this thread, [CounterLayout.length], and its digest lanes, [4]. */
  readonly counters: Int32Array
  readonly lanes: Int32Array
  readonly out: Int32Array
  readonly tags: Int32Array
  readonly states: StateReader
  /** Inserts the first `count` states of `out`. */
  insertInitial(count: number): void
  /** Runs what will be run often on made-up states, so that it is optimised early. Requires that this thread's counters are zero. */
  rehearse(): void
  /** Works on the published range until it is exhausted, a pause is asked for, or `deadline` (performance.now, ms) passes; true if it only ran out of time. */
  work(deadline: number): boolean
  /** Index of the state at words[at…], or -1. Requires that nobody inserts. */
  find(words: Int32Array, at: number): number
  /**
   * Transitions of the states list[from] … list[to-1], as many as fit into a batch: how many each has, to counts[from…], and where they
   * lead, to targets[at…]; their instances are in `tags`. Returns how far it came. Requires the same.
   */
  transitionsOf: GeneratedExpander['transitionsOf']
  /** Moves `count` states of the newest level, with their credits, from one index to a lower one. Requires that nobody inserts. */
  move(from: number, to: number, count: number): void
  /** Reads the level from the control block, and forgets the reserved block. */
  beginLevel(): void
  /** Reads from the control block the sizes of the tables and whether states are folded. */
  follow(): void
  /** Of the states first … first+count-1, few enough for `out`: their words in the arena become rows. In ascending order. */
  fold(first: number, count: number): void
  /** The reverse, in descending order. */
  unfold(first: number, count: number): void
  /** Enters all nodes below `end` into the table, which was cleared. */
  enterNodes(end: number): void
}

/**
 * By so many indices the blocks of a thread grow: the first ones are small, so that the optimiser has seen often what happens at the
 * end of one.
 */
const claimStep = 4

/**
 * A chunk that takes longer is followed by half of it: a thread whose code is not optimised yet must not keep the others waiting at
 * the end of a level.
 */
const quickMs = 0.5

/** Words of states by index. */
export interface StateReader {
  readonly words: Int32Array
  /** Where in `words` a state begins; valid until the third call after this one. */
  at(index: number): number
}

/** States that can be read at a time. */
const readSlots = 3

const rehearsalMs = 8
/** Enough for the optimiser to think `rehash` worth its while. */
const rehashRehearsals = 20
/** 4,096 slots. */
const rehearsalTableClass = 40

export function createExpander(input: ThreadInput): Expander {
  const { compiled, store, worker } = input
  const control = new Int32Array(input.control.control)
  const blocks = new Int32Array(input.control.blocks)
  const counterLength = compiled.counters.length
  const allCounters = new Int32Array(input.control.counters)
  const offset = worker * counterStride(counterLength)
  const counters = allCounters.subarray(offset, offset + counterLength)
  const lanes = allCounters.subarray(offset + counterLength, offset + counterLength + digestLanes)
  const room = batchSize
  const slots = room + compiled.maxSuccessors + 1
  const out = new Int32Array(slots * Math.max(1, compiled.stateWords))
  const tags = new Int32Array(slots)
  const kernel = createKernel(compiled, counters)
  let claims = 0
  const claimBlock = (): void => {
    const size = Math.min(Atomics.load(control, word.block), ++claims * claimStep)
    const from = Atomics.add(control, word.reserved, size)
    // Always written: code that first runs when the table is full would be new to the optimiser, which throws all away then.
    Atomics.or(control, word.pause, from + size >= Atomics.load(control, word.growAt) ? 1 : 0)
    generated.setBlock(from, from + size, Atomics.load(control, word.levelStart))
  }
  /** Takes the next segment of the arena for transitions; false when there is none, and then nobody records any more. */
  const claimSegment = (): boolean => {
    const segment = Atomics.add(control, word.segments, 1)
    const hasRoom = segment < (store.edges?.segments ?? 0)
    const from = (store.edges?.from ?? 0) + segment * segmentWords
    if (hasRoom) generated.setSegment(from, from + segmentWords)
    else Atomics.store(control, word.records, 0)
    generated.setRecording(hasRoom)
    return hasRoom
  }
  const claimNodes = (): void => {
    const from = Atomics.add(control, word.nodesReserved, nodeBlock)
    if (from + nodeBlock >= Atomics.load(control, word.nodesGrowAt)) Atomics.store(control, word.pause, 1)
    generated.folding?.setNodes(from, from + nodeBlock)
  }
  const states = new Int32Array(store.states)
  const table = new Int32Array(store.table)
  const parts = {
    kernel,
    states,
    table,
    credit: creditOf(store),
    actionOf: input.actionOf,
    lanes,
    counters,
    modelError: compiled.counters.modelError,
    out,
    tags,
    claimBlock,
    claimSegment,
    edgePlaces: store.edges === null ? null : new Int32Array(store.edges.places),
    nodes: store.nodes === null ? null : new Int32Array(store.nodes.pairs),
    nodeTable: store.nodes === null ? null : new Int32Array(store.nodes.table),
    claimNodes,
  }
  const generate = (isFolded: boolean): GeneratedExpander =>
    new Function('parts', emitExpander({ ...shapeOf(input), isFolded }))(parts)
  let generated = generate(false)

  let from = 0
  let to = 0

  let chunk = 1
  let claimedAt = 0

  /** Takes the next chunk of the published range; false when none is left. */
  const claimChunk = (): boolean => {
    const now = performance.now()
    const size = Math.min(Atomics.load(control, word.chunk), now - claimedAt < quickMs ? chunk * 2 : (chunk >> 1) + 1)
    chunk = size
    claimedAt = now
    const end = Atomics.load(control, word.end)
    from = Atomics.add(control, word.cursor, size)
    to = Math.min(from + size, end)
    return from < to
  }

  const publishBlock = (): void => {
    const own = worker * workerWord.length
    Atomics.store(blocks, own + workerWord.next, generated.next())
    Atomics.store(blocks, own + workerWord.blockEnd, generated.blockEnd())
    Atomics.store(blocks, own + workerWord.nextNode, generated.folding?.nextNode() ?? 0)
    Atomics.store(blocks, own + workerWord.nodeEnd, generated.folding?.nodeEnd() ?? 0)
  }

  const expandChunks = (deadline: number): boolean => {
    generated.setRecording(Atomics.load(control, word.records) === 1)
    while (Atomics.load(control, word.pause) === 0) {
      if (from >= to) {
        waitAtRandom(control)
        if (!claimChunk()) break
      }
      from = generated.expand(from, to, room - 1)
      if (performance.now() > deadline) {
        publishBlock()
        return true
      }
    }
    publishBlock()
    return false
  }

  const follow = (): void => {
    const isFolded = Atomics.load(control, word.folded) === 1
    const old = generated
    if (isFolded !== (old.folding !== undefined)) {
      generated = generate(isFolded)
      generated.setBlock(old.next(), old.blockEnd(), Atomics.load(control, word.levelStart))
    }
    setShape(generated.resize, Atomics.load(control, word.tableClass))
    if (generated.folding === undefined) return
    setShape(generated.folding.resizeNodes, Atomics.load(control, word.nodeClass))
    if (old === generated) return
    generated.folding.foldZeros()
    publishBlock()
  }

  return {
    kernel,
    counters,
    lanes,
    out,
    tags,
    states: createReader(states, compiled.stateWords, () => generated.folding ?? null),
    insertInitial: (count) => generated.insertInitial(count),
    find: (words, at) => generated.find(words, at),
    transitionsOf: (list, from, to, counts, targets, at) =>
      generated.transitionsOf(list, from, to, counts, targets, at),
    move: (from, to, count) => generated.move(from, to, count),
    work: (deadline) => {
      switch (Atomics.load(control, word.command)) {
        case command.expand:
          return expandChunks(deadline)
        case command.rehash:
          rehashPart(generated, table, control, blocks, worker)
          return false
        default:
          generated.settle()
          return false
      }
    },
    beginLevel: () => {
      from = 0
      to = 0
      generated.setBlock(0, 0, Atomics.load(control, word.levelStart))
      publishBlock()
    },
    follow,
    fold: (first, count) => {
      const width = compiled.stateWords
      out.set(states.subarray(first * width, (first + count) * width))
      generated.folding?.fold(count, first)
      publishBlock()
    },
    unfold: (first, count) => {
      const width = compiled.stateWords
      generated.folding?.unfold(first, count, out, new Int32Array(count * width), 0)
      states.set(out.subarray(0, count * width), first * width)
    },
    enterNodes: (end) => {
      const filled = filledRanges(blocks, workerWord.nextNode, workerWord.nodeEnd, end)
      for (const [from, to] of filled) generated.folding?.enterNodes(Math.max(1, from), to)
    },
    rehearse: () => {
      rehearseKernel(kernel, compiled, out, tags)
      counters.fill(0)
      rehearseRehash(generated, compiled)
      setShape(generated.resize, Atomics.load(control, word.tableClass))
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

function createReader(states: Int32Array, stateWords: number, folding: () => Folding | null): StateReader {
  const unfolded = new Int32Array(readSlots * stateWords)
  const numbers = new Int32Array(readSlots * stateWords)
  let slot = 0
  return {
    get words() {
      return folding() === null ? states : unfolded
    },
    at: (index) => {
      const rows = folding()
      if (rows === null) return index * stateWords
      slot = slot + 1 === readSlots ? 0 : slot + 1
      rows.unfold(index, 1, unfolded, numbers, slot)
      return slot * stateWords
    },
  }
}

type Resize = (slots: number, multiple: number, shift: number, indexBits: number) => void

function setShape(resize: Resize, tableClass: number): void {
  const { slots, multiple, shift, indexBits } = tableShape(tableClass)
  resize(slots, multiple, shift, indexBits)
}

/** Costs some milliseconds at most. */
function rehearseKernel(kernel: Kernel, compiled: CompiledModel, out: Int32Array, tags: Int32Array): void {
  const { rehearsal, stateWords } = compiled
  const lanes = new Int32Array(digestLanes)
  const deadline = performance.now() + rehearsalMs
  for (let base = 0; base < rehearsal.length && performance.now() < deadline; base += stateWords) {
    kernel.expand(rehearsal, base, out, tags, 0)
    kernel.judge(rehearsal, base)
    kernel.digest(rehearsal, base, lanes)
  }
}

/** In a table of its own. */
function rehearseRehash(generated: GeneratedExpander, { rehearsal, stateWords }: CompiledModel): void {
  const table = new Int32Array(new SharedArrayBuffer(tableShape(rehearsalTableClass).slots * 4))
  setShape(generated.resize, rehearsalTableClass)
  for (let round = 0; round < rehashRehearsals; round++) {
    table.fill(0)
    generated.rehashElsewhere(rehearsal, table, rehearsal.length / stateWords)
  }
}

/**
 * Clears this thread's part of the table and enters the states that belong there, leaving out the unfilled ends of all workers' blocks.
 *
 * Clearing commits the pages in order. Committed at random, and by reading first, they took two threads three times as long as one.
 */
function rehashPart(
  generated: GeneratedExpander,
  table: Int32Array,
  control: Int32Array,
  blocks: Int32Array,
  worker: number,
): void {
  const { slots } = tableShape(Atomics.load(control, word.tableClass))
  const takers = Atomics.load(control, word.takers)
  const low = Math.floor((slots * worker) / takers)
  const high = Math.floor((slots * (worker + 1)) / takers)
  const end = Atomics.load(control, word.reserved)
  table.fill(0, low, high)
  for (const [from, to] of filledRanges(blocks, workerWord.next, workerWord.blockEnd, end)) {
    generated.rehash(from, to, low, high)
  }
}

/** Test hook: a random wait, so that threads meet in orders that a quiet machine never shows. */
export function waitAtRandom(control: Int32Array): void {
  const bound = Atomics.load(control, word.jitter)
  if (bound === 0) return
  const until = performance.now() + (Math.random() * bound) / 1000
  while (performance.now() < until);
}
