/**
 * A trace as text of at most 100 columns, or as many as a terminal has, to be read in a terminal or pasted into a mail: a column for each CPU or thread,
 * handlers and calls by indentation, and only what changed. At the end the reason, part by part.
 */

import { showValue } from '../model/values.ts'
import { columnsOf } from './columns.ts'
import { foldReasons } from './fold-reasons.ts'
import { oneLine } from './inert.ts'
import type { Paint } from './paint.ts'
import type { SavedTrace } from './saved-trace.ts'
import { type Lanes, lanesOf } from './trace-lanes.ts'
import { type Row, rowsOf } from './trace-rows.ts'
import { usualWidth, wrap, wrapList } from './wrap.ts'

export interface TraceView {
  /** All steps and all variables, instead of what changed. */
  readonly full: boolean
  readonly paint: Paint
  /** Only this step, counted from 0. */
  readonly step: number | null
  /** Columns of a line. */
  readonly width?: number
}

/** A line of the story: a step, or the name of a routine that is entered. */
export interface Line {
  readonly number: string
  readonly lane: string
  readonly text: string
  readonly changes: readonly string[]
  readonly isArrival: boolean
  /** A step of sequential code, not an action of hardware. */
  readonly isThread: boolean
  /** Not the initial state. */
  readonly isStep: boolean
}

/** Where the story starts, right of the step numbers. */
const margin = 9
const shareForChanges = 0.38
const loopMark = '↺'

export function renderTrace(saved: SavedTrace, view: TraceView): string {
  const rows = rowsOf(saved, view.full || view.step !== null)
  const shown = view.step === null ? rows : rows.slice(view.step, view.step + 1)
  const lines = linesOf(saved, shown)
  const threadCount = saved.control.filter((name) => name.endsWith('.pc')).length
  const { width = usualWidth } = view
  const mostForChanges = Math.floor(width * shareForChanges)
  const lanes = lanesOf(lines, width - margin - 2 - mostForChanges, threadCount < 2)
  const column = Math.min(
    width - mostForChanges,
    margin + Math.max(...lines.map((line) => textEnd(line, lanes)), 0) + 2,
  )
  return [
    ...(lanes.header === null ? [] : [view.paint.dim(`${' '.repeat(margin)}${lanes.header}`)]),
    ...lines.flatMap((line) => renderLine(line, { lanes, column, width, paint: view.paint })),
    ...(view.full ? renderState(saved, view.step ?? saved.steps.length - 1, width) : []),
    ...renderEnd(saved, view, width),
  ].join('\n')
}

/** What is said below the steps: where the run goes on, and the reason. */
export function renderReason(saved: SavedTrace, view: TraceView): string {
  return renderEnd(saved, view, view.width ?? usualWidth).join('\n')
}

/** Steps, and before each the calls on its path that its thread has not shown yet. */
function linesOf(saved: SavedTrace, rows: readonly Row[]): readonly Line[] {
  const shownPaths = new Map<string, readonly string[]>()
  return rows.flatMap((row) => {
    const key = `${row.thread}\n${row.frame}`
    const shown = shownPaths.get(key) ?? []
    if (row.kind === 'arrival') shownPaths.delete(`${row.thread}\n${row.frame + 1}`)
    const common = row.path.findIndex((name, depth) => shown[depth] !== name)
    if (row.kind === 'step') shownPaths.set(key, row.path)
    const called = common === -1 ? [] : row.path.slice(common)
    const indent = (calls: number): string => '| '.repeat(row.frame) + '  '.repeat(calls)
    return [
      ...called.map((name, i) => ({
        number: '',
        lane: row.lane,
        text: `${indent(row.path.length - called.length + i)}${oneLine(name)}:`,
        changes: [],
        isArrival: false,
        isThread: true,
        isStep: true,
      })),
      {
        number: numberOf(saved, row),
        lane: row.lane,
        text: `${indent(row.path.length)}${oneLine(row.label)}`,
        changes: row.changes.map(oneLine),
        isArrival: row.kind === 'arrival',
        isThread: row.kind === 'step' || row.kind === 'arrival',
        isStep: row.kind !== 'initial',
      },
    ]
  })
}

function numberOf(saved: SavedTrace, row: Row): string {
  const isLoopStart = saved.loop !== null && saved.loop !== saved.steps.length - 1 && row.first === saved.loop + 1
  return `${isLoopStart ? loopMark : ''}${row.first}${row.last > row.first ? `-${row.last}` : ''}`
}

const textEnd = (line: Line, lanes: Lanes): number => lanes.offsetOf(line.lane) + columnsOf(line.text)

interface Columns {
  readonly lanes: Lanes
  /** Where changes begin. */
  readonly column: number
  readonly width: number
  readonly paint: Paint
}

function renderLine(line: Line, { lanes, column, width, paint }: Columns): readonly string[] {
  const indent = margin + lanes.offsetOf(line.lane)
  const head = `${line.number.padStart(margin - 2)}  ${lanes.before(line.lane)}`
  const continued = /^(\| )*\s*/.exec(line.text)?.[0] ?? ''
  const texts = wrap(line.text, width - indent, `${continued}  `).map((part, i) =>
    `${i === 0 ? head : ' '.repeat(indent)}${line.isArrival ? paint.bold(part) : part}`.trimEnd(),
  )
  if (line.changes.length === 0) return texts
  const changes = wrapList(line.changes, width - column)
  const lastText = texts.at(-1) ?? ''
  const lastEnd = texts.length > 1 ? width : indent + columnsOf(line.text)
  const first = lastEnd + 2 <= column ? changes[0] : undefined
  const rest = first === undefined ? changes : changes.slice(1)
  return [
    ...texts.slice(0, -1),
    first === undefined ? lastText : `${lastText}${' '.repeat(column - lastEnd)}${first}`,
    ...rest.map((part) => `${' '.repeat(column)}${part}`),
  ]
}

function renderState(saved: SavedTrace, step: number, width: number): readonly string[] {
  const state = saved.steps[step]?.state ?? {}
  return [
    `${' '.repeat(margin)}state ${step}:`,
    ...Object.entries(state).flatMap(([name, v]) =>
      indented(wrap(oneLine(`${name} = ${showValue(v)}`), width - margin - 2, '    '), margin + 2),
    ),
  ]
}

function indented(lines: readonly string[], by: number): readonly string[] {
  return lines.map((line) => `${' '.repeat(by)}${line}`)
}

function loopText({ loop, steps }: SavedTrace): string | null {
  const last = steps.length - 1
  if (loop === null) return null
  if (loop === last) return 'the run stops here for ever'
  return loop === last - 1
    ? `${loopMark} step ${last} repeats for ever`
    : `${loopMark} steps ${loop + 1} to ${last} repeat for ever`
}

function renderEnd(saved: SavedTrace, { full, paint }: TraceView, width: number): readonly string[] {
  const loop = loopText(saved)
  const lines = full ? saved.reason : foldReasons(saved.reason)
  const reasons = lines.flatMap((line) => wrap(`=> ${oneLine(line)}`, width - margin, '   '))
  return indented([...(loop === null ? [] : [loop]), ...reasons.map((line) => paint.red(line))], margin)
}
