/**
 * One thread's part of the search: takes chunks of the range that the leader published, expands them, and
 * reserves room for what it finds. The same code runs on the leader and on every worker.
 */

import { type CompiledModel, createKernel, type Kernel } from '../compile/compiled-model.ts'
import { type ControlBuffers, command, counterStride, digestLanes, word, workerWord } from './control.ts'
import { batchSize, emitExpander } from './emit-expander.ts'
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
  findBatch(count: number, targets: Int32Array, at: number): void
  move(from: number, to: number): void
  rehash(from: number, to: number, low: number, high: number): void
  rehashElsewhere(arena: Int32Array, table: Int32Array, to: number): void
  settle(): void
  resize(slots: number, multiple: number, shift: number, indexBits: number): void
  setBlock(from: number, end: number, levelStart: number): void
  setRecording(isRecording: boolean): void
  setSegment(from: number, end: number): void
  next(): number
  blockEnd(): number
}

export interface Expander {
  readonly kernel: Kernel
  /** Counters of this thread, [CounterLayout.length], and its digest lanes, [4]. */
  readonly counters: Int32Array
  readonly lanes: Int32Array
  readonly out: Int32Array
  readonly tags: Int32Array
  /** Inserts the first `count` states of `out`. */
  insertInitial(count: number): void
  /** Runs what will be run often on made-up states, so that it is optimised early. Requires that this thread's counters are zero. */
  rehearse(): void
  /** Works on the published range until it is exhausted, a pause is asked for, or `deadline` (performance.now, ms) passes; true if it only ran out of time. */
  work(deadline: number): boolean
  /** Index of the state at words[at…], or -1. Requires that nobody inserts. */
  find(words: Int32Array, at: number): number
  /** Indices of the first `count` states of `out`, to targets[at…]. Requires the same. */
  findBatch(count: number, targets: Int32Array, at: number): void
  move(from: number, to: number): void
  /** Reads the size of the table and the level from the control block; forgets the reserved block if a new level begins. */
  beginLevel(): void
  resize(): void
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

const rehearsalMs = 5
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
  const body = emitExpander({
    stateWords: compiled.stateWords,
    isShared: input.workers > 1,
    hasWeakHash: input.hasWeakHash,
    records: store.edges !== null,
    isReduced: compiled.isReduced,
  })
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
  const generated: GeneratedExpander = new Function('parts', body)({
    kernel,
    states: new Int32Array(store.states),
    table: new Int32Array(store.table),
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
  })

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
    Atomics.store(blocks, worker * workerWord.length + workerWord.next, generated.next())
    Atomics.store(blocks, worker * workerWord.length + workerWord.blockEnd, generated.blockEnd())
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

  const resize = (): void => setShape(generated, Atomics.load(control, word.tableClass))

  return {
    kernel,
    counters,
    lanes,
    out,
    tags,
    insertInitial: generated.insertInitial,
    find: generated.find,
    findBatch: generated.findBatch,
    move: generated.move,
    work: (deadline) => {
      switch (Atomics.load(control, word.command)) {
        case command.expand:
          return expandChunks(deadline)
        case command.rehash:
          rehashPart(generated, control, blocks, worker)
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
    resize,
    rehearse: () => {
      rehearseKernel(kernel, compiled, out, tags)
      counters.fill(0)
      rehearseRehash(generated, compiled)
      resize()
    },
  }
}

function setShape(generated: GeneratedExpander, tableClass: number): void {
  const { slots, multiple, shift, indexBits } = tableShape(tableClass)
  generated.resize(slots, multiple, shift, indexBits)
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
  setShape(generated, rehearsalTableClass)
  for (let round = 0; round < rehashRehearsals; round++) {
    table.fill(0)
    generated.rehashElsewhere(rehearsal, table, rehearsal.length / stateWords)
  }
}

/** Enters the states that belong into this thread's part of the table, leaving out the unfilled ends of all workers' blocks. */
function rehashPart(generated: GeneratedExpander, control: Int32Array, blocks: Int32Array, worker: number): void {
  const { slots } = tableShape(Atomics.load(control, word.tableClass))
  const takers = Atomics.load(control, word.takers)
  const low = Math.floor((slots * worker) / takers)
  const high = Math.floor((slots * (worker + 1)) / takers)
  const holes: [number, number][] = []
  for (let b = 0; b < blocks.length; b += workerWord.length) {
    holes.push([Atomics.load(blocks, b + workerWord.next), Atomics.load(blocks, b + workerWord.blockEnd)])
  }
  holes.sort((left, right) => left[0] - right[0])
  let from = 0
  for (const [start, end] of holes) {
    if (start === end) continue
    generated.rehash(from, start, low, high)
    from = end
  }
  generated.rehash(from, Atomics.load(control, word.reserved), low, high)
}

/** Test hook: a random wait, so that threads meet in orders that a quiet machine never shows. */
export function waitAtRandom(control: Int32Array): void {
  const bound = Atomics.load(control, word.jitter)
  if (bound === 0) return
  const until = performance.now() + (Math.random() * bound) / 1000
  while (performance.now() < until);
}
