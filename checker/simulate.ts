/**
 * Random walks on the reference evaluator: cheap evidence where the whole space is out of reach. The same seed
 * gives the same runs on every machine.
 */

import { certify, type ShownBy } from '../src/model/certify.ts'
import { expansionError, judgingError, startError, stepError } from '../src/model/error-of.ts'
import { deadlockProperty, type Model, modelErrorProperty } from '../src/model/ir.ts'
import { finish, type Parts } from '../src/model/parts.ts'
import { refinesInitially } from '../src/model/refinement.ts'
import { holdsIn, initialValues, isStuck, listInitialStates, runAll, successors } from '../src/model/step.ts'
import type { State, Trace, TraceStep } from '../src/model/trace.ts'
import { type Clock, type InTime, type Interruption, inTime, startClock } from './clock.ts'
import { outcomes } from './compile/outcomes.ts'
import { startsOf } from './compile/starts.ts'
import { reasonOf } from './judge/judge.ts'
import type { PropertyKind } from './result.ts'

export interface SimulationOptions {
  readonly runs: number
  /** Most steps of one run. */
  readonly depth: number
  readonly seed: number
  /** Names of what is judged; null: all. Model errors are found in any case. */
  readonly properties: readonly string[] | null
  readonly timeoutMs: number
  readonly signal: AbortSignal | null
  /** Called some twenty times a second. */
  readonly onProgress: (done: Pick<Simulation, 'runs' | 'steps'>) => void
}

export interface SimulatedViolation {
  readonly property: string
  readonly kind: PropertyKind
  /** Certified by the reference evaluator. */
  readonly trace: Trace
  readonly reason: readonly string[]
}

export interface Simulation {
  /** Those that came to their end. */
  readonly runs: number
  readonly steps: number
  /** Why there are not as many runs as were asked for. */
  readonly reason: Interruption | 'memory limit' | null
  /** The first run that violates each property. */
  readonly violations: readonly SimulatedViolation[]
}

/** Marsaglia 2003, doi:10.18637/jss.v008.i14: xorshift of 32 bits. */
function generator(seed: number): () => number {
  let x = (seed ^ 0x9e3779b9) | 0 || 1
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) / 2 ** 32
  }
}

/** The event loop gets a turn this often. */
const sliceMs = 50

/** Throws `SpecError`: MC102, MC103 when there is no initial state. */
export async function simulate(model: Model, options: SimulationOptions): Promise<Simulation> {
  const clock = startClock(options.timeoutMs, options.signal)
  const random = generator(options.seed)
  const started = await starter(model, random, clock)
  if ('left' in started) return { runs: 0, steps: 0, reason: started.left, violations: [] }
  const start = started.done
  const found = new Map<string, SimulatedViolation>()
  const judged = { ...model, properties: model.properties.filter(({ name }) => isSelected(options, name)) }
  let reason: Simulation['reason'] = null
  let runs = 0
  let taken = 0
  let turnAt = 0
  const isOver = async (): Promise<boolean> => {
    if (clock.elapsedMs() < turnAt) return false
    options.onProgress({ runs, steps: taken })
    reason = await clock.breathe()
    turnAt = clock.elapsedMs() + sliceMs
    return reason !== null
  }
  for (; runs < options.runs && !(await isOver()); runs++) {
    const first = start()
    if (first === undefined) break
    const steps: TraceStep[] = [{ instance: null, choices: [], state: first }]
    const note: Note = (property, kind, shown) => {
      if (found.has(property) || !(kind === 'model-error' || isSelected(options, property))) return
      const trace: Trace = { steps: [...steps], loop: null, shortest: false }
      found.set(property, { property, kind, trace, reason: certified(model, trace, shown) })
    }
    if (!judgeStart(judged, first, note)) continue
    while (steps.length <= options.depth && walk(judged, steps, random, note)) {
      taken++
      if (await isOver()) break
    }
    if (reason !== null) break
  }
  return { runs, steps: taken, reason, violations: [...found.values()] }
}

