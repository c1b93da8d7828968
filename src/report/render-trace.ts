/**
 * A trace as text of at most 100 columns, to be read in a terminal or pasted into a mail: who, where in the code, and
 * only what changed. Nested handlers are indented; runs of steps that change nothing visible are folded.
 */

import { showValue } from '../model/values.ts'
import { changesOf } from './changes.ts'
import type { Paint } from './paint.ts'
import type { SavedStep, SavedTrace } from './saved-trace.ts'

export interface TraceView {
  /** All steps and all variables, instead of what changed. */
  readonly full: boolean
  readonly paint: Paint
  /** Only this step, counted from 0. */
  readonly step: number | null
}

const width = 100
const loopMark = '↺'

interface Row {
  readonly number: string
  readonly lane: string
  readonly what: string
  readonly changes: readonly string[]
  readonly isFoldable: boolean
  readonly label: string
}

export function renderTrace(saved: SavedTrace, view: TraceView): string {
  const hidden = new Set(view.full ? [] : saved.control)
  const rows = saved.steps.map((step, i) => rowOf(saved, step, i, hidden))
  const shown = view.step !== null ? rows.slice(view.step, view.step + 1) : view.full ? rows : fold(rows)
  const laneWidth = Math.max(...shown.map((row) => row.lane.length), 0)
  const whatWidth = Math.min(46, Math.max(...shown.map((row) => row.what.length), 0))
  const lines = shown.flatMap((row) => renderRow(row, laneWidth, whatWidth, view.paint))
  const states = view.full ? renderState(saved, view.step ?? saved.steps.length - 1) : []
  return [...lines, ...states, ...renderEnd(saved, view.paint)].join('\n')
}

/** The path repeats from line to line; only its last routine is named. */
function rowOf(saved: SavedTrace, step: SavedStep, i: number, hidden: ReadonlySet<string>): Row {
  const before = saved.steps[i - 1]
  const indent = '| '.repeat(step.kind === 'arrival' ? Math.max(0, step.depth - 1) : step.depth)
  const routine = step.path.at(-1)
  const binding = Object.entries(step.binding).filter(([name]) => name !== 'thread')
  const parts = [
    ...binding.map(([name, v]) => `${name}=${showValue(v)}`),
    ...step.choices.map((choice) => `${choice.name}=${showValue(choice.value)}`),
  ]
  const label = `${step.kind === 'arrival' ? '>> ' : ''}${step.label}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`
  const mark = saved.loop !== null && saved.loop !== saved.steps.length - 1 && i === saved.loop + 1 ? loopMark : ''
  return {
    number: `${mark}${i}`,
    lane: step.lane ?? '',
    what: `${indent}${routine === undefined || routine === step.label ? '' : `${routine}: `}${label}`,
    changes: before === undefined ? initialChanges(saved, step, hidden) : changesOf(before.state, step.state, hidden),
    isFoldable: step.kind === 'step' && i > 0 && i < saved.steps.length - 1,
    label,
  }
}

/** Of the initial state, the values are worth a line when there are few. */
function initialChanges(saved: SavedTrace, step: SavedStep, hidden: ReadonlySet<string>): readonly string[] {
  const entries = Object.entries(step.state).filter(([name]) => !hidden.has(name))
  return entries.length > 6 || saved.steps.length === 0 ? [] : entries.map(([name, v]) => `${name} ${showValue(v)}`)
}

/** Two or more steps in a row that change nothing visible, on one lane, become one line. */
function fold(rows: readonly Row[]): readonly Row[] {
  const folded: Row[] = []
  let run: Row[] = []
  const end = (): void => {
    const first = run[0]
    const last = run.at(-1)
    if (first !== undefined && last !== undefined && run.length > 1) {
      const indent = /^(\| )*/.exec(first.what)?.[0] ?? ''
      folded.push({
        ...first,
        number: `${first.number}-${last.number}`,
        changes: [],
        label: '',
        isFoldable: false,
        ...textOfRun(run, indent),
      })
    } else folded.push(...run)
    run = []
  }
  for (const row of rows) {
    const isSame = run[0] === undefined || run[0].lane === row.lane
    if (!isSame || !row.isFoldable || row.changes.length > 0 || row.number.startsWith(loopMark)) end()
    if (row.isFoldable && row.changes.length === 0) run.push(row)
    else folded.push(row)
  }
  end()
  return folded
}

function textOfRun(run: readonly Row[], indent: string): { readonly what: string } {
  const names = run.map((row) => row.label)
  const text = `${indent}… ${names.join(', ')}`
  return {
    what: text.length <= width - 16 ? text : `${indent}… ${names[0]}, … ${names.at(-1)} (${names.length} steps)`,
  }
}

function renderRow(row: Row, laneWidth: number, whatWidth: number, paint: Paint): readonly string[] {
  const head = `${row.number.padStart(7)}  ${laneWidth > 0 ? `${row.lane.padEnd(laneWidth)}  ` : ''}`
  const offset = head.length + whatWidth + 2
  const lines: string[] = []
  let line = `${head}${row.what.padEnd(whatWidth)}  `
  if (row.changes.length > 0 && line.length > offset) {
    lines.push(line.trimEnd())
    line = ' '.repeat(offset)
  }
  const starts = line.length
  for (const [i, change] of row.changes.entries()) {
    const text = i === 0 ? change : `, ${change}`
    if (line.length + text.length > width && line.trim() !== '' && i > 0) {
      lines.push(`${line},`)
      line = ' '.repeat(Math.min(offset, starts)) + change
    } else line += text
  }
  lines.push(line.trimEnd())
  return lines.map((one, i) =>
    i === 0 ? one.replace(row.what, (what) => (row.what.includes('>> ') ? paint.bold(what) : what)) : one,
  )
}

function renderState(saved: SavedTrace, step: number): readonly string[] {
  const state = saved.steps[step]?.state ?? {}
  return [
    `         state ${step}:`,
    ...Object.entries(state).map(([name, v]) => `           ${name} = ${showValue(v)}`),
  ]
}

function renderEnd(saved: SavedTrace, paint: Paint): readonly string[] {
  const last = saved.steps.length - 1
  const loop =
    saved.loop === null
      ? []
      : saved.loop === last
        ? ['         the run stops here for ever']
        : [`         ${loopMark} steps ${saved.loop + 1} to ${last} repeat for ever`]
  return [...loop, ...saved.reason.map((line) => paint.red(`         => ${line}`))]
}
