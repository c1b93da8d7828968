/**
 * What changed between two reports: verdicts, sizes, assumptions, actions that went dead or came alive, measures, lengths of traces.
 */

import { counted, grouped } from './grouped.ts'
import type { ActionReport, ModelReport, PropertyReport, Report } from './report.ts'
import { hasFused } from './untaken.ts'

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
  /** Lines of routines. */
  readonly steps: readonly Change[]
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
  const all = [...errors, ...models.flatMap(changesOf)]
  return all.some((change) => change.weight === 'worse') || models.some((one) => one.isGone)
}

export function isEmpty({ errors, models }: ReportDiff): boolean {
  return errors.length === 0 && models.length === 0
}

function hasChanges(diff: ModelDiff): boolean {
  return diff.isNew || diff.isGone || changesOf(diff).length > 0
}

const changesOf = ({ verdicts, measures, actions, steps, sizes }: ModelDiff): readonly Change[] => [
  ...verdicts,
  ...measures,
  ...actions,
  ...steps,
  ...sizes,
]

function diffModel(name: string, before: ModelReport | null, after: ModelReport | null): ModelDiff {
  const none = { verdicts: [], measures: [], actions: [], steps: [], sizes: [] }
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
    actions: diffTaken(before, after, (action) => action.kind !== 'step'),
    steps: diffTaken(before, after, (action) => action.kind === 'step'),
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
  const steps = trace === null ? '' : ` in ${counted(trace.stem + trace.loop, 'step')}`
  return `${verdict}${steps}${asExpected ? (verdict === 'violated' ? ', as expected' : '') : ', not as expected'}`
}

const measureText = ({ measure }: PropertyReport): string => (measure === null ? '' : `${measure.min} … ${measure.max}`)

/** An action or a line that is never taken is the first sign of a vacuous model. */
function diffTaken(
  before: ModelReport,
  after: ModelReport,
  isMeant: (action: ActionReport) => boolean,
): readonly Change[] {
  const names = [...before.actions, ...after.actions].filter(isMeant).map((action) => action.name)
  const find = (model: ModelReport, name: string): Taken => {
    const action = model.actions.find((one) => one.name === name)
    return action === undefined ? undefined : { ...action, isFused: action.kind === 'step' && hasFused(model) }
  }
  return [...new Set(names)].flatMap((name) => {
    const [old, now] = [find(before, name), find(after, name)]
    const whole = takenChange(name, old, now)
    return whole.length > 0 || old === undefined || now === undefined ? whole : diffThreads(name, old, now)
  })
}

/** What one thread no longer takes, or takes now, while another takes it before and after. */
function diffThreads(name: string, before: Present, after: Present): readonly Change[] {
  return (after.threads ?? []).flatMap((now) => {
    const old = before.threads?.find((one) => one.name === now.name)
    if (old === undefined) return []
    return takenChange(
      `${name} by ${now.name}`,
      { ...old, isFused: before.isFused },
      { ...now, isFused: after.isFused },
    )
  })
}

interface Present {
  readonly generated: number
  readonly threads?: ActionReport['threads']
  /** Whether it may have been taken without being counted. */
  readonly isFused: boolean
}

type Taken = Present | undefined

function takenChange(what: string, before: Taken, after: Taken): readonly Change[] {
  const text = (taken: Taken): string => {
    if (taken === undefined) return 'absent'
    return taken.generated > 0 ? 'taken' : taken.isFused ? 'fused, or never taken' : 'never taken'
  }
  const isDead = (taken: Taken): boolean => taken?.generated === 0 && !taken.isFused
  return changes(
    what,
    text(before),
    text(after),
    () => isDead(after),
    () => isDead(before),
  )
}

function diffSizes(before: ModelReport, after: ModelReport): readonly Change[] {
  const constants = (model: ModelReport): string =>
    Object.entries(model.constants)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')
  const reductions = (model: ModelReport): string => model.reductions.join(', ') || 'none'
  return [
    ...diffAssumptions(before, after),
    ...changes('constants', constants(before), constants(after)),
    ...changes('reductions', reductions(before), reductions(after)),
    ...changes(
      'search',
      before.reason ?? 'complete',
      after.reason ?? 'complete',
      () => !after.complete,
      () => !before.complete,
    ),
    ...changes('distinct states', grouped(before.states.distinct), grouped(after.states.distinct)),
    ...changes('generated states', grouped(before.states.generated), grouped(after.states.generated)),
    ...changes('levels', grouped(before.states.depth), grouped(after.states.depth)),
    ...(before.digest === after.digest || before.states.distinct !== after.states.distinct
      ? []
      : [{ what: 'the reachable states', before: before.digest, after: after.digest, weight: 'neutral' as const }]),
  ]
}

/** What a verdict leaves out now, and did not before, changes no figure where nothing was held back yet. */
function diffAssumptions(before: ModelReport, after: ModelReport): readonly Change[] {
  const namesOf = ({ assumptions }: ModelReport): readonly string[] => assumptions.map(({ name }) => name)
  const [old, now] = [namesOf(before), namesOf(after)]
  const text = (names: readonly string[], name: string): string => (names.includes(name) ? 'assumed' : 'not assumed')
  return [...new Set([...old, ...now])].flatMap((name) => changes(name, text(old, name), text(now, name)))
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
