/**
 * Checks a model with reductions and without, and says where the two answers differ.
 */

import { isDeepStrictEqual } from 'node:util'
import { checkModel } from '../../checker/check-model.ts'
import type { TestKnobs } from '../../checker/explore-options.ts'
import { propertyNames } from '../../checker/judge/selection.ts'
import { type Reduction, reductionNames } from '../../checker/reduce/names.ts'
import type { CheckOptions, ModelResult, PropertyResult } from '../../checker/result.ts'
import type { Expr, FairnessGroup, Ltl, Model, Property } from '../../src/model/ir.ts'
import { littleMemory } from './build.ts'
import type { Choices } from './choices.ts'
import { nowhere } from './random-model.ts'

/** Every reduction alone, and all combinations. */
export const combinations: readonly (readonly Reduction[])[] = reductionNames
  .reduce<readonly (readonly Reduction[])[]>((all, name) => all.flatMap((some) => [some, [...some, name]]), [[]])
  .filter((some) => some.length > 0)

interface Answer {
  readonly name: string
  readonly verdict: string
  /** Steps of a shortest run, or only that there is one. */
  readonly run: number | boolean | null
  readonly extremes: readonly number[] | null
}

function answerOf({ name, kind, verdict, trace, measure }: PropertyResult, hasLengths: boolean): Answer {
  const isExact = hasLengths && kind !== 'liveness'
  const run = trace === null ? null : isExact ? trace.steps.length - 1 : true
  return { name, verdict, run, extremes: measure === null ? null : [measure.min, measure.max] }
}

/** Of these properties, those that all of the reductions can judge. */
function judgedBy(reduce: readonly Reduction[], model: Model, asked: readonly string[]): readonly string[] {
  const isExact = reduce.every((name) => name === 'dead-variables')
  const keepsSteps = reduce.every((name) => name === 'dead-variables' || name === 'symmetry')
  const judged = isExact ? null : ['invariant', 'reachable', ...(keepsSteps ? ['step'] : [])]
  const cannot = model.properties.flatMap(({ kind, name }) => (judged?.includes(kind) === false ? [name] : []))
  return asked.filter((name) => !cannot.includes(name))
}

/** Beyond this many states a random model is left alone. */
const mostStates = 3000

/** A model, and what the search without reductions says of it. */
export interface Whole {
  readonly model: Model
  readonly options: CheckOptions
  readonly result: ModelResult
}

/** Null for a model that is too large. */
export async function checkWhole(model: Model, options: CheckOptions = {}): Promise<Whole | null> {
  const common = { workers: 1, ...littleMemory, maxStates: mostStates, ...options }
  const result = await checkModel(model, common)
  return result.complete ? { model, options: common, result } : null
}

/**
 * The same verdicts with reductions, for all properties that these can judge, and for what is promised to be shortest the same lengths.
 * Returns how many states that search had.
 */
export async function expectAsWhole(
  { model, options, result }: Whole,
  reduce: readonly Reduction[],
  knobs: TestKnobs = {},
): Promise<number> {
  const properties = judgedBy(reduce, model, options.properties ?? propertyNames(model))
  const reduced = await checkModel(model, { ...options, reduce, properties }, knobs)
  for (const property of reduced.properties) {
    const isShortest = property.trace?.shortest ?? true
    const whole = result.properties.find(({ name }) => name === property.name)
    const wanted = whole && answerOf(whole, isShortest)
    const given = answerOf(property, isShortest)
    if (!isDeepStrictEqual(given, wanted))
      throw new Error(`${JSON.stringify(given)} instead of ${JSON.stringify(wanted)}`)
  }
  return reduced.states.distinct
}

/** One search against the other. Returns how many states each had, without reductions first; null for a model that is too large. */
export async function expectSameVerdicts(
  model: Model,
  reduce: readonly Reduction[],
  options: CheckOptions = {},
  knobs: TestKnobs = {},
): Promise<readonly [number, number] | null> {
  const whole = await checkWhole(model, options)
  if (whole === null) return null
  return [whole.result.states.distinct, await expectAsWhole(whole, reduce, knobs)]
}

/** The model with fairness of its own and temporal claims about where its threads are and what they do. */
export function withClaims(c: Choices, model: Model): Model {
  const instances = model.instances.map((_, i) => i)
  const some = (percent: number): readonly number[] => instances.filter(() => c.chance(percent))
  const place = (): Ltl => {
    const { counter, locations } = c.pick(model.threads)
    const domain = { kind: 'enumeration', values: locations.map(({ value }) => value) } as const
    const left: Expr = { kind: 'variable', name: counter }
    const right: Expr = { kind: 'literal', domain, value: c.pick(domain.values) }
    return { kind: 'predicate', e: { kind: 'equal', left, right } }
  }
  const taken = (): Ltl => ({ kind: 'taken', name: 'some', instances: some(40) })
  const formula = (): Ltl => {
    switch (c.below(4)) {
      case 0:
        return { kind: 'leadsTo', left: place(), right: place() }
      case 1:
        return { kind: 'leadsTo', left: place(), right: taken() }
      case 2:
        return { kind: 'always', f: { kind: 'eventually', f: c.chance(50) ? place() : taken() } }
      default:
        return { kind: 'next', f: { kind: 'until', left: { kind: 'not', f: taken() }, right: place() } }
    }
  }
  const fairness = c.times(
    0,
    3,
    (i): FairnessGroup => ({
      name: `group ${i}`,
      strength: c.chance(50) ? 'weak' : 'strong',
      instances: some(50),
    }),
  )
  const claims = c.times(1, 2, (i): Property => {
    return { kind: 'liveness', name: `claim ${i}`, formula: formula(), assuming: [], source: nowhere }
  })
  return { ...model, fairness, properties: [...model.properties, ...claims] }
}
