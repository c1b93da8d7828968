/**
 * `modelcheck trace` and `modelcheck replay`: saved counterexamples, shown or held against the spec as it is now.
 */

import { dirname, isAbsolute, relative } from 'node:path'
import * as E from 'fp-ts/Either'
import type { ShownBy } from '../model/certify.ts'
import { hashModel } from '../model/hash-model.ts'
import type { Model } from '../model/ir.ts'
import { type Problem, problem } from '../model/problem.ts'
import { counted } from '../report/grouped.ts'
import { oneLine } from '../report/inert.ts'
import { toItf } from '../report/itf.ts'
import { toMermaid } from '../report/mermaid.ts'
import { paintFor } from '../report/paint.ts'
import { renderTrace } from '../report/render-trace.ts'
import { misfitOf, type SavedTrace } from '../report/saved-trace.ts'
import { shownBy } from '../report/shown-by.ts'
import { parseTrace, textOfTrace } from '../report/trace-file.ts'
import { toVitest } from '../report/vitest-test.ts'
import { usualWidth, wrap } from '../report/wrap.ts'
import { findOrigin } from '../spec/origin.ts'
import { loadUntilInterrupt } from './load-spec.ts'
import { readText } from './read-file.ts'
import { tellProblems, tellText } from './tell.ts'
import { lineWidth } from './terminal.ts'

export interface TraceArguments {
  readonly file: string
  readonly format: 'text' | 'json' | 'itf' | 'mermaid' | 'vitest'
  /** Written here instead of to stdout. */
  readonly out: string | undefined
  readonly step: number | undefined
  readonly full: boolean
  readonly color: boolean
}

function readTrace(file: string): E.Either<Problem, SavedTrace> {
  const text = readText(file, 'Give the path of a saved counterexample.')
  return E.isLeft(text) ? text : parseTrace(text.right, file)
}

/** Returns the exit code. */
export function traceCommand(args: TraceArguments): number {
  const saved = readTrace(args.file)
  if (E.isLeft(saved)) return tellProblems([saved.left], args.color)
  const last = saved.right.steps.length - 1
  if (args.step !== undefined && !(Number.isInteger(args.step) && args.step >= 0 && args.step <= last)) {
    const what = Number.isNaN(args.step) ? '--step needs a number' : `--step ${args.step} is not in the trace`
    return tellProblems([problem('MC302', what, `Its steps are 0 … ${last}.`)], args.color)
  }
  return tellText(`${textOf(saved.right, args).trimEnd()}\n`, args.out, args.color)
}

function textOf(saved: SavedTrace, args: TraceArguments): string {
  switch (args.format) {
    case 'json':
      return textOfTrace(saved)
    case 'itf':
      return JSON.stringify(toItf(saved), null, 1)
    case 'mermaid':
      return toMermaid(saved)
    case 'vitest':
      return toVitest(saved, specImport(findOrigin(saved.spec, args.file) ?? saved.spec, args.out))
    case 'text': {
      const figures = `  ${saved.kind}, ${counted(last(saved), 'step')}${saved.shortest ? ', shortest' : ''}`
      const width = args.out === undefined ? lineWidth(process.stdout) : usualWidth
      const head = wrap(oneLine(`${saved.model}: ${saved.property}`), width, '    ').join('\n')
      const view = { full: args.full, paint: paintFor(args.color), step: args.step ?? null, width }
      return `${head}\n${figures}\n${renderTrace(saved, view)}`
    }
  }
}

/** From the file that is written, or from the working directory. */
function specImport(spec: string, out: string | undefined): string {
  const path = relative(out === undefined ? '.' : dirname(out), spec).replaceAll('\\', '/')
  return path.startsWith('.') ? path : `./${path}`
}

const last = (saved: SavedTrace): number => saved.steps.length - 1

export interface ReplayArguments {
  readonly file: string
  readonly spec: string | undefined
  readonly color: boolean
}

/** Returns the exit code: 0 certified, 1 it no longer fits, 2 it cannot be tried. Throws `Interrupted`. */
export async function replayCommand(args: ReplayArguments): Promise<number> {
  const read = readTrace(args.file)
  if (E.isLeft(read)) return tellProblems([read.left], args.color)
  const saved = read.right
  const spec = args.spec === undefined ? specOf(saved, args.file) : E.right(args.spec)
  if (E.isLeft(spec)) return tellProblems([spec.left], args.color)
  const set = Object.fromEntries(Object.entries(saved.constants).map(([name, value]) => [name, String(value)]))
  const built = await loadUntilInterrupt({ file: spec.right, cwd: process.cwd(), set, wanted: [saved.model] })
  if (built.problems.length > 0) return tellProblems(built.problems, args.color)
  const model = built.models.find((one) => one.name === saved.model)
  if (model === undefined) {
    const known = built.names.join(', ')
    return tellProblems([problem('MC301', `the spec has no model '${saved.model}'`, `Known: ${known}.`)], args.color)
  }
  const shown = shownBy(model, saved.property)
  if (shown === null) {
    return tellProblems(
      [problem('MC301', `model '${model.name}' has no property '${saved.property}'`, 'It was renamed or removed.')],
      args.color,
    )
  }
  return replay(model, saved, shown)
}

/** A spec is run: a file from somebody else must not choose an arbitrary one. `Left`: MC401, MC405. */
function specOf({ spec }: SavedTrace, file: string): E.Either<Problem, string> {
  const hint = 'Give the spec by --spec.'
  if (isAbsolute(spec) || /(^|[\\/])\.\.([\\/]|$)/.test(spec) || !/\.[cm]?[jt]s$/.test(spec))
    return E.left(problem('MC405', `${file} names '${spec}', which is no TypeScript file of a package`, hint))
  const found = findOrigin(spec, file)
  return found === null
    ? E.left(problem('MC401', `${file} names ${spec}, which is not to be found`, hint))
    : E.right(found)
}

function replay(model: Model, saved: SavedTrace, shown: ShownBy): number {
  const isChanged = hashModel(model) !== saved.modelHash
  const note = isChanged ? ' (the model has changed since it was saved)' : ''
  const misfit = misfitOf(model, saved, shown)
  if (misfit === null) {
    process.stdout.write(
      `${oneLine(`certified: ${saved.model}: ${saved.property}, ${counted(last(saved), 'step')}${note}`)}\n`,
    )
    return 0
  }
  process.stdout.write(`${oneLine(`step ${misfit.step} no longer fits: ${misfit.reason}${note}`)}\n`)
  return 1
}
