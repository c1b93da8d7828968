/**
 * What checking one model came to, with the model at hand: what machines on a build server are told from.
 */

import { match, P } from 'ts-pattern'
import type { ModelResult, PropertyResult } from '../../checker/result.ts'
import { checksIn } from '../model/checks.ts'
import type { Model, Source } from '../model/ir.ts'
import type { Problem } from '../model/problem.ts'
import { counted } from './grouped.ts'
import type { SavedTrace } from './saved-trace.ts'

export interface Outcome {
  readonly spec: string
  readonly model: Model
  readonly result: ModelResult
  readonly counterexamples: readonly Counterexample[]
}

/** All that a run of the command has to tell. */
export interface Findings {
  readonly outcomes: readonly Outcome[]
  readonly problems: readonly Problem[]
  /** Why there are neither, when SIGINT came while the spec was loaded. */
  readonly interrupted: string | null
}

export interface Counterexample {
  readonly property: string
  readonly trace: SavedTrace
  /** Null where it could not be written. */
  readonly file: string | null
}

export function counterexampleOf(outcome: Outcome, property: PropertyResult): Counterexample | null {
  return outcome.counterexamples.find((one) => one.property === property.name) ?? null
}

/** Where the spec makes a claim: the property, the failed `check`, the step that raised an error, or the model. */
export function placeOf({ model }: Outcome, property: PropertyResult): Source {
  const declared = model.properties.find((one) => one.name === property.name)
  if (declared !== undefined) return declared.source
  const last = property.trace?.steps.at(-1)?.instance ?? null
  const instance = last === null ? undefined : model.instances[last]
  if (property.kind === 'check') {
    const effects = model.instances.flatMap((one) => one.effect)
    return checksIn(effects).find(({ message }) => message === property.name)?.source ?? model.source
  }
  return property.kind === 'model-error' ? (instance?.source ?? model.source) : model.source
}

/** One sentence: what is wrong with it, or that it is as expected. */
export function sentenceOf(property: PropertyResult): string {
  const { verdict, asExpected, trace, name } = property
  const steps = trace === null ? '' : ` by a run of ${counted(trace.steps.length - 1, 'step')}`
  return match([verdict, asExpected] as const)
    .with(['holds', true], () => `${name} holds`)
    .with(['holds', false], () => `${name} holds, but a violation is expected`)
    .with(['violated', true], () => `${name} is violated${steps}, as expected`)
    .with(['violated', false], () => `${name} is violated${steps}`)
    .with(['inconclusive', P.boolean], () => `${name} is inconclusive`)
    .with([P.union('reached', 'unreachable', 'measured'), true], () => `${name} is ${verdict}`)
    .with([P.union('reached', 'unreachable', 'measured'), false], () => `${name} is ${verdict}, which is not expected`)
    .exhaustive()
}
