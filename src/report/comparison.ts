/**
 * Designs side by side: what several models have in common and where they differ, from their reports.
 */

import type { ModelReport, PropertyReport, Report } from './report.ts'

export interface Cell {
  readonly verdict: PropertyReport['verdict']
  readonly asExpected: boolean
  /** Steps of the trace, the loop included; null without one. */
  readonly steps: number | null
  readonly measure: { readonly min: number; readonly max: number } | null
  /** The counterexample. */
  readonly file: string | null
}

export interface Design {
  readonly spec: string
  readonly model: string
  readonly constants: ModelReport['constants']
  readonly states: number
  readonly generated: number
  /** Of the set of reachable states. */
  readonly digest: string
  /** Null when the search was complete. */
  readonly reason: string | null
}

export interface ComparisonRow {
  readonly property: string
  readonly isMeasure: boolean
  /** Verdicts or measured values are not all the same, among the designs that make the claim. */
  readonly differs: boolean
  /** One for each design; null where it makes no such claim. */
  readonly cells: readonly (Cell | null)[]
}

export interface Comparison {
  readonly designs: readonly Design[]
  readonly rows: readonly ComparisonRow[]
}

export function comparisonOf(reports: readonly Report[]): Comparison {
  const models = reports.flatMap((report) => report.models.map((model) => ({ spec: report.spec, model })))
  const names = new Set(models.flatMap(({ model }) => model.properties.map((property) => property.name)))
  return {
    designs: models.map(({ spec, model }) => ({
      spec,
      model: model.name,
      constants: model.constants,
      states: model.states.distinct,
      generated: model.states.generated,
      digest: model.digest,
      reason: model.reason,
    })),
    rows: [...names].map((name) =>
      rowOf(
        name,
        models.map(({ model }) => model),
      ),
    ),
  }
}

/** Indices of designs whose searches found the same states, as the digest has it; at least two in each group. */
export function alikeDesigns({ designs }: Comparison): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>()
  for (const [i, { digest, reason }] of designs.entries()) {
    if (reason === null) groups.set(digest, [...(groups.get(digest) ?? []), i])
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

/** Least and greatest value, or the only one. */
export function spanOf({ min, max }: NonNullable<Cell['measure']>, between: string): string {
  return min === max ? String(min) : `${min}${between}${max}`
}

function rowOf(name: string, models: readonly ModelReport[]): ComparisonRow {
  const found = models.map((model) => model.properties.find((property) => property.name === name))
  const answers = found.flatMap((property) =>
    property === undefined ? [] : [`${property.verdict} ${property.measure?.min} ${property.measure?.max}`],
  )
  return {
    property: name,
    isMeasure: found.some((property) => property?.kind === 'measure'),
    differs: new Set(answers).size > 1,
    cells: found.map((property) => (property === undefined ? null : cellOf(property))),
  }
}

function cellOf({ verdict, asExpected, trace, measure }: PropertyReport): Cell {
  return {
    verdict,
    asExpected,
    steps: trace === null ? null : trace.stem + trace.loop,
    measure: measure === null ? null : { min: measure.min, max: measure.max },
    file: trace?.file ?? null,
  }
}
