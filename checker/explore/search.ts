/**
 * Level-synchronous breadth-first search. The leader publishes a level, everybody expands it, and only when it is
 * closed does the next one begin: a violation is therefore met at its least depth, whatever the number of threads.
 *
 * Deterministic: all figures depend on the model alone. Which index a state gets does not, and nothing uses it.
 */

import type { CompiledModel } from '../compile/compiled-model.ts'
import { batchSize } from '../compile/kernel-arrays.ts'
import { leaveBuffers } from './collect.ts'
import { type ControlBuffers, command, counterStride, reserveControl, word } from './control.ts'
import { assembleCrew } from './crew.ts'
import { createExpander, type Expander } from './expander.ts'
import type { Exploration, ExploreOptions } from './exploration.ts'
import { createFolding } from './folding.ts'
import { movesIntoHoles, redirect } from './holes.ts'
import { leastFilled, publishLevel, sharedBlock, takenStates } from './level-blocks.ts'
import { createMuster } from './muster.ts'
import { type SearchProgress, teller } from './progress.ts'
import { createRoom } from './room.ts'
import { createRounds } from './rounds.ts'
import type { StopReason } from './stop-reason.ts'
import { recordedEdges, workspaceOf } from './store.ts'
import { createTally, type Tally } from './tally.ts'
import { planThreads, type ThreadPlan } from './thread-plan.ts'

export async function explore(compiled: CompiledModel, options: ExploreOptions): Promise<Exploration> {
  const search = createSearch(compiled, options)
  try {
    await search.enterInitialStates()
    await search.expandLevels()
  } finally {
    await search.dismiss()
  }
  const exploration = search.exploration()
  leaveBuffers(options.memoryBytes, exploration.peakBytes)
  return exploration
}

interface Search {
  enterInitialStates(): Promise<void>
  /** Until there is no other, or a reason to stop. */
  expandLevels(): Promise<void>
  dismiss(): Promise<void>
  exploration(): Exploration
}

function buffersFor({ compiled, stores }: ThreadPlan, workers: number): ControlBuffers {
  const capacity = Math.max(stores.present.capacity, stores.later?.capacity ?? 0)
  return reserveControl(workers, counterStride(compiled.counters.length, compiled.actionCount), capacity)
}

