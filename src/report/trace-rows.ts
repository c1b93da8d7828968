/**
 * The rows of a story: one for each step, with what it changed, how deep in handlers and calls it stands, and runs of
 * unimportant steps folded into one row.
 */

import type { Value } from '../model/ir.ts'
import { parametersText } from '../model/parameters.ts'
import { showValue } from '../model/values.ts'
import { changesOf } from './changes.ts'
import { columnsOf, fitting } from './columns.ts'
import { oneLine } from './inert.ts'
import type { SavedStep, SavedTrace } from './saved-trace.ts'

export interface Row {
  /** Indices of the first and the last step of the row; equal unless steps are folded. */
  readonly first: number
  readonly last: number
  /** '' for the initial state and for actions of nobody. */
  readonly lane: string
  readonly kind: SavedStep['kind']
  /** The thread, so that each has its own call path. */
  readonly thread: string
  /** Suspended frames below the running one. */
  readonly frame: number
  readonly path: readonly string[]
  readonly label: string
  readonly changes: readonly string[]
  /** Nothing that a reader needs happens in it. */
  readonly isQuiet: boolean
}

/** More rows than this, and steps that change nothing of what the reason speaks of are folded too. */
const longStory = 60

export function rowsOf(saved: SavedTrace, isFull: boolean): readonly Row[] {
  const hidden = new Set(isFull ? [] : saved.control)
  const frames = new Map<string, number>()
  const rows = saved.steps.map((_, i) => rowOf(saved, i, { hidden, frames }))
  if (isFull) return rows
  const short = fold(saved, rows, hidden)
  if (short.length <= longStory) return short
  const matters = variablesIn(saved)
  return fold(
    saved,
    rows.map((row) => ({ ...row, isQuiet: row.isQuiet || !touches(saved, row, matters) })),
    hidden,
  )
}

interface Reading {
  readonly hidden: ReadonlySet<string>
  /** Suspended frames of each thread, before the step. */
  readonly frames: Map<string, number>
}

function rowOf(saved: SavedTrace, i: number, { hidden, frames }: Reading): Row {
  const step = saved.steps[i]
  const before = saved.steps[i - 1]
  if (step === undefined || before === undefined) return initialRow(saved, hidden)
  const owner = step.binding['thread']
  const thread = typeof owner === 'string' && step.kind !== 'action' ? owner : (step.lane ?? '')
  const frame = frames.get(thread) ?? 0
  if (step.kind !== 'action') frames.set(thread, step.depth)
  const changes = changesOf(before.state, step.state, { hidden, shape: saved.shape })
  return {
    first: i,
    last: i,
    lane: short(oneLine(step.lane ?? '')),
    kind: step.kind,
    thread,
    frame: step.kind === 'action' ? 0 : frame,
    path: step.kind === 'step' ? step.path : [],
    label: `${step.kind === 'arrival' ? '>> ' : ''}${step.label}${parametersText(step, step.choices)}`,
    changes,
    isQuiet: step.kind !== 'arrival' && changes.length === 0,
  }
}

const longestLane = 20

const short = (name: string): string => cutTo(longestLane, name)

function cutTo(longest: number, text: string): string {
  return columnsOf(text) <= longest ? text : `${fitting(text, longest - 1)}…`
}

/** Longer values would hide the story before it begins. */
const longestInitialValue = 24
const mostInitialValues = 8
/** Of a value that tells initial states apart so much is told anyway. */
const longestStart = 60

/**
 * Of the initial state, first what tells it from others; then what the reason names and the values that the story goes on to change, or all of
 * them when there are few.
 */
