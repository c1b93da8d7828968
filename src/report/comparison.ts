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
