/**
 * `check --watch`: checks again whenever the spec, or a file that it imports, is saved, and shows what changed. Every check is a process
 * of its own: it starts with fresh memory, and a save in the middle of a long search ends it.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as E from 'fp-ts/Either'
import { type Problem, problem, SpecError } from '../model/problem.ts'
import { oneLine } from '../report/inert.ts'
import { type Paint, paintFor } from '../report/paint.ts'
import { renderDiff } from '../report/render-diff.ts'
import { renderTrace } from '../report/render-trace.ts'
import { type Report, reportCodec } from '../report/report.ts'
import { diffReports } from '../report/report-diff.ts'
import { parseTrace } from '../report/trace-file.ts'
import { wrap } from '../report/wrap.ts'
import { specFiles } from '../spec/spec-files.ts'
import { watchFiles } from './file-watch.ts'
import { onSignals } from './interrupt.ts'
import { readText } from './read-file.ts'
import { systemReason } from './system-reason.ts'
import { tellProblems } from './tell.ts'
import { lineWidth } from './terminal.ts'

export interface WatchArguments {
  readonly spec: string
  readonly report: string | undefined
  readonly color: boolean
}

/** `argv`: the whole command line. Returns, after a signal, the exit code of the last check that came to its end. */
export async function watchCommand(args: WatchArguments, argv: readonly string[]): Promise<number> {
  const folder = args.report === undefined ? makeFolder() : null
  if (folder !== null && E.isLeft(folder)) return tellProblems([folder.left], args.color)
  try {
    return await watchUntilSignal(args, argv, args.report ?? join(folder?.right ?? '', 'report.json'))
  } catch (error) {
    if (error instanceof SpecError) return tellProblems([error.problem], args.color)
    throw error
  } finally {
    if (folder !== null) rmSync(folder.right, { recursive: true, force: true })
  }
}

/** Of reports that nobody asked for. `Left`: MC401. */
function makeFolder(): E.Either<Problem, string> {
  try {
    return E.right(mkdtempSync(join(tmpdir(), 'modelcheck-watch-')))
  } catch (error) {
    const hint = 'Name another folder in TMPDIR, or give --report FILE.'
    return E.left(problem('MC401', `${tmpdir()} cannot be written: ${systemReason(error)}`, hint))
  }
}

/** `file`: of the report. Throws `SpecError` (MC401) where the system does not watch. */
async function watchUntilSignal(args: WatchArguments, argv: readonly string[], file: string): Promise<number> {
  const paint = paintFor(args.color)
  const rest = argv.filter((one) => !/^--watch\b/.test(one))
  const options = [
    ...rest,
    ...(args.report === undefined ? ['--report', file] : []),
    args.color ? '--color' : '--no-color',
  ]
  let files: readonly string[] = [resolve(args.spec)]
  let last: Report | null = null
  // Until a check has come to its end nothing is known.
  let code = 3
  let isEnded = false
  let wake: () => void = () => {}
  const onEnd = (): void => {
    isEnded = true
    wake()
  }
  const stopHearing = onSignals(onEnd)
  let watched: SpecWatch | null = null
  try {
    while (!isEnded) {
      const isFirst = last === null
      watched = watchSpec(args.spec, files, () => wake())
      // A check that dies leaves none behind.
      rmSync(file, { force: true })
      const check = startCheck(isFirst ? options : [...options, '--quiet'], isFirst)
      const saved = new Promise<'saved'>((done) => {
        wake = () => done('saved')
      })
      const ended = await Promise.race([check.done, saved])
      if (ended === 'saved') {
        check.child.kill('SIGKILL')
        await check.done
      } else {
        code = ended
        const report = readReport(file)
        if (report !== null && last !== null) process.stdout.write(`${changesText(last, report, paint)}\n`)
        last = report ?? last
        process.stdout.write(`${paint.dim(`watching ${args.spec}; Ctrl-C ends`)}\n`)
        if (!isEnded) await saved
      }
      files = await watched.close()
    }
  } finally {
    stopHearing()
    await watched?.close()
  }
  return code
}

interface SpecWatch {
  /** The files that the spec is made of now. */
  close(): Promise<readonly string[]>
}

/**
 * Watches the files that the spec was made of before, and, as soon as they are known, those that it is made of now: finding them takes
 * as long as half a check, which does not wait for it. While the spec cannot be parsed, the files before are those to mend.
 */
function watchSpec(spec: string, before: readonly string[], onSave: () => void): SpecWatch {
  // The first watch goes on beside the second: it may have heard of a save that it has not told yet.
  const watches = [watchFiles(before, onSave)]
  const found = specFiles(spec).then((now) => {
    if (now !== null) watches.push(watchFiles(now, onSave))
    return now ?? before
  })
  // What the system refuses is thrown when the watch is closed.
  found.catch(onSave)
  return {
    close: () =>
      found.finally(() => {
        for (const watch of watches) watch.close()
      }),
  }
}

interface RunningCheck {
  readonly child: ChildProcess
  /** The exit code. */
  readonly done: Promise<number>
}

/** The first check prints as ever; of later ones only problems are wanted, the rest is told as changes. */
function startCheck(options: readonly string[], isFirst: boolean): RunningCheck {
  const child = spawn(process.execPath, [process.argv[1] ?? '', ...options], {
    stdio: ['ignore', isFirst ? 'inherit' : 'ignore', 'inherit'],
  })
  const done = new Promise<number>((end) => {
    child.on('exit', (code) => end(code ?? 3))
    child.on('error', () => end(4))
  })
  return { child, done }
}

function readReport(file: string): Report | null {
  try {
    const decoded = reportCodec.decode(JSON.parse(readFileSync(file, 'utf8')))
    return E.isRight(decoded) && decoded.right.errors.length === 0 ? decoded.right : null
  } catch {
    return null
  }
}

/** What changed, and the trace of every verdict that is newly not as expected. */
function changesText(before: Report, after: Report, paint: Paint): string {
  const old = new Set(badFiles(before))
  const traces = badFiles(after).flatMap((file) => {
    if (old.has(file)) return []
    const text = readText(file, '')
    const saved = E.isLeft(text) ? text : parseTrace(text.right, file)
    if (E.isLeft(saved)) return []
    const width = lineWidth(process.stdout)
    const head = oneLine(`${saved.right.model}: ${saved.right.property} is violated:`)
    const heads = wrap(head, width, '    ').map((line) => paint.bold(line))
    return [...heads, renderTrace(saved.right, { full: false, paint, step: null, width })]
  })
  return ['', renderDiff(diffReports(before, after), paint, lineWidth(process.stdout)), ...traces].join('\n')
}

function badFiles(report: Report): readonly string[] {
  return report.models.flatMap((model) =>
    model.properties.flatMap(({ asExpected, trace }) =>
      asExpected || trace === null || trace.file === null ? [] : [trace.file],
    ),
  )
}
