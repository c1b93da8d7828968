/**
 * A model's result for people: what was explored, under which assumptions, and a verdict for every property.
 */

import { match, P } from 'ts-pattern'
import type { ModelResult, PropertyResult, Warning } from '../../checker/result.ts'
import type { Problem } from '../model/problem.ts'
import { columnsOf, padRight } from './columns.ts'
import { counted, grouped } from './grouped.ts'
import { byValue } from './histogram.ts'
import { oneLine } from './inert.ts'
import type { Paint } from './paint.ts'
import { renderCoverage, renderNeverTaken } from './render-coverage.ts'
import { usualWidth, wrap } from './wrap.ts'

export function renderProblems(problems: readonly Problem[], paint: Paint): string {
  return problems
    .map(({ code, message, source, hint }) => {
      const place = source === null || source.file === '' ? '' : `${source.file}:${source.line}: `
      return `${oneLine(place)}${paint.red(`error ${code}`)}: ${oneLine(message)}\n  ${paint.dim('hint:')} ${oneLine(hint)}`
    })
    .join('\n')
}

export interface ResultView {
  readonly paint: Paint
  /** Every action with its figures. */
  readonly coverage?: boolean
  /** Columns of a line. */
  readonly width?: number
}

/** Names and messages come from the spec: they may not send escapes to the terminal. */
export function renderResult(given: ModelResult, { paint, coverage = false, width = usualWidth }: ResultView): string {
  const result = inertResult(given)
  const constants = Object.entries(result.constants)
    .map(([name, value]) => oneLine(`${name}=${value}`))
    .join(' ')
  const seconds = (result.elapsedMs / 1000).toFixed(2)
  const { distinct, generated, depth } = result.states
  const head = `${paint.bold(result.name)}${constants === '' ? '' : `  ${constants}`}`
  const lines = (text: string, colour = (line: string): string => line): readonly string[] =>
    wrap(text, width - 2, '  ').map((line) => colour(`  ${line}`))
  const figures = `${counted(distinct, 'distinct state')}, ${grouped(generated)} generated, ${counted(depth, 'level')}, ${seconds} s`
  const { reductions: names } = result
  const reductions =
    names.length === 0
      ? []
      : lines(
          `reduced by ${names.join(', ')}: the figures count what was searched, not what the model has`,
          paint.yellow,
        )
  const stop = result.complete
    ? []
    : lines(`stopped early: ${result.reason}; what is not known by then is inconclusive`, paint.yellow)
  const assumptions = result.assumptions.flatMap(({ name, held }) =>
    lines(`assuming ${name} (held back ${grouped(held)})`, paint.dim),
  )
  const warnings = result.warnings.flatMap((text) => lines(`warning: ${text}`, paint.yellow))
  const remarks = [...reductions, ...stop, ...assumptions, ...warnings]
  const taken = coverage ? renderCoverage(result, paint, width) : renderNeverTaken(result, paint)
  return [head, ...lines(figures), ...remarks, ...renderProperties(result.properties, paint, width), ...taken].join(
    '\n',
  )
}

function inertResult(result: ModelResult): ModelResult {
  return {
    ...result,
    name: oneLine(result.name),
    warnings: result.warnings.map(oneLine),
    assumptions: result.assumptions.map((one) => ({ ...one, name: oneLine(one.name) })),
    properties: result.properties.map((one) => ({
      ...one,
      name: oneLine(one.name),
      reason: one.reason.map(oneLine),
      warnings: one.warnings.map(({ about, text }) => ({ about, text: oneLine(text) })),
    })),
  }
}

const leastNameWidth = 28

function renderProperties(properties: readonly PropertyResult[], paint: Paint, width: number): readonly string[] {
  const nameWidth = nameWidthFor(properties, width)
  const remark = (text: string, colour: (text: string) => string): readonly string[] =>
    wrap(text, width - 4, '  ').map((line) => colour(`    ${line}`))
  return properties.flatMap((property, i) => {
    const before = properties.slice(0, i)
    // What was said of the fairness that properties share is not said again.
    const isNews = ({ about, text }: Warning): boolean =>
      about !== 'fairness' || !before.some(({ warnings }) => warnings.some((one) => one.text === text))
    return [
      ...named(property, nameWidth, paint, width),
      ...(property.verdict === 'holds' ? property.reason.flatMap((text) => remark(text, paint.dim)) : []),
      ...property.warnings.filter(isNews).flatMap(({ text }) => remark(`warning: ${text}`, paint.yellow)),
    ]
  })
}

/** Long names are broken, so that verdicts stay in a column and lines in their width; values of a measure take what they need. */
function nameWidthFor(properties: readonly PropertyResult[], lineWidth: number): number {
  const longest = Math.max(...properties.map(({ name }) => columnsOf(name)), 8)
  const verdicts = properties.flatMap((one) => (one.measure === null ? [columnsOf(verdictOf(one)[0])] : []))
  return Math.min(longest, Math.max(leastNameWidth, lineWidth - 4 - Math.max(...verdicts, 0)))
}

/** The verdict stands beside the last line of the name, and goes on below where both do not fit into a line. */
function named(property: PropertyResult, nameWidth: number, paint: Paint, lineWidth: number): readonly string[] {
  const names = wrap(property.name, nameWidth, '  ')
  const [text, colour] = verdictOf(property)
  const verdicts = property.measure === null ? wrap(text, lineWidth - 4 - nameWidth, '') : [text]
  return [
    ...names.slice(0, -1).map((line) => `  ${line}`),
    ...verdicts.map((line, i) => {
      const name = i === 0 ? (names.at(-1) ?? '') : ''
      return `  ${padRight(name, nameWidth)}  ${colour === null ? line : paint[colour](line)}`
    }),
  ]
}

function verdictOf(property: PropertyResult): readonly [string, 'green' | 'yellow' | 'red' | null] {
  const steps = property.trace === null ? '' : ` in ${lengthText(property)}`
  return match([property.verdict, property.asExpected] as const)
    .returnType<ReturnType<typeof verdictOf>>()
    .with(['violated', true], () => [`violated, as expected${steps}`, 'yellow'])
    .with(['violated', false], () => [`VIOLATED${steps}`, 'red'])
    .with(['holds', true], () => ['holds', 'green'])
    .with(['holds', false], () => ['holds, but a violation is expected', 'red'])
    .with(['reached', true], () => [`reached${steps}`, 'green'])
    .with(['reached', false], () => [`reached${steps}, but that is not expected`, 'red'])
    .with(['unreachable', true], () => ['unreachable, as expected', 'yellow'])
    .with(['unreachable', false], () => ['UNREACHABLE', 'red'])
    .with(['measured', P.boolean], () => [measureText(property), null])
    .with(['inconclusive', P.boolean], () => [
      `inconclusive${property.measure === null ? '' : ` (so far ${measureText(property)})`}`,
      'yellow',
    ])
    .exhaustive()
}

function lengthText({ trace }: PropertyResult): string {
  if (trace === null) return ''
  const last = trace.steps.length - 1
  const stem = trace.loop ?? last
  const steps = counted(stem, 'step')
  if (trace.loop === null) return steps
  return stem === last ? `${steps}, then it stops` : `${steps} and a loop of ${last - stem}`
}

function measureText({ measure }: PropertyResult): string {
  if (measure === null) return 'no value'
  const entries = byValue(measure.histogram)
  const shown = entries.slice(0, 8).map(([value, n]) => `${value}: ${grouped(n)}`)
  return `${measure.min} … ${measure.max}  (${shown.join(', ')}${entries.length > 8 ? ', …' : ''})`
}
