/**
 * A model and what a check found, for the page.
 */

import type { ModelResult, PropertyResult } from '../../checker/result.ts'
import type { Model } from '../model/ir.ts'
import type { Trace } from '../model/trace.ts'
import { untakenWord } from '../report/untaken.ts'
import { describeRun, lanesOf, placeOf } from './describe-run.ts'
import { stripsOf } from './describe-state.ts'
import type { PageAction, PageModel, PageProperty, PageResult, PageRun } from './page-data.ts'
import { toneOf } from './tone.ts'

/** `result` null: nothing was checked yet. */
export function describeModel(model: Model, result: ModelResult | null, runs: readonly PageRun[] = []): PageModel {
  const told = result === null ? [] : result.properties.map((property) => describeProperty(model, property))
  const offsets = told.map((_, i) => told.slice(0, i).reduce((sum, one) => sum + one.runs.length, runs.length))
  return {
    name: model.name,
    constants: model.constants,
    threads: model.threads.map(({ name, lane }) => ({ name, lane })),
    lanes: lanesOf(model),
    strips: stripsOf(model),
    variables: model.variables.map(({ name, role }) => ({ name, isControl: role === 'control' })),
    actions: model.actions.map((_, i) => describeAction(model, i)),
    result:
      result === null
        ? null
        : describeResult(
            result,
            told.map((one, i) => ({ ...one.property, runs: one.runs.map((_, k) => (offsets[i] ?? 0) + k) })),
          ),
    runs: [...runs, ...told.flatMap((one) => one.runs)],
  }
}

function describeAction(model: Model, index: number): PageAction {
  const instance = model.instances.find((one) => one.action === index)
  const name = model.actions[index]?.name ?? ''
  return {
    name,
    kind: instance?.kind ?? 'action',
    path: instance?.path ?? [],
    label: instance?.label ?? name,
    place: instance === undefined ? '' : placeOf(instance),
  }
}

function describeResult(result: ModelResult, properties: readonly PageProperty[]): PageResult {
  const { complete, reason, states, levels, digest, stateBits, elapsedMs, workers, peakBytes, warnings } = result
  return {
    complete,
    reason,
    states,
    levels,
    digest,
    stateBits,
    elapsedMs,
    workers,
    peakBytes,
    warnings,
    properties,
    reductions: result.reductions,
    untaken: untakenWord(result),
    assumptions: result.assumptions.map(({ name, held }) => ({ name, held })),
    coverage: result.actions.map(({ generated, distinct, threads }) => ({ generated, distinct, threads })),
  }
}

interface Told {
  readonly property: PageProperty
  readonly runs: readonly PageRun[]
}

function describeProperty(model: Model, found: PropertyResult): Told {
  const { name, kind, verdict, asExpected, reason, warnings, measure } = found
  const run = (trace: Trace | null, title: string, claim: string): readonly PageRun[] =>
    trace === null ? [] : [describeRun(model, trace, { title, claim, tone: toneOf(found), reason })]
  return {
    property: {
      name,
      kind,
      verdict,
      asExpected,
      reason,
      runs: [],
      warnings: warnings.map(({ text }) => text),
      measure: measure === null ? null : { min: measure.min, max: measure.max, histogram: measure.histogram },
    },
    runs: [
      ...run(found.trace, name, found.asExpected && verdict === 'violated' ? 'violated, as expected' : verdict),
      ...run(measure?.minWitness ?? null, `${name}: least`, `reaches ${measure?.min}`),
      ...run(measure?.maxWitness ?? null, `${name}: greatest`, `reaches ${measure?.max}`),
    ],
  }
}
