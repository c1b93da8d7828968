/**
 * Level-synchronous breadth-first search. The leader publishes a level, everybody expands it, and only when it is
 * closed does the next one begin: a violation is therefore met at its least depth, whatever the number of threads.
 *
 * Deterministic: all figures depend on the model alone. Which index a state gets does not, and nothing uses it.
 */

import { setImmediate as turn } from 'node:timers/promises'
import type { CompiledModel } from '../compile/compiled-model.ts'
import { batchSize } from '../compile/kernel-arrays.ts'
import { leaveBuffers } from './collect.ts'
import { command, reserveControl, word, workerWord } from './control.ts'
import { assembleCrew } from './crew.ts'
import { createExpander, type Expander } from './expander.ts'
import { arenaWords, rowWords } from './expander-shape.ts'
import type { Exploration, ExploreOptions, StopReason } from './exploration.ts'
import { createFolding } from './folding.ts'
import { countCredits, type Move, movedIndex, movesIntoHoles } from './holes.ts'
import { sharedBlock, takenStates } from './level-blocks.ts'
import { statesToCome } from './level-growth.ts'
import {
  creditOf,
  type Extent,
  grownClass,
  reserveStore,
  spareRoom,
  statesIn,
  tableClassFor,
  tableShape,
  touchedBytes,
} from './store.ts'
import { createTally, type Tally } from './tally.ts'

/** The leader gives its event loop a turn this often. */
const sliceMs = 40
/** While threads start, more often: they get their work through the event loop. */
const startingSliceMs = 4
const progressMs = 250
/** Levels that announce a longer search. */
const rehearsalFrontier = 128
/** Threads take long to start, so they are started when a level is a fraction of what is worth waking them for. */
const startAhead = 24

/** A search that is over by then would be slower with threads, which take half of that to start. */
const msAlone = 100
/** By then the leader's own code is optimised, so threads may start, where many states are likely to come, or one level is long. */
const msOptimising = 50
const manyStates = 300_000
const longLevel = 2 ** 17

export async function explore(
  compiled: CompiledModel,
  actionOf: Int32Array,
  actionCount: number,
  options: ExploreOptions,
): Promise<Exploration> {
  const search = createSearch(compiled, actionOf, actionCount, options)
  try {
    search.enterInitialStates()
    while (search.reason() === null && search.hasFrontier()) await search.expandLevel()
  } finally {
    await search.dismiss()
  }
  const exploration = search.exploration()
  leaveBuffers(exploration.peakBytes)
  return exploration
}

interface Search {
  enterInitialStates(): void
  hasFrontier(): boolean
  expandLevel(): Promise<void>
  reason(): StopReason | null
  dismiss(): Promise<void>
  exploration(): Exploration
}