/** More initial states are not listed: each run then makes its own by choosing at random, statement by statement. */
const mostListed = 2 ** 20
/** Choices may lead to no initial state. */
const mostTries = 1000

/** Draws initial states. Throws `SpecError`: MC102, MC103. */
async function starter(model: Model, random: () => number, clock: Clock): Promise<InTime<() => State | undefined>> {
  if (outcomes(model.initially) > mostListed) return { done: () => finish(startsOf(model, drawn(model, random)))[0] }
  const listing = await inTime(clock, startsOf(model, listInitialStates(model)))
  if ('left' in listing) return listing
  return { done: () => listing.done[Math.floor(random() * listing.done.length)] }
}

function* drawn(model: Model, random: () => number): Parts<readonly State[]> {
  for (let tries = 0; tries < mostTries; tries++) {
    yield
    const state = drawOnce(model, random)
    if (state !== null) return [state]
  }
  return []
}

/** Null where the choices so far leave none. Throws `ModelError`. */
function drawOnce(model: Model, random: () => number): State | null {
  let state = initialValues(model)
  for (const statement of model.initially) {
    const ended = runAll(model, [statement], { state, choices: [], failedChecks: [] })
    const one = ended[Math.floor(random() * ended.length)]
    if (one === undefined) return null
    if ('error' in one) throw one.error
    state = one.state
  }
  return state
}

const isSelected = ({ properties }: SimulationOptions, name: string): boolean =>
  properties === null || properties.includes(name)

/** Why the trace violates. Throws for a bug of ours: a trace that does not show what it is said to. */
function certified(model: Model, trace: Trace, shown: ShownBy): readonly string[] {
  const misfit = certify(model, trace, shown)
  if (misfit !== null) throw new Error(`a random run failed certification at step ${misfit.step}: ${misfit.reason}`)
  return reasonOf(model, trace, shown)
}

type Note = (property: string, kind: PropertyKind, shown: ShownBy) => void

const noteError = (note: Note): void => note(modelErrorProperty, 'model-error', { kind: 'model error' })

/** False when the run cannot go on from here. */
function judgeStart(model: Model, start: State, note: Note): boolean {
  if (startError(model, start) !== null) {
    noteError(note)
    return false
  }
  for (const property of model.properties) {
    const refines = property.kind === 'step' ? property.refines : undefined
    if (refines !== undefined && !refinesInitially(model, refines, start))
      note(property.name, 'step', { kind: 'property', property, value: null })
  }
  return judgeState(model, start, note)
}

/** False when the run cannot go on from here, because judging the state raises an error. */
function judgeState(model: Model, state: State, note: Note): boolean {
  if (judgingError(model, state) !== null || expansionError(model, state) !== null) {
    noteError(note)
    return false
  }
  for (const property of model.properties) {
    if (property.kind === 'invariant' && !holdsIn(model, property.predicate, state))
      note(property.name, 'invariant', { kind: 'property', property, value: null })
  }
  if (isStuck(model, state) && !holdsIn(model, model.terminal, state))
    note(deadlockProperty, 'deadlock', { kind: 'deadlock' })
  return true
}

/** One random step; false when there is none, or none after it. */
function walk(model: Model, steps: TraceStep[], random: () => number, note: Note): boolean {
  const before = steps.at(-1)?.state
  if (before === undefined) return false
  const outcomes = successors(model, before)
  const outcome = outcomes[Math.floor(random() * outcomes.length)]
  if (outcome === undefined) return false
  const { instance, choices } = outcome
  steps.push({ instance, choices, state: 'state' in outcome ? outcome.state : before })
  if (stepError(model, before, outcome) !== null || !('state' in outcome)) {
    noteError(note)
    return false
  }
  for (const { message } of outcome.failedChecks) note(message, 'check', { kind: 'check', message })
  for (const property of model.properties) {
    if (property.kind === 'step' && !holdsIn(model, property.relation, before, outcome.state))
      note(property.name, 'step', { kind: 'property', property, value: null })
  }
  return judgeState(model, outcome.state, note)
}
