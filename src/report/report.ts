/**
 * The report: what `--json` prints and `check` returns. The static type is derived from the codec.
 */

import * as t from 'io-ts'
import type { ModelResult } from '../../checker/result.ts'
import type { Problem } from '../model/problem.ts'
import type { Trace } from '../model/trace.ts'
import { packageVersion } from './version.ts'

const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null])

export const errorCodec = t.readonly(
  t.type({ code: t.string, message: t.string, file: nullable(t.string), line: nullable(t.number), hint: t.string }),
)

export const traceCodec = t.readonly(
  t.type({ stem: t.number, loop: t.number, shortest: t.boolean, file: nullable(t.string) }),
)

const measureCodec = t.readonly(
  t.type({ min: t.number, max: t.number, histogram: t.readonly(t.record(t.string, t.number)) }),
)

const propertyCodec = t.readonly(
  t.type({
    name: t.string,
    kind: t.keyof({
      invariant: null,
      step: null,
      deadlock: null,
      check: null,
      liveness: null,
      reachable: null,
      measure: null,
      'model-error': null,
    }),
    verdict: t.keyof({
      holds: null,
      violated: null,
      reached: null,
      unreachable: null,
      measured: null,
      inconclusive: null,
    }),
    asExpected: t.boolean,
    trace: nullable(traceCodec),
    measure: nullable(measureCodec),
    reason: t.readonlyArray(t.string),
    warnings: t.readonlyArray(t.string),
  }),
)

/** `kind` and `threads` came later than the rest: a report without them can still be compared. */
const actionCodec = t.readonly(
  t.intersection([
    t.type({ name: t.string, generated: t.number, distinct: t.number }),
    t.partial({
      kind: t.keyof({ action: null, step: null, arrival: null }),
      threads: t.readonlyArray(t.readonly(t.type({ name: t.string, generated: t.number }))),
    }),
  ]),
)

const modelCodec = t.readonly(
  t.type({
    name: t.string,
    constants: t.readonly(t.record(t.string, t.union([t.boolean, t.number, t.string]))),
    reductions: t.readonlyArray(t.string),
    complete: t.boolean,
    reason: nullable(t.string),
    states: t.readonly(
      t.type({ distinct: t.number, generated: t.number, initial: t.number, depth: t.number, terminal: t.number }),
    ),
    digest: t.string,
    stateBits: t.number,
    elapsedMs: t.number,
    peakBytes: t.number,
    assumptions: t.readonlyArray(t.readonly(t.type({ name: t.string, limit: nullable(t.number), held: t.number }))),
    warnings: t.readonlyArray(t.string),
    actions: t.readonlyArray(actionCodec),
    properties: t.readonlyArray(propertyCodec),
  }),
)

export const reportCodec = t.readonly(
  t.type({
    version: t.string,
    spec: t.string,
    workers: t.number,
    errors: t.readonlyArray(errorCodec),
    models: t.readonlyArray(modelCodec),
  }),
)

export type Report = t.TypeOf<typeof reportCodec>
export type ModelReport = t.TypeOf<typeof modelCodec>
export type PropertyReport = t.TypeOf<typeof propertyCodec>
export type ActionReport = t.TypeOf<typeof actionCodec>

/** File of a saved trace, or null when it was not saved. */
export type FileOf = (model: string, property: string) => string | null

export function reportOf(
  spec: string,
  workers: number,
  results: readonly ModelResult[],
  fileOf: FileOf = () => null,
): Report {
  const models = results.map((result) => modelReport(result, fileOf))
  return { version: packageVersion, spec, workers, errors: [], models }
}

/** The report where nothing was checked. */
export function problemReport(spec: string, workers: number, problems: readonly Problem[]): Report {
  return { version: packageVersion, spec, workers, errors: problems.map(errorReport), models: [] }
}

export function errorReport({ code, message, source, hint }: Problem): t.TypeOf<typeof errorCodec> {
  return { code, message, file: source?.file ?? null, line: source?.line ?? null, hint }
}

export function traceReport(trace: Trace, file: string | null): t.TypeOf<typeof traceCodec> {
  return {
    stem: trace.loop ?? trace.steps.length - 1,
    loop: trace.loop === null ? 0 : trace.steps.length - 1 - trace.loop,
    shortest: trace.shortest,
    file,
  }
}

function modelReport(result: ModelResult, fileOf: FileOf): ModelReport {
  const { workers: _, levels: __, ...figures } = result
  return {
    ...figures,
    properties: result.properties.map(({ trace, measure, warnings, ...property }) => ({
      ...property,
      warnings: warnings.map(({ text }) => text),
      measure: measure === null ? null : { min: measure.min, max: measure.max, histogram: measure.histogram },
      trace: trace === null ? null : traceReport(trace, fileOf(result.name, property.name)),
    })),
  }
}

/** 4 is for our own bugs and never follows from a report; 2 for problems; then 1 violated, 3 inconclusive, 0. */
export function exitCodeOf(report: Report): 0 | 1 | 2 | 3 {
  if (report.errors.length > 0) return 2
  const properties = report.models.flatMap((model) => model.properties)
  if (properties.some((property) => !property.asExpected && property.verdict !== 'inconclusive')) return 1
  const isIncomplete = report.models.some((model) => !model.complete)
  return isIncomplete || properties.some((property) => property.verdict === 'inconclusive') ? 3 : 0
}