function createSearch(
  compiled: CompiledModel,
  actionOf: Int32Array,
  actionCount: number,
  options: ExploreOptions,
): Search {
  const startedAt = performance.now()
  const store = reserveStore(compiled, actionCount, options)
  const buffers = reserveControl(options.workers, compiled.counters.length, store.capacity)
  const control = new Int32Array(buffers.control)
  const blocks = new Int32Array(buffers.blocks)
  const credit = creditOf(store)
  const states = new Int32Array(store.states)
  const edgePlaces = new Int32Array(store.edges?.places ?? new SharedArrayBuffer(0))
  const input = {
    compiled,
    actionOf,
    store,
    control: buffers,
    workers: options.workers,
    hasWeakHash: options.hasWeakHash,
  }
  const expander: Expander = createExpander({ ...input, worker: 0 })
  const tally: Tally = createTally(compiled.counters, buffers)
  const crew = assembleCrew(input, options.threads)
  const distinctByAction = new Float64Array(actionCount)
  const levels: number[] = [0]
  const width = compiled.stateWords
  /** Room that all threads together may use after somebody asked for a pause. */
  const workerMargin = batchSize + compiled.maxSuccessors + 1
  const folding = createFolding({ compiled, store, control, blocks, options, expander, workerMargin })
  let tableClass = tableClassFor(compiled.initialStates.length / width + workerMargin * 2)
  let reason: StopReason | null = null
  let expandedLevels = 0
  let widest = 0
  let nextProgressAt = startedAt + progressMs
  let turnedAt = startedAt
  let blockSize = batchSize
  /** Whether threads take part in the level. */
  let hasCrew = false

  const elapsed = (): number => performance.now() - startedAt
  const frontier = (): number => (levels.at(-1) ?? 0) - (levels.at(-2) ?? 0)
  const stored = (): number => levels.at(-1) ?? 0

  const isRecording = (): boolean => Atomics.load(control, word.records) === 1
  /** Words of a state in the arena. */
  const arenaWidth = (): number => arenaWords({ stateWords: width, isFolded: folding.isFolded() })
  const extent = (states: number): Extent => {
    const segments = Atomics.load(control, word.segments)
    return { states, words: states * arenaWidth(), tableClass, widest, segments }
  }
  const touched = (states: number): number => {
    const words = Math.max(states * arenaWidth(), folding.touchedWords())
    return folding.bytes() + touchedBytes(store, { ...extent(states), words })
  }
  /** Indices that states may have now. */
  const room = (): number => {
    if (isRecording()) return Math.floor((store.edges?.from ?? 0) / arenaWidth())
    if (!folding.isFolded()) return store.unfoldedCapacity
    const bytes = options.memoryBytes - folding.bytesAtGrowth()
    return Math.min(store.capacity, statesIn(bytes, rowWords, store.creditBytes))
  }

  const setTableClass = (wanted: number): void => {
    tableClass = wanted
    Atomics.store(control, word.tableClass, wanted)
    const margin = (workerMargin + blockSize) * options.workers
    const limit = Math.min(tableShape(wanted).limit, room()) - margin
    Atomics.store(control, word.growAt, Math.max(0, limit))
    expander.follow()
  }

  const expanded = (): number => Atomics.load(control, word.expandFrom) + takenStates(buffers)

  const report = (): void => {
    if (options.onProgress === null || performance.now() < nextProgressAt) return
    nextProgressAt = performance.now() + progressMs
    const distinct = Math.min(Atomics.load(control, word.reserved), room())
    options.onProgress({
      depth: levels.length - 1,
      distinct,
      generated: stored() === 0 ? 0 : initialCount() + tally.generated(),
      frontier: frontier(),
      expanded: expanded(),
      levels,
      bytes: touched(distinct),
      elapsedMs: elapsed(),
    })
  }

  /** Everybody works under one command, until done or paused. Threads that are ready before a level is over join in it. */
  const runRound = async (kind: number): Promise<void> => {
    Atomics.store(control, word.command, kind)
    Atomics.store(control, word.takers, hasCrew ? crew.size() + 1 : 1)
    if (hasCrew) crew.wake()
    while (expander.work(nextTurnAt())) {
      await breathe()
      if (hasCrew) continue
      hasCrew = mustersCrew(stored() - expanded())
      if (hasCrew) crew.wake()
    }
    if (hasCrew) await crew.join()
  }

  /** Counted from the last turn, not from the level's start: many short levels must not keep signals and starting threads waiting. */
  const nextTurnAt = (): number => turnedAt + (crew.isStarting() ? startingSliceMs : sliceMs)

  const breathe = async (): Promise<void> => {
    await turn()
    turnedAt = performance.now()
    report()
    watchLimits()
  }

  const watchLimits = (): void => {
    if (options.signal?.aborted === true) reason ??= 'interrupted'
    if (elapsed() > options.timeoutMs) reason ??= 'time limit'
    if (reason !== null) Atomics.store(control, word.pause, 1)
  }

  /** Enlarges the tables inside a level and enters everything again; false when the budget forbids it. */
  const grow = async (): Promise<boolean> => {
    if (!folding.grow()) return false
    const reserved = Atomics.load(control, word.reserved)
    const needed = reserved + (workerMargin + blockSize) * options.workers * 2
    setTableClass(tableClass)
    if (reserved < Atomics.load(control, word.growAt)) return true
    const isNewlyFolded = folding.fold(needed >= room())
    // States come before transitions.
    if (needed >= room()) Atomics.store(control, word.records, 0)
    setTableClass(tableClass)
    if (needed >= room()) return false
    const isEnough = reserved < Atomics.load(control, word.growAt)
    const wanted = isEnough ? tableClass : Math.min(grownClass(tableClass, needed), store.maxTableClass)
    if (wanted <= tableClass && !isNewlyFolded) return isEnough
    await enterAll(wanted)
    return true
  }

  const enterAll = async (wanted: number): Promise<void> => {
    setTableClass(wanted)
    await runRound(command.rehash)
    await runRound(command.settle)
  }

  /** Lets the recorded transitions of the level that was expanded lead to where states have moved. */
  const redirect = (moves: readonly Move[]): void => {
    const lowest = Math.min(...moves.map(({ from }) => from))
    const bits = store.edges?.instanceBits ?? 0
    for (let state = levels.at(-2) ?? 0; state < stored(); state++) {
      const at = edgePlaces[state] as number
      const count = states[at] as number
      for (let k = at + 1; count < 0 && k <= at + 2 * ~count; k += 2) {
        const target = states[k] as number
        if (target >= lowest) states[k] = movedIndex(moves, target)
      }
      for (let k = at + 1; k <= at + count; k++) {
        const target = state + ((states[k] as number) >> bits)
        // It is moved nearer, so it fits.
        if (target >= lowest) states[k] = (states[k] as number) + ((movedIndex(moves, target) - target) << bits)
      }
    }
  }

  /** Moves the last states into the holes that workers left in their blocks, so that indices stay dense. */
  const closeHoles = (): number => {
    const { end, moves } = movesIntoHoles(blocks, Atomics.load(control, word.reserved))
    for (const { from, to, count } of moves) expander.move(from, to, count)
    if (moves.length > 0 && isRecording()) redirect(moves)
    return end
  }

  const closeLevel = (end: number, level: number): void => {
    const start = stored()
    countCredits(credit.subarray(0, end - start), distinctByAction)
    if (end > start) levels.push(end)
    widest = Math.max(widest, end - start)
    tally.closeLevel(level)
  }

  const initialCount = (): number => levels[1] ?? 0

  const judgeLimits = (): void => {
    watchLimits()
    if (!hasFrontier()) return
    if (stored() >= options.maxStates) reason ??= 'state limit'
    if (levels.length - 1 >= options.maxDepth) reason ??= 'depth limit'
    if (options.onLevel?.(tally.firstRaised, expandedLevels) === true) reason ??= 'first violation'
  }

  /** Whether the search is likely to go on for longer than threads take to start. */
  const isLong = (): boolean => {
    if (options.areThreadsEager || elapsed() >= msAlone || frontier() >= longLevel) return true
    return elapsed() >= msOptimising && statesToCome(levels) >= manyStates
  }

  /** Starts the workers when levels become long, and says whether so many states are worth waking them. */
  const mustersCrew = (states: number): boolean => {
    if (!isLong() || states * startAhead < options.threadThreshold) return false
    crew.start()
    if (states < options.threadThreshold || !crew.isReady()) return false
    tally.admitWorkers()
    return true
  }

  let isRehearsed = false
  let frontierLeft = false
  const hasFrontier = (): boolean => frontierLeft

  const beginLevel = (): void => {
    Atomics.store(control, word.expandBlock, blockSize)
    blockSize = hasCrew ? sharedBlock(frontier()) : batchSize
    Atomics.store(control, word.half, Atomics.load(control, word.half) ^ 1)
    Atomics.store(control, word.expandFrom, levels.at(-2) ?? 0)
    Atomics.store(control, word.levelStart, stored())
    Atomics.store(control, word.reserved, stored())
    Atomics.store(control, word.pause, 0)
    Atomics.store(control, word.block, blockSize)
    setTableClass(tableClass)
    for (let b = 0; b < blocks.length; b += workerWord.length) {
      Atomics.store(blocks, b + workerWord.next, 0)
      Atomics.store(blocks, b + workerWord.blockEnd, 0)
    }
    expander.beginLevel()
  }

  return {
    reason: () => reason,
    hasFrontier,
    enterInitialStates: () => {
      Atomics.store(control, word.jitter, options.jitterMicroseconds)
      beginLevel()
      const count = compiled.initialStates.length / width
      const isRoomy = store.edges !== null && (count + workerMargin) * width < store.edges.from
      Atomics.store(control, word.records, isRoomy ? 1 : 0)
      Atomics.store(control, word.growAt, store.capacity)
      expander.insertInitial()
      if (count > 0) levels.push(count)
      frontierLeft = count > 0
      widest = count
      tally.closeLevel(0)
      judgeLimits()
    },
    expandLevel: async () => {
      hasCrew = mustersCrew(frontier())
      if (options.awaitsThreads && frontier() >= options.threadThreshold) {
        while (crew.isStarting()) await turn()
        hasCrew = mustersCrew(frontier())
      }
      beginLevel()
      if (!isRehearsed && frontier() >= rehearsalFrontier) {
        isRehearsed = true
        expander.rehearse()
      }
      if (folding.fold(false)) await enterAll(tableClass)
      for (;;) {
        await runRound(command.expand)
        if (Atomics.load(control, word.pause) === 0 || reason !== null) break
        if (!(await grow())) {
          reason = 'memory limit'
          break
        }
        Atomics.store(control, word.pause, 0)
      }
      const before = stored()
      closeLevel(closeHoles(), expandedLevels + 1)
      if (reason === null) expandedLevels++
      frontierLeft = stored() > before
      judgeLimits()
      report()
    },
    dismiss: () => crew.dismiss(),
    exploration: () => ({
      compiled,
      reason,
      distinct: stored(),
      generated: initialCount() + tally.generated(),
      initial: initialCount(),
      depth: levels.length - 1,
      levels,
      expandedLevels,
      totals: tally.totals,
      firstRaised: tally.firstRaised,
      extremes: tally.extremes,
      distinctByAction,
      digest: tally.digest(),
      peakBytes: touched(stored()),
      elapsedMs: elapsed(),
      workers: options.workers,
      states: expander.states,
      recorded: isRecording()
        ? { pool: states, places: edgePlaces, instanceBits: store.edges?.instanceBits ?? 0 }
        : null,
      spare: isRecording() ? [] : spareRoom(store, extent(stored())),
      expander,
    }),
  }
}
