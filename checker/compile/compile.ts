/**
 * From a validated model to integers: layout, counters, generated code, packed initial states.
 */

import { checksOf } from '../../src/model/checks.ts'
import { domainOf, scopeOf } from '../../src/model/domain-of.ts'
import type { Expr, Model } from '../../src/model/ir.ts'
import { literalOf, predicatesOf, propositionFinder } from '../../src/model/ltl.ts'
import { finish, type Parts } from '../../src/model/parts.ts'
import { problem, SpecError } from '../../src/model/problem.ts'
import { mostPropositions } from '../liveness/state-graph.ts'
import { baselineMachineOf, machineOf } from '../machine/machine.ts'
import { type Translated, translate } from '../machine/translate.ts'
import type { CompiledModel, CounterLayout } from './compiled-model.ts'
import { type Dispatch, dispatchOf } from './dispatch.ts'
import { emitKernel, type HearText } from './emit-kernel.ts'
import { type CompiledCode, canonicalStates, findInitialStates, packInitialStates } from './initial-states.ts'
import { type Following, wholly } from './kernel-input.ts'
import { type Layout, layoutOf } from './layout.ts'
import { outcomes } from './outcomes.ts'
import { startsOf } from './starts.ts'
import { takersOf } from './takers.ts'

export interface Compilation {
  readonly compiled: CompiledModel
  readonly layout: Layout
  /** Distinct initial states as the model has them, [count × stateWords]. */
  readonly starts: Int32Array
}

/**
 * Compiles a model to judge the properties with these indices. Throws MC208 when it is too large, MC102 when a start
 * raises an error, MC103 when there is none.
 */
export function compile(model: Model, judged: readonly number[], following: Following = wholly): Compilation {
  const code = finish(compileCode(model, judged, following))
  const found = finish(withStarts(model, code, Number.POSITIVE_INFINITY))
  if (found === null) throw new Error('compile: a limit that nobody set was reached')
  return found
}

/** The same without initial states. Throws MC208. */
export function* compileCode(model: Model, judged: readonly number[], following: Following): Parts<Compilation> {
  const written = yield* writeCode(model, judged, following)
  yield
  return compilationOf(written, translate(written.code.source))
}

/** A model whose kernel is written, and not translated yet. */
export interface WrittenModel extends Omit<Compilation, 'compiled'> {
  readonly compiled: Omit<CompiledModel, keyof CompiledCode>
  readonly code: WrittenCode
}

/** `hear`: is told all of the kernel's text meanwhile, piece by piece. Throws MC208. */
export function* writeCode(
  model: Model,
  judged: readonly number[],
  following: Following,
  hear: HearText = () => {},
): Parts<WrittenModel> {
  const layout = layoutOf(model)
  const none = new Int32Array(0)
  return {
    layout,
    starts: none,
    compiled: {
      stateBits: layout.stateBits,
      instanceCount: model.instances.length,
      actionOf: Int32Array.from(model.instances, ({ action }) => action),
      actionCount: model.actions.length,
      initialStates: none,
      isReduced: following.interference !== null,
      isSymmetric: following.members !== null,
    },
    code: yield* emitCode(model, { layout, judged, following }, hear),
  }
}

/** `translated`: its text. */
export function compilationOf({ layout, starts, compiled, code }: WrittenModel, translated: Translated): Compilation {
  return { layout, starts, compiled: { ...compiled, ...withMachine(code, translated) } }
}

/** Adds the initial states; null if finding them takes more memory than that. Throws MC102, MC103. */
export function* withStarts(model: Model, code: Compilation, mostBytes: number): Parts<Compilation | null> {
  const { layout, compiled } = code
  const starts = yield* startsOf(model, packInitialStates(model, { layout, codeOf: codeIn(layout), mostBytes }))
  if (starts === null) return null
  const initialStates = compiled.isSymmetric ? yield* canonicalStates(compiled, starts) : starts
  return { layout, starts, compiled: { ...compiled, initialStates } }
}

/** Distinct initial states in the order of their words, [count × stateWords]; null if they take more memory, or one raises an error. */
export function* listStarts(model: Model, mostBytes: number): Parts<Int32Array | null> {
  const layout = layoutOf(model)
  const found = yield* findInitialStates(model, { layout, codeOf: codeIn(layout), mostBytes })
  return found === 'too many' || found === 'model error' ? null : found
}

const codeIn =
  (layout: Layout) =>
  (model: Model): CompiledCode => {
    const code = finish(emitCode(model, { layout, judged: [], following: wholly }, () => {}))
    return withMachine(code, translate(code.source))
  }

interface Emission {
  readonly layout: Layout
  readonly judged: readonly number[]
  readonly following: Following
}

