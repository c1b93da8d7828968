/**
 * From a spec's builder to a validated model, and through the checker.
 */

import * as E from 'fp-ts/Either'
import { checkModel } from '../../checker/check-model.ts'
import type { ModelOptions, TestKnobs } from '../../checker/explore-options.ts'
import type { ModelResult, Verdict } from '../../checker/result.ts'
import type { ModelBuilder } from '../../src/language/model.ts'
import type { ConstantValues, Model } from '../../src/model/ir.ts'

/** Throws when the spec has mistakes. */
export function buildModel(builder: ModelBuilder, set: ConstantValues = {}): Model {
  const built = builder.build(set)
  if (E.isLeft(built)) throw new Error(built.left.map(({ code, message }) => `${code} ${message}`).join('\n'))
  return built.right
}

/** For small models, many of which are checked in one process: to give back the memory of each before the next takes longer than the check. */
export const littleMemory = { memoryBytes: 2 ** 24, earlierBytes: 2 ** 28 } as const satisfies ModelOptions

/** For larger ones. */
const enoughMemory = { memoryBytes: 2 ** 30, earlierBytes: 2 ** 25 } as const satisfies ModelOptions

export function checkSpec(
  builder: ModelBuilder,
  options: ModelOptions & { readonly set?: ConstantValues } = {},
  knobs: TestKnobs = {},
): Promise<ModelResult> {
  const { set = {}, ...rest } = options
  return checkModel(buildModel(builder, set), { workers: 1, ...enoughMemory, ...rest }, knobs)
}

/** Verdict by property name. */
export function verdictsOf(result: ModelResult): { readonly [property: string]: Verdict } {
  return Object.fromEntries(result.properties.map(({ name, verdict }) => [name, verdict]))
}

/** Distinct states, generated states and levels. */
export function countsOf({ states }: ModelResult): readonly number[] {
  return [states.distinct, states.generated, states.depth]
}

/** Number of steps of a property's trace: the stem, and the loop (null without one, 0 when the run stops). */
export function lengthOf(
  result: ModelResult,
  property: string,
): { readonly stem: number; readonly loop: number | null } {
  const trace = result.properties.find(({ name }) => name === property)?.trace
  if (trace === null || trace === undefined) throw new Error(`${property} has no trace`)
  const last = trace.steps.length - 1
  return { stem: trace.loop ?? last, loop: trace.loop === null ? null : last - trace.loop }
}
