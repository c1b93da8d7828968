/**
 * `modelcheck diff`: what changed between two reports that `check --json` wrote.
 */

import * as E from 'fp-ts/Either'
import { type Problem, problem } from '../model/problem.ts'
import { paintFor } from '../report/paint.ts'
import { diffMarkdown, renderDiff } from '../report/render-diff.ts'
import { problemReport, type Report, reportCodec } from '../report/report.ts'
import { diffReports, isWorse } from '../report/report-diff.ts'
import { readText } from './read-file.ts'
import { tellProblems } from './tell.ts'
import { lineWidth } from './terminal.ts'

export interface DiffArguments {
  readonly before: string
  readonly after: string
  readonly format: 'text' | 'markdown'
  readonly json: boolean
  readonly color: boolean
}

/** Returns the exit code: 0 nothing got worse, 1 something did, 2 a file is no report. */
export function diffCommand(args: DiffArguments): number {
  const [before, after] = [readReport(args.before), readReport(args.after)]
  const problems = [before, after].flatMap((one) => (E.isLeft(one) ? [one.left] : []))
  if (E.isLeft(before) || E.isLeft(after)) {
    if (!args.json) return tellProblems(problems, args.color)
    process.stdout.write(`${JSON.stringify(problemReport('', 0, problems), null, 2)}\n`)
    return 2
  }
  const diff = diffReports(before.right, after.right)
  const text = args.json
    ? JSON.stringify({ isWorse: isWorse(diff), ...diff }, null, 2)
    : args.format === 'markdown'
      ? diffMarkdown(diff)
      : renderDiff(diff, paintFor(args.color), lineWidth(process.stdout))
  process.stdout.write(`${text}\n`)
  return isWorse(diff) ? 1 : 0
}

/** `Left`: MC401 for a file that cannot be read, MC405 for one that is no report. */
function readReport(file: string): E.Either<Problem, Report> {
  const hint = 'Write one by `modelcheck check … --json`.'
  const text = readText(file, hint)
  if (E.isLeft(text)) return text
  const bad = problem('MC405', `${file} is no report of this version`, hint)
  try {
    const decoded = reportCodec.decode(JSON.parse(text.right))
    return E.isLeft(decoded) ? E.left(bad) : decoded
  } catch (error) {
    if (error instanceof SyntaxError) return E.left(bad)
    throw error
  }
}
