/**
 * Checks one validated model: compiles it, explores it, judges every property, and shows what was found.
 */

import type { Model } from '../src/model/ir.ts'
import { type Parts, runShort } from '../src/model/parts.ts'
import { type Clock, type InTime, ifInTime, inTime, startClock } from './clock.ts'
import { type Compilation, compilationOf, type WrittenModel, withStarts, writeCode } from './compile/compile.ts'
import type { HearText } from './compile/emit-kernel.ts'
import type { Following } from './compile/kernel-input.ts'
import { layoutOf } from './compile/layout.ts'
import { outcomes } from './compile/outcomes.ts'
import { type Taker, takersOf } from './compile/takers.ts'
import { confirmLengths } from './confirm-lengths.ts'
import type { ExploreOptions } from './explore/exploration.ts'
import { isWorthRunningThreads } from './explore/level-growth.ts'
import { explore } from './explore/search.ts'
import { exploreOptionsOf, type ModelOptions, type TestKnobs } from './explore-options.ts'
import { judge, undecided } from './judge/judge.ts'
import { findErrorAtStart } from './judge/judge-errors.ts'
import { createGround, type Ground } from './judge/judge-liveness.ts'
import { judgeAllStarts, type StartsLimit } from './judge/refined-starts.ts'
import { type SelectedProperties, selectedProperties } from './judge/selection.ts'
import type { JudgeInput } from './judge/verdict.ts'
import { type Translated, translate } from './machine/translate.ts'
import { createPace } from './pace.ts'
import type { Reduction } from './reduce/names.ts'
import { keepsLengths, reduce } from './reduce/reduce.ts'
import type { ActionResult, ModelResult } from './result.ts'

/** Transitions that liveness may store whatever the budget. */
const leastEdgeBytes = 2 ** 24

const digestOfNothing = '0'.repeat(32)

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
  const prepared = await prepare({ model, judged: selected.judged, reductions, ...limits }, clock)
  if ('left' in prepared) {
    const elapsedMs = Math.round(clock.elapsedMs())
    return { ...unsearched(model, selected), reductions, reason: prepared.left, elapsedMs, workers: limits.workers }
  }
  const { searched, following, compiled, layout, starts } = prepared.done
  const explored = await explore(compiled, {
    ...limits,
    timeoutMs: limits.timeoutMs - clock.elapsedMs(),
    edgeBytes: selected.hasLiveness ? (knobs.edgeBytes ?? limits.memoryBytes) : 0,
    onLevel: options.stopAtFirst === true ? (raised) => selected.isViolated(raised, compiled.counters) : null,
  })
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
  const assumptions = assumptionResults(model, exploration.totals.subarray(compiled.counters.heldByAssumption))
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
    assumptions,
    warnings: isAllOutside(assumptions, exploration.distinct)
      ? ['no initial state lies within what is assumed: no step is judged, and no behaviour']
      : [],
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

type Task = Pick<ExploreOptions, 'threads' | 'memoryBytes'> & {
  readonly model: Model
  readonly judged: readonly number[]
  readonly reductions: readonly Reduction[]
}

/** Code for so many instances takes so long to write that another thread is ready to translate by then, and has done most of it at the end. */
const instancesOfTwo = 128

/** All that comes before the search. */
async function prepare(task: Task, clock: Clock): Promise<InTime<Prepared>> {
  // Others get to say meanwhile that they are idle.
  const left = await clock.breathe()
  if (left !== null) return { left }
  const elsewhere = task.model.instances.length < instancesOfTwo ? null : (task.threads?.translator?.() ?? null)
  try {
    const written = await inTime(clock, write(task, elsewhere?.read))
    if ('left' in written) return written
    const translated = await elsewhere?.end()
    return await ifInTime(clock, start(task, written.done, translated))
  } finally {
    elsewhere?.leave()
  }
}

interface Written {
  readonly searched: Model
  readonly following: Following
  readonly written: WrittenModel
}

function* write({ model, judged, reductions }: Task, hear?: HearText): Parts<Written> {
  const { model: searched, following } = yield* reduce(model, judged, reductions)
  return { searched, following, written: yield* writeCode(searched, judged, following, hear) }
}

/** `translated`: undefined where nobody has done that. */
function* start(
  { memoryBytes, threads }: Task,
  { searched, following, written }: Written,
  translated: Translated = translate(written.code.source),
): Parts<Prepared> {
  const code = compilationOf(written, translated)
  if (isWorthRunningThreads([0, outcomes(searched.initially)])) threads?.getReady()
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

/** A state that is not expanded is counted by one `within`: those have no limit. */
function isAllOutside(assumptions: ModelResult['assumptions'], distinct: number): boolean {
  const outside = assumptions.filter(({ limit }) => limit === null).reduce((sum, { held }) => sum + held, 0)
  return outside > 0 && outside === distinct
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
