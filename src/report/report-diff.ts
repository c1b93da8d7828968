/**
 * What changed between two reports: verdicts, sizes, actions that went dead or came alive, measures, lengths of traces.
 */

import type { ModelReport, PropertyReport, Report } from './report.ts'

export interface Change {
  /** The property, the action, or what was counted. */
  readonly what: string
  readonly before: string
  readonly after: string
  /** Worse: what was good no longer is. Better: the other way round. */
  readonly weight: 'worse' | 'better' | 'neutral'
}

export interface ModelDiff {
  readonly model: string
  readonly isNew: boolean
  readonly isGone: boolean
  readonly verdicts: readonly Change[]
  readonly measures: readonly Change[]
  readonly actions: readonly Change[]
  readonly sizes: readonly Change[]
}

export interface ReportDiff {
  readonly errors: readonly Change[]
  readonly models: readonly ModelDiff[]
}

export function diffReports(before: Report, after: Report): ReportDiff {
  const names = [...new Set([...before.models, ...after.models].map((model) => model.name))]
  const texts = (report: Report): readonly string[] => report.errors.map(({ code, message }) => `${code}: ${message}`)
  const models = names.map((name) =>
    diffModel(
      name,
      before.models.find((model) => model.name === name) ?? null,
      after.models.find((model) => model.name === name) ?? null,
    ),
  )
  return {
    errors: changes(
      'errors',
      texts(before).join('; ') || 'none',
      texts(after).join('; ') || 'none',
      () => texts(after).length > 0,
    ),
    models: models.filter(hasChanges),
  }
}

/** True when something got worse: a pull request should not pass unread. */
export function isWorse({ errors, models }: ReportDiff): boolean {
  const all = [...errors, ...models.flatMap((one) => [...one.verdicts, ...one.measures, ...one.actions, ...one.sizes])]
  return all.some((change) => change.weight === 'worse') || models.some((one) => one.isGone)
}

export function isEmpty({ errors, models }: ReportDiff): boolean {
  return errors.length === 0 && models.length === 0
}

function hasChanges(diff: ModelDiff): boolean {
  const { isNew, isGone, verdicts, measures, actions, sizes } = diff
  return isNew || isGone || verdicts.length + measures.length + actions.length + sizes.length > 0
}

function diffModel(name: string, before: ModelReport | null, after: ModelReport | null): ModelDiff {
  const none = { verdicts: [], measures: [], actions: [], sizes: [] }
  const head = { model: name, isNew: before === null, isGone: after === null }
  if (before === null || after === null) return { ...head, ...none }
  const names = [...new Set([...before.properties, ...after.properties].map((property) => property.name))]
  const pairs = names.map((property) => ({ property, old: find(before, property), now: find(after, property) }))
  return {
    ...head,
    verdicts: pairs.flatMap(({ property, old, now }) =>
      changes(
        property,
        verdictText(old),
        verdictText(now),
        () => isBad(now),
        () => isBad(old),
      ),
    ),
    measures: pairs.flatMap(({ property, old, now }) => {
      if (old === undefined || now === undefined) return []
      return changes(property, measureText(old), measureText(now))
    }),
    actions: diffActions(before, after),
    sizes: diffSizes(before, after),
  }
}

function find(model: ModelReport, property: string): PropertyReport | undefined {
  return model.properties.find((one) => one.name === property)
}

/** A property that is gone is worse: nobody judges it any more. */
const isBad = (property: PropertyReport | undefined): boolean => property === undefined || !property.asExpected

function verdictText(property: PropertyReport | undefined): string {
  if (property === undefined) return 'not claimed'
  const { verdict, asExpected, trace } = property
  const steps = trace === null ? '' : ` in ${trace.stem + trace.loop} steps`
  return `${verdict}${steps}${asExpected ? (verdict === 'violated' ? ', as expected' : '') : ', not as expected'}`
}

const measureText = ({ measure }: PropertyReport): string => (measure === null ? '' : `${measure.min} … ${measure.max}`)

/** An action that is never taken is the first sign of a vacuous model. */
function diffActions(before: ModelReport, after: ModelReport): readonly Change[] {
  const names = [...new Set([...before.actions, ...after.actions].map((action) => action.name))]
  return names.flatMap((name) => {
    const text = (model: ModelReport): string => {
      const action = model.actions.find((one) => one.name === name)
      return action === undefined ? 'absent' : action.generated === 0 ? 'never taken' : 'taken'
    }
    const [old, now] = [text(before), text(after)]
    return changes(
      name,
      old,
      now,
      () => now === 'never taken',
      () => old === 'never taken',
    )
  })
}

function diffSizes(before: ModelReport, after: ModelReport): readonly Change[] {
  const n = (value: number): string => value.toLocaleString('en-US')
  const constants = (model: ModelReport): string =>
    Object.entries(model.constants)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')
  return [
    ...changes('constants', constants(before), constants(after)),
    ...changes(
      'search',
      before.reason ?? 'complete',
      after.reason ?? 'complete',
      () => !after.complete,
      () => !before.complete,
    ),
    ...changes('distinct states', n(before.states.distinct), n(after.states.distinct)),
    ...changes('generated states', n(before.states.generated), n(after.states.generated)),
    ...changes('levels', n(before.states.depth), n(after.states.depth)),
    ...(before.digest === after.digest || before.states.distinct !== after.states.distinct
      ? []
      : [{ what: 'the reachable states', before: before.digest, after: after.digest, weight: 'neutral' as const }]),
  ]
}

function changes(
  what: string,
  before: string,
  after: string,
  isNowBad: () => boolean = () => false,
  wasBad: () => boolean = () => false,
): readonly Change[] {
  if (before === after) return []
  const weight = isNowBad() ? (wasBad() ? 'neutral' : 'worse') : wasBad() ? 'better' : 'neutral'
  return [{ what, before, after, weight }]
}