function initialRow(saved: SavedTrace, hidden: ReadonlySet<string>): Row {
  const state = saved.steps[0]?.state ?? {}
  const shown = Object.entries(state).filter(([name]) => !hidden.has(name))
  const { starts = [] } = saved
  const matters = variablesIn(saved)
  const isStart = ([name]: Named): boolean => starts.includes(name)
  const isNamed = ([name]: Named): boolean => matters.includes(name)
  const isChanged = ([name, value]: Named): boolean =>
    saved.steps.some((step) => JSON.stringify(step.state[name]) !== JSON.stringify(value))
  const text = ([name, value]: Named): string => `${name} ${showValue(value)}`
  const hasFew = shown.length <= mostInitialValues
  const others = shown.filter((one) => !isStart(one))
  const named = others.filter(isNamed)
  const told = others.filter(
    (one) => !isNamed(one) && (hasFew || isChanged(one)) && text(one).length <= longestInitialValue,
  )
  const own = shown.filter(isStart)
  const room = Math.max(0, mostInitialValues - own.length)
  const chosen = new Set([...named, ...told].slice(0, room))
  const values = [...own, ...others.filter((one) => chosen.has(one))].map((one) =>
    isStart(one) || isNamed(one) ? cutTo(longestStart, text(one)) : text(one),
  )
  const rest = { lane: '', kind: 'initial', thread: '', frame: 0, path: [], isQuiet: false } as const
  return { first: 0, last: 0, label: 'initial state', changes: values, ...rest }
}

type Named = readonly [string, Value]

/** Variables that the reason names. */
function variablesIn(saved: SavedTrace): readonly string[] {
  const text = saved.reason.join('\n')
  return Object.keys(saved.steps[0]?.state ?? {}).filter((name) => names(text, name))
}

/** The name stands there by itself, not within a longer one. */
function names(text: string, name: string): boolean {
  const isPart = (character: string | undefined): boolean => character !== undefined && /[\w.]/.test(character)
  for (let i = text.indexOf(name); i !== -1; i = text.indexOf(name, i + 1)) {
    if (!isPart(text[i - 1]) && !/\w/.test(text[i + name.length] ?? ' ')) return true
  }
  return false
}

function touches(saved: SavedTrace, row: Row, variables: readonly string[]): boolean {
  const [before, after] = [saved.steps[row.first - 1]?.state, saved.steps[row.last]?.state]
  return (
    row.kind === 'initial' ||
    row.kind === 'arrival' ||
    variables.some((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]))
  )
}

/** Two or more quiet steps in a row, of one thread and one frame, become one row. The last step and the loop's first stand alone. */
function fold(saved: SavedTrace, rows: readonly Row[], hidden: ReadonlySet<string>): readonly Row[] {
  const folded: Row[] = []
  let run: Row[] = []
  const end = (): void => {
    folded.push(...(run.length > 1 ? [foldedRow(saved, run, hidden)] : run))
    run = []
  }
  for (const row of rows) {
    const before = run[0]
    const isSame = before === undefined || (before.thread === row.thread && before.frame === row.frame)
    const isLoopStart = saved.loop !== null && row.first === saved.loop + 1
    if (!isSame || !row.isQuiet || isLoopStart) end()
    if (row.isQuiet && row.last < saved.steps.length - 1) run.push(row)
    else {
      end()
      folded.push(row)
    }
  }
  end()
  return folded
}

const longestList = 60

function foldedRow(saved: SavedTrace, run: readonly Row[], hidden: ReadonlySet<string>): Row {
  const [first, last] = [run[0], run.at(-1)]
  if (first === undefined || last === undefined) throw new Error('foldedRow: an empty run')
  const names = run.map((row) => row.label)
  const list = names.join(', ')
  const path = first.path.filter((_, depth) => run.every((row) => row.path[depth] === first.path[depth]))
  const [before, after] = [saved.steps[first.first - 1]?.state ?? {}, saved.steps[last.last]?.state ?? {}]
  return {
    ...first,
    last: last.last,
    path,
    label: `… ${list.length <= longestList ? list : `${names[0]}, … ${names.at(-1)} (${run.length} steps)`}`,
    changes: changesOf(before, after, { hidden, shape: saved.shape }),
  }
}
