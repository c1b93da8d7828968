/**
 * Checks one validated model: compiles it, explores it, judges every property, and shows what was found.
 */

import { availableParallelism, totalmem } from 'node:os'
import type { Model } from '../src/model/ir.ts'
import { type Parts, runShort } from '../src/model/parts.ts'
import { ifInTime, inTime, startClock } from './clock.ts'
import { type Compilation, compileCode, withStarts } from './compile/compile.ts'
import type { Following } from './compile/kernel-input.ts'
import { layoutOf } from './compile/layout.ts'
import { outcomes } from './compile/outcomes.ts'
import { confirmLengths } from './confirm-lengths.ts'
import type { ExploreOptions } from './explore/exploration.ts'
import { isWorthThreads } from './explore/level-growth.ts'
import type { SearchProgress } from './explore/progress.ts'
import { explore } from './explore/search.ts'
import type { Threads } from './explore/threads.ts'
import { judge, undecided } from './judge.ts'
import { findErrorAtStart } from './judge-errors.ts'
import { createGround, type Ground } from './judge-liveness.ts'
import { createPace } from './pace.ts'
import type { Reduction } from './reduce/names.ts'
import { keepsLengths, reduce } from './reduce/reduce.ts'
import { judgeAllStarts, type StartsLimit } from './refined-starts.ts'
import type { ActionResult, CheckOptions, ModelResult } from './result.ts'
import { type SelectedProperties, selectedProperties } from './selection.ts'
import { type Taker, takersOf } from './takers.ts'
import type { JudgeInput } from './verdict.ts'

/** Knobs that only tests turn. */
export interface TestKnobs {
  /** With it, threads start at once. */
  readonly threadThreshold?: number
  readonly awaitsThreads?: boolean
  readonly hasWeakHash?: boolean
  readonly hasFarEdges?: boolean
  readonly jitterMicroseconds?: number
  /** Budget for transitions that are recorded during the search, or kept afterwards. */
  readonly edgeBytes?: number
  /** States of three words and more are folded when they take so much; 0: from the first level on, even if it does not pay. */
  readonly foldBytes?: number
  /** The most that a near store takes; 0: there is none. */
  readonly nearBytes?: number
}

/** Below this many states, a level costs less than waking threads for it. */
const threadThreshold = 3000

/** Of the budget: for less, long states are not worth the time that folding costs. */
const foldShare = 1 / 8

/** Transitions that liveness may store whatever the budget. */
const leastEdgeBytes = 2 ** 24

const digestOfNothing = '0'.repeat(32)

/** Half of the memory that this process may use. */
export function defaultMemory(): number {
  const limit = process.constrainedMemory()
  return Math.floor(Math.min(totalmem(), limit > 0 ? limit : Number.POSITIVE_INFINITY) / 2)
}

export interface ModelOptions extends CheckOptions {
  /** Threads that outlive the check; they say how many workers there are. Default: it starts and ends its own. */
  readonly threads?: Threads
  /** Buffers of earlier searches in this thread may linger while they take no more than that; default: none. */
  readonly earlierBytes?: number
  /** Called when a search of this model stops because its memory is used up. */
  readonly onMemoryLimit?: () => void
}

/** Threads beyond the processors only take turns: a hundred of them take a minute to start, and each waits for all others after each level. */
const mostWorkersPerProcessor = 4

/** How many workers there are when so many are asked for; undefined: when nobody says how many. */
export function workersFor(asked: number | undefined): number {
  const processors = availableParallelism()
  return Math.max(1, Math.min(asked ?? processors, mostWorkersPerProcessor * processors))
}

type Limits = Omit<ExploreOptions, 'edgeBytes' | 'onLevel'>