interface WrittenCode extends Omit<CompiledCode, 'machine'> {
  /** Characters of the longest function. */
  readonly longest: number
}

function withMachine({ longest, ...code }: WrittenCode, translated: Translated): CompiledCode {
  return { ...code, machine: longest > mostOptimised ? baselineMachineOf(translated) : machineOf(translated) }
}

function* emitCode(model: Model, emission: Emission, hear: HearText): Parts<WrittenCode> {
  const counters = counterLayout(model, emission.judged)
  const dispatch = dispatchOf(model, emission.layout)
  const maxSuccessors = successorBound(model, dispatch)
  yield
  const atoms = atomsJudged(model, emission.judged)
  const propositions = [...atoms.keys()].slice(0, mostPropositions(maxSuccessors))
  const texts: string[] = []
  const input = { model, scope: scopeOf(model), dispatch, counters, maxSuccessors, atoms, propositions, ...emission }
  emitKernel(input, (text) => {
    texts.push(text)
    hear(text)
  })
  const source = texts.join('\n\n')
  const longest = longestFunction(source)
  if (longest > maxFunction) throw tooLong(longest)
  return { stateWords: emission.layout.stateWords, counters, maxSuccessors, propositions, source, longest }
}

/** By index into `propositionsOf(model)`: those that the liveness properties judged speak of. */
function atomsJudged(model: Model, judged: readonly number[]): ReadonlyMap<number, Expr> {
  const predicates = judged.flatMap((index) => {
    const property = model.properties[index]
    return property?.kind === 'liveness' ? predicatesOf(property.formula) : []
  })
  if (predicates.length === 0) return new Map()
  const indexOf = propositionFinder(model)
  return new Map(predicates.map((e) => [indexOf(e), literalOf(e).atom]))
}

/** Characters of a function. V8's optimiser takes seconds for more, and the end of the process waits for it. */
const mostOptimised = 1_000_000
/** WebAssembly allows somewhat more. */
const maxFunction = 4_000_000

/** Characters; functions are told apart by empty lines. */
function longestFunction(source: string): number {
  let longest = 0
  for (let begin = 0; begin < source.length; ) {
    const found = source.indexOf('\n\n', begin)
    const end = found < 0 ? source.length : found
    longest = Math.max(longest, end - begin)
    begin = end + 2
  }
  return longest
}

function tooLong(length: number): SpecError {
  const message = `a step, or what is claimed of a state, takes ${Math.ceil(length / 1e6)} MB of code`
  const hint = 'Say it in several steps or properties, or let a step set a variable first, and read that.'
  return new SpecError(problem('MC208', message, hint))
}

const maxHistogram = 65_536
const maxActions = 65_535

function counterLayout(model: Model, judged: readonly number[]): CounterLayout {
  if (model.actions.length > maxActions) {
    throw new SpecError(
      problem('MC208', `${model.actions.length} actions are too many`, `At most ${maxActions} are possible.`),
    )
  }
  const checks = checksOf(model)
  const takers = takersOf(model)
  const heldByAssumption = takers.all.length
  const byProperty = heldByAssumption + model.assumptions.length
  const byCheck = byProperty + model.properties.length
  const terminal = byCheck + checks.length
  let length = terminal + 3
  const measures = judged.flatMap((property) => {
    const measured = model.properties[property]
    if (measured?.kind !== 'measure') return []
    const d = domainOf(measured.e, scopeOf(model))
    const count = d.kind === 'range' ? d.max - d.min + 1 : 0
    if (d.kind !== 'range' || count > maxHistogram) {
      throw new SpecError(
        problem(
          'MC208',
          `'${measured.name}' may take ${count} values`,
          `A measure takes at most ${maxHistogram}.`,
          measured.source,
        ),
      )
    }
    const offset = length
    length += count
    return [{ property, offset, min: d.min, count }]
  })
  return {
    length,
    takerCount: takers.all.length,
    generatedBy: takers.ofInstance,
    heldByAssumption,
    byProperty,
    byCheck,
    checks,
    terminal,
    deadlock: terminal + 1,
    modelError: terminal + 2,
    measures,
  }
}

function successorBound(model: Model, { cases, others }: Dispatch): number {
  const of = (indices: readonly number[]): number =>
    indices.reduce((sum, i) => sum + outcomes(model.instances[i]?.effect ?? []), 0)
  const widest = new Map<string, number>()
  for (const one of cases) widest.set(one.variable, Math.max(widest.get(one.variable) ?? 0, of(one.instances)))
  return of(others) + [...widest.values()].reduce((sum, most) => sum + most, 0)
}