function createSearch(compiled: CompiledModel, options: ExploreOptions): Search {
  const startedAt = performance.now()
  const plan = planThreads(compiled, options)
  const { stores } = plan
  const buffers = buffersFor(plan, options.workers)
  const control = new Int32Array(buffers.control)
  const blocks = new Int32Array(buffers.blocks)
  const input = { ...plan, control: buffers, workers: options.workers }
  const expander: Expander = createExpander({ ...input, worker: 0 })
  const tally: Tally = createTally(compiled, buffers)
  const levels: number[] = [0]
  const startCount = compiled.initialStates.length / compiled.stateWords
  const elapsed = (): number => performance.now() - startedAt
  const crew = assembleCrew(input, options.threads)
  /** With the initial states before they are entered. */
  const foreseen = (): readonly number[] => (levels.length === 1 ? [0, startCount] : levels)
  const muster = createMuster({ crew, options, levels: foreseen, elapsedMs: elapsed, onMembers: tally.admitWorkers })
  /** Room that all threads together may use after somebody asked for a pause. */
  const workerMargin = batchSize + compiled.maxSuccessors + 1
  const folding = createFolding({ compiled, stores, control, blocks, options, expander, workerMargin })
  const room = createRoom({
    compiled,
    stores,
    control,
    options,
    expander,
    folding,
    workerMargin,
    stored: () => stored(),
    runRound: (kind) => rounds.run(kind),
  })
  let reason: StopReason | null = null
  let expandedLevels = 0
  let frontierLeft = false

  const frontier = (): number => (levels.at(-1) ?? 0) - (levels.at(-2) ?? 0)
  const stored = (): number => levels.at(-1) ?? 0
  const expanded = (): number => Atomics.load(control, word.expandFrom) + takenStates(buffers)

  const figures = (): SearchProgress => {
    const distinct = Math.max(stored(), leastFilled(control, muster.members() + 1))
    return {
      depth: levels.length - 1,
      distinct,
      generated: stored() === 0 ? 0 : initialCount() + tally.generated(),
      frontier: frontier(),
      expanded: expanded(),
      levels,
      bytes: room.touched(distinct),
      elapsedMs: elapsed(),
    }
  }
  const report = teller(options.onProgress, figures)

  /** Initial states that several threads may enter: each leaves room in the last block that it has reserved. */
  const sharedStarts = startCount + workerMargin * options.workers <= stores.present.capacity ? startCount : 0
  const startsLeft = (): number => sharedStarts - Atomics.load(control, word.entered)

  const rounds = createRounds({
    control,
    expander,
    crew,
    muster,
    statesLeft: (kind) => (kind === command.enter ? startsLeft() : stored() - expanded()),
    onTurn: () => {
      report()
      watchLimits()
    },
  })

  const watchLimits = (): void => {
    if (options.signal?.aborted === true) reason ??= 'interrupted'
    if (elapsed() > options.timeoutMs) reason ??= 'time limit'
    if (reason !== null) Atomics.store(control, word.pause, 1)
  }

  /** Moves the last states into the holes that workers left in their blocks, so that indices stay dense. */
  const closeHoles = (): number => {
    const { end, moves } = movesIntoHoles(blocks, Atomics.load(control, word.reserved))
    for (const { from, to, count } of moves) expander.move(from, to, count)
    const recorded = recordedEdges(stores.present)
    if (moves.length > 0 && recorded !== null && room.isRecording()) {
      redirect(recorded, levels.at(-2) ?? 0, stored(), moves)
    }
    return end
  }

  const closeLevel = (end: number, level: number): void => {
    const start = stored()
    if (end > start) levels.push(end)
    room.closeLevel(end - start)
    tally.closeLevel(level)
  }

  const initialCount = (): number => levels[1] ?? 0

  const judgeLimits = (): void => {
    watchLimits()
    if (!frontierLeft) return
    if (stored() >= options.maxStates) reason ??= 'state limit'
    if (levels.length - 1 >= options.maxDepth) reason ??= 'depth limit'
    if (options.onLevel?.(tally.firstRaised, expandedLevels) === true) reason ??= 'first violation'
  }

  const beginLevel = (): void => {
    const blockSize = muster.members() > 0 && frontier() > 0 ? sharedBlock(frontier(), muster.members() + 1) : batchSize
    publishLevel(control, blocks, { from: levels.at(-2) ?? 0, end: stored(), blockSize })
    room.beginLevel(frontier(), blockSize)
    expander.beginLevel()
  }

  const enterInitialStates = async (): Promise<void> => {
    Atomics.store(control, word.jitter, options.jitterMicroseconds)
    await muster.begin(sharedStarts)
    beginLevel()
    const { edges, capacity } = stores.present
    const isRoomy = edges !== null && (startCount + workerMargin * options.workers) * compiled.stateWords < edges.from
    Atomics.store(control, word.records, isRoomy ? 1 : 0)
    Atomics.store(control, word.growAt, capacity)
    await room.clear()
    await rounds.run(command.enter)
    closeLevel(closeHoles(), 0)
    frontierLeft = stored() > 0
    judgeLimits()
  }

  /** Waits only for what is not over already, as rounds do. */
  const expandLevels = async (): Promise<void> => {
    while (reason === null && frontierLeft) {
      const mustering = muster.begin(frontier())
      if (mustering !== null) await mustering
      beginLevel()
      const entering = room.foldIfEnough()
      if (entering !== null) await entering
      for (let isResumed = false; ; isResumed = true) {
        const round = rounds.run(command.expand, isResumed)
        if (round !== null) await round
        if (Atomics.load(control, word.pause) === 0 || reason !== null) break
        if (!(await room.grow())) {
          reason = 'memory limit'
          break
        }
        Atomics.store(control, word.pause, 0)
      }
      endLevel()
    }
  }

  const endLevel = (): void => {
    const before = stored()
    closeLevel(closeHoles(), expandedLevels + 1)
    if (reason === null) expandedLevels++
    frontierLeft = stored() > before
    judgeLimits()
    report()
  }

  const exploration = (): Exploration => ({
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
    distinctByAction: tally.credited(),
    digest: tally.digest(),
    peakBytes: room.peakBytes(stored()),
    elapsedMs: elapsed(),
    workers: options.workers,
    states: expander.states,
    recorded: room.isRecording() ? recordedEdges(stores.present) : null,
    spare: room.spare(stored()),
    workspace: workspaceOf(stores.present),
    expander,
  })

  return {
    enterInitialStates,
    expandLevels,
    dismiss: () => crew.dismiss(),
    exploration,
  }
}