/** What a search is told of these options, but for the transitions it records and what to stop at. */
export function exploreOptionsOf(options: ModelOptions, knobs: TestKnobs): Limits {
  const { onProgress, memoryBytes = defaultMemory(), threads = null } = options
  const onFigures = (figures: SearchProgress): void => onProgress?.({ phase: 'search', property: null, ...figures })
  return {
    workers: threads === null ? workersFor(options.workers) : threads.count + 1,
    threads,
    maxStates: options.maxStates ?? Number.POSITIVE_INFINITY,
    maxDepth: options.maxDepth ?? Number.POSITIVE_INFINITY,
    timeoutMs: (options.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000,
    signal: options.signal ?? null,
    onProgress: onProgress === undefined ? null : onFigures,
    threadThreshold: knobs.threadThreshold ?? threadThreshold,
    areThreadsEager: knobs.threadThreshold !== undefined,
    awaitsThreads: knobs.awaitsThreads ?? false,
    hasWeakHash: knobs.hasWeakHash ?? false,
    hasFarEdges: knobs.hasFarEdges ?? false,
    jitterMicroseconds: knobs.jitterMicroseconds ?? 0,
    memoryBytes,
    nearBytes: knobs.nearBytes ?? Number.POSITIVE_INFINITY,
    earlierBytes: options.earlierBytes ?? 0,
    foldBytes: knobs.foldBytes ?? memoryBytes * foldShare,
  }
}

/** Requires a validated model. Throws `SpecError`: MC208 when it is too large to compile, MC305 or MC306 when it cannot be reduced so, MC307 when there is no memory for it. */
export async function checkModel(
  model: Model,
  options: ModelOptions = {},
  knobs: TestKnobs = {},
): Promise<ModelResult> {
  const search = async (asked: ModelOptions): Promise<ModelResult> => {
    const found = await searchModel(model, asked, knobs)
    if (found.reason === 'memory limit') options.onMemoryLimit?.()
    return found
  }
  const found = await search(options)
  return found.reductions.every(keepsLengths) ? found : confirmLengths(found, options, search)
}

async function searchModel(model: Model, options: ModelOptions, knobs: TestKnobs): Promise<ModelResult> {
  const clock = startClock((options.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000, options.signal ?? null)
  const selected = selectedProperties(model, options.properties ?? null)
  const reductions = options.reduce ?? []
  const limits = exploreOptionsOf(options, knobs)
  const prepared = await ifInTime(clock, prepare(model, selected, reductions, limits))
  if ('left' in prepared) {
    const elapsedMs = Math.round(clock.elapsedMs())
    return { ...unsearched(model, selected), reductions, reason: prepared.left, elapsedMs, workers: limits.workers }
  }
  const { searched, following, compiled, layout, starts } = prepared.done
  const actionOf = Int32Array.from(model.instances, (instance) => instance.action)
  const edgeBytes = selected.hasLiveness ? (knobs.edgeBytes ?? limits.memoryBytes) : 0
  const exploreOptions: ExploreOptions = {
    ...limits,
    timeoutMs: limits.timeoutMs - clock.elapsedMs(),
    edgeBytes,
    onLevel: options.stopAtFirst === true ? (raised) => selected.isViolated(raised, compiled.counters) : null,
  }
  const explored = await explore(compiled, actionOf, model.actions.length, exploreOptions)
  const startsLimit = { count: explored.initial, mostBytes: limits.memoryBytes - explored.peakBytes }
  const judgedAtStart = await inTime(clock, judgeAtStart(model, selected, startsLimit))
  const endedEarly = 'left' in judgedAtStart ? judgedAtStart.left : null
  const exploration = { ...explored, reason: explored.reason ?? endedEarly }
  const pace = createPace(clock, exploration, options.onProgress ?? null)
  const grounds: Ground[] = []
  const properties = await judge({
    model,
    searched,
    exploration,
    layout,
    starts,
    members: following.members,
    selected,
    pace,
    ...('done' in judgedAtStart ? judgedAtStart.done : nothingAtStart),
    explainsFairness: options.explainFairness ?? false,
    ground: () => {
      const keptBytes = knobs.edgeBytes ?? Math.max(leastEdgeBytes, limits.memoryBytes - exploration.peakBytes)
      grounds[0] ??= createGround(searched, exploration, keptBytes)
      return grounds[0]
    },
  })
  const reason = exploration.reason ?? pace.reason
  return {
    name: model.name,
    constants: model.constants,
    reductions,
    complete: reason === null,
    reason,
    states: {
      distinct: exploration.distinct,
      generated: exploration.generated,
      initial: exploration.initial,
      depth: exploration.depth,
      terminal: exploration.totals[compiled.counters.terminal] ?? 0,
    },
    levels: sizesOf(exploration.levels),
    digest: exploration.digest,
    stateBits: compiled.stateBits,
    elapsedMs: Math.round(clock.elapsedMs()),
    peakBytes: exploration.peakBytes + (grounds[0]?.edges.takenBytes() ?? 0),
    workers: exploration.workers,
    assumptions: assumptionResults(model, exploration.totals.subarray(compiled.counters.heldByAssumption)),
    warnings: [],
    actions: actionResults(model, exploration.totals, exploration.distinctByAction),
    properties,
  }
}

type AtStart = Pick<JudgeInput, 'errorAtStart' | 'startsByProperty'>

const nothingAtStart: AtStart = { errorAtStart: null, startsByProperty: new Map() }

/** What the search does not ask of the initial states. */
function* judgeAtStart(model: Model, selected: SelectedProperties, limit: StartsLimit): Parts<AtStart> {
  const startsByProperty = yield* judgeAllStarts(model, selected, limit)
  return { startsByProperty, errorAtStart: yield* findErrorAtStart(model, selected, startsByProperty) }
}

interface Prepared extends Compilation {
  readonly searched: Model
  readonly following: Following
}

/** All that comes before the search. */
function* prepare(
  model: Model,
  { judged }: SelectedProperties,
  reductions: readonly Reduction[],
  { memoryBytes, threads }: Limits,
): Parts<Prepared> {
  const { model: searched, following } = yield* reduce(model, judged, reductions)
  const code = yield* compileCode(searched, judged, following)
  if (isWorthThreads([0, outcomes(searched.initially)], 0)) threads?.getReady()
  const found = yield* withStarts(searched, code, memoryBytes)
  return { searched, following, ...(found ?? (yield* runShort())) }
}

/** What is known of a model when there was a reason to stop before the search. */
function unsearched(
  model: Model,
  selected: SelectedProperties,
): Omit<ModelResult, 'reductions' | 'reason' | 'elapsedMs' | 'workers'> {
  const nothing = new Float64Array(0)
  return {
    name: model.name,
    constants: model.constants,
    complete: false,
    states: { distinct: 0, generated: 0, initial: 0, depth: 0, terminal: 0 },
    levels: [],
    digest: digestOfNothing,
    stateBits: layoutOf(model).stateBits,
    peakBytes: 0,
    assumptions: assumptionResults(model, nothing),
    warnings: [],
    actions: actionResults(model, nothing, nothing),
    properties: undecided(model, selected),
  }
}

/** `held`: by assumption. */
function assumptionResults(model: Model, held: Float64Array): ModelResult['assumptions'] {
  return model.assumptions.map((assumption, i) => ({
    name: assumption.name,
    limit: assumption.kind === 'within' ? null : assumption.limit,
    held: held[i] ?? 0,
  }))
}

/** `generated`: by taker. `distinct`: by action. */
function actionResults(model: Model, generated: Float64Array, distinct: Float64Array): readonly ActionResult[] {
  const taken = model.actions.map((): (Taker & { readonly generated: number })[] => [])
  for (const [t, taker] of takersOf(model).all.entries()) {
    taken[taker.action]?.push({ ...taker, generated: generated[t] ?? 0 })
  }
  return model.actions.map(({ name }, i) => {
    const own = taken[i] ?? []
    return {
      name,
      kind: own[0]?.kind ?? 'action',
      generated: own.reduce((sum, one) => sum + one.generated, 0),
      distinct: distinct[i] ?? 0,
      threads: own.flatMap((one) =>
        one.thread === null ? [] : [{ name: model.threads[one.thread]?.name ?? '', generated: one.generated }],
      ),
    }
  })
}

/** Sizes of the levels, from the indices where they begin. */
function sizesOf(begins: readonly number[]): readonly number[] {
  return begins.slice(1).map((end, i) => end - (begins[i] ?? 0))
}
