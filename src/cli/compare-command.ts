/**
 * `modelcheck compare`: checks the models of one or several specs and sets them side by side.
 */

import * as E from 'fp-ts/Either'
import { openPool } from '../../checker/explore/threads.ts'
import { workersFor } from '../../checker/explore-options.ts'
import { type Problem, SpecError } from '../model/problem.ts'
import { type Comparison, comparisonOf } from '../report/comparison.ts'
import { comparisonMarkdown } from '../report/comparison-markdown.ts'
import { paintFor } from '../report/paint.ts'
import { renderComparison } from '../report/render-comparison.ts'
import { exitCodeOf, problemReport, type Report } from '../report/report.ts'
import { Interrupted } from './interrupt.ts'
import { type JobArguments, loadJobs } from './jobs.ts'
import { type LimitArguments, limitOptions } from './limits.ts'
import { problemsOf, type Ran, reportOn, runJobs } from './run-jobs.ts'
import { shownPath } from './shown-path.ts'
import { tellProblems } from './tell.ts'
import { lineWidth } from './terminal.ts'

export interface CompareArguments extends JobArguments, LimitArguments {
  readonly specs: readonly string[]
  readonly out: string
  readonly format: 'text' | 'markdown'
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

/** Returns the exit code: that of checking all of them. */
export async function compareCommand(args: CompareArguments): Promise<number> {
  const fail = (problems: readonly Problem[]): number => {
    if (!args.json) return tellProblems(problems, args.color)
    print(comparisonJson(comparisonOf([]), [], problems))
    return 2
  }
  const options = limitOptions(args)
  if (E.isLeft(options)) return fail([options.left])
  const workers = workersFor(options.right.workers)
  const pool = openPool(workers)
  try {
    const jobs = await loadJobs(args.specs, args, { atOnce: workers })
    if (E.isLeft(jobs)) return fail(jobs.left)
    const progressOn = args.quiet ? null : process.stderr
    const ran = await runJobs(jobs.right, { options: options.right, pool, out: args.out, progressOn })
    const { finished, failed } = ran
    const ofSpec = (spec: string): Ran => ({
      finished: finished.filter(({ job }) => job.spec === spec),
      failed: failed.filter(({ job }) => job.spec === spec),
    })
    const reports = [...new Set(args.specs.map(shownPath))].map((spec) => reportOn(spec, ofSpec(spec), options.right))
    const problems = problemsOf(ran)
    if (finished.length === 0 && problems.length > 0) return fail(problems)
    print(textOf(comparisonOf(reports), { reports, problems }, args))
    if (problems.length > 0 && !args.json) tellProblems(problems, args.color)
    return exitCodeOf(reportOn('', ran, options.right))
  } catch (error) {
    if (error instanceof SpecError) return fail([error.problem])
    if (error instanceof Interrupted && args.json) print(comparisonJson(comparisonOf([]), [], []))
    throw error
  } finally {
    await pool.close()
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

interface Told {
  readonly reports: readonly Report[]
  readonly problems: readonly Problem[]
}

function textOf(comparison: Comparison, { reports, problems }: Told, args: CompareArguments): string {
  if (args.json) return comparisonJson(comparison, reports, problems)
  if (args.format === 'markdown') return comparisonMarkdown(comparison)
  return renderComparison(comparison, paintFor(args.color), lineWidth(process.stdout))
}

/** The table, and under `reports` what `check --json` says of each spec. */
function comparisonJson(comparison: Comparison, reports: readonly Report[], problems: readonly Problem[]): string {
  const { version, errors } = problemReport('', 0, problems)
  return JSON.stringify({ version, errors, ...comparison, reports }, null, 2)
}
