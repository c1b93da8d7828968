/**
 * Where things stand in the timeline, as numbers: rows of lanes, frames of exceptions as a flame graph, segments of strips.
 * A step has a column of width 1; whoever draws multiplies.
 */

import type { PageModel, PageRun, PageStep } from '../page-data.ts'

/** A thread on its lane, or what a lane does without a thread. */
export interface LaneRow {
  readonly lane: string | null
  readonly thread: string | null
  /** Most suspended frames in the run. */
  readonly depth: number
}

/** An exception and its handler: from the column of its arrival to that of its return. */
export interface Frame {
  readonly row: number
  /** 1 for the innermost around the thread's own code. */
  readonly level: number
  readonly label: string
  readonly from: number
  /** Exclusive. */
  readonly to: number
  /** The run ends before the handler does. */
  readonly isOpen: boolean
}

/** A step: its row, and how many frames are on the stack while it runs. */
export interface Mark {
  readonly row: number
  readonly level: number
}

export interface Lanes {
  readonly rows: readonly LaneRow[]
  readonly frames: readonly Frame[]
  /** By step; null for the initial state. */
  readonly marks: readonly (Mark | null)[]
}

export function lanesOf(model: PageModel, run: PageRun): Lanes {
  const rows = rowsOf(model, run.steps)
  const rowOf = (step: PageStep): number =>
    rows.findIndex((row) => row.lane === step.lane && row.thread === step.thread)
  const open = rows.map((): { readonly label: string; readonly from: number }[] => [])
  const frames: Frame[] = []
  const close = (row: number, to: number, isOpen: boolean): void => {
    const frame = open[row]?.pop()
    if (frame !== undefined) frames.push({ ...frame, row, level: (open[row]?.length ?? 0) + 1, to, isOpen })
  }
  const marks = run.steps.map((step, i): Mark | null => {
    const row = rowOf(step)
    const stack = open[row]
    if (step.kind === 'initial' || stack === undefined) return null
    const level = Math.max(stack.length, step.depth)
    while (stack.length < step.depth) stack.push({ label: step.label, from: i })
    while (stack.length > step.depth) close(row, i + 1, false)
    return { row, level }
  })
  for (const [row, stack] of open.entries()) while (stack.length > 0) close(row, run.steps.length, true)
  return {
    rows: rows.map((row, i) => ({
      ...row,
      depth: Math.max(0, ...frames.filter((one) => one.row === i).map((one) => one.level)),
    })),
    frames: frames.sort((left, right) => left.level - right.level || left.from - right.from),
    marks,
  }
}

/** A row for each thread and for each named lane without threads, and one for what a lane does besides, where it does anything in this run. */
function rowsOf(model: PageModel, steps: readonly PageStep[]): readonly LaneRow[] {
  return model.lanes.flatMap((lane) => {
    const threads = model.threads.filter((thread) => thread.lane === lane)
    const isProcess = lane !== null && threads.length === 0
    const hasOther =
      isProcess || steps.some((step) => step.kind !== 'initial' && step.lane === lane && step.thread === null)
    return [
      ...threads.map(({ name }) => ({ lane, thread: name, depth: 0 })),
      ...(hasOther ? [{ lane, thread: null, depth: 0 }] : []),
    ]
  })
}

export interface Segment {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  readonly value: boolean | number | string | null
}

/** Columns in a row that have the same value, as one. */
export function segmentsOf(values: readonly Segment['value'][]): readonly Segment[] {
  const segments: { from: number; to: number; value: Segment['value'] }[] = []
  for (const [i, value] of values.entries()) {
    const last = segments.at(-1)
    if (last !== undefined && last.value === value) last.to = i + 1
    else segments.push({ from: i, to: i + 1, value })
  }
  return segments
}

/** Values of one row of a strip along the run. */
export function stripValues(run: PageRun, strip: number, row: number): readonly Segment['value'][] {
  return run.steps.map((step) => step.view?.strips[strip]?.[row] ?? null)
}
