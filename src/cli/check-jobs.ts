/**
 * Explores the models of a spec, prints and saves what was found.
 */

import { describeModel } from '../page/describe-model.ts'
import { renderPage } from '../page/html.ts'
import { oneLine } from '../report/inert.ts'
import { type Paint, paintFor } from '../report/paint.ts'
import { renderSummary } from '../report/render-summary.ts'
import { renderProblems, renderResult } from '../report/render-text.ts'
import { renderReason, renderTrace } from '../report/render-trace.ts'
import { exitCodeOf } from '../report/report.ts'
import { savedAs } from '../report/saved-as.ts'
import { packageVersion } from '../report/version.ts'
import { withPath, wrap } from '../report/wrap.ts'
import { type CiArguments, outcomesOf, withErrors, writeCiOutputs } from './ci-outputs.ts'
import { emitCode } from './emit-code.ts'
import type { Job, JobArguments } from './jobs.ts'
import type { LimitArguments } from './limits.ts'
import {
  type Finished,
  problemsOf,
  type Ran,
  type Run,
  reportOn,
  runJobs,
  type SavedCounterexample,
} from './run-jobs.ts'
import { shownPath } from './shown-path.ts'
import { tellProblems } from './tell.ts'
import { lineWidth } from './terminal.ts'
import { problemOfWriting } from './write-file.ts'

export interface CheckArguments extends JobArguments, LimitArguments, CiArguments {
  readonly spec: string
  readonly stopAtFirst: boolean
  readonly explainFairness: boolean
  readonly reduce: readonly string[]
  readonly out: string
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
  readonly emit: string | undefined
  readonly html: string | undefined
  readonly coverage: boolean
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Returns the exit code. Throws `SpecError` (MC401) where the code cannot be written. */
export async function checkJobs(
  jobs: readonly Job[],
  { options, pool }: Pick<Run, 'options' | 'pool'>,
  args: CheckArguments,
): Promise<number> {
  const { quiet, coverage, emit } = args
  const paint = paintFor(args.color)
  const render = modelRenderer({ paint, quiet, coverage })
  let isFirst = true
  const ran = await runJobs(jobs, {
    options,
    pool,
    out: args.out,
    progressOn: quiet ? null : process.stderr,
    ...(emit === undefined ? {} : { first: (signal) => emitCode(jobs, emit, { ...options, signal }) }),
    onFinished: (one) => {
      if (!args.json) print(`${isFirst ? '' : '\n'}${render(one)}`)
      isFirst = false
    },
  })
  const { finished } = ran
  const results = finished.map(({ result }) => result)
  const problems = problemsOf(ran)
  const page = args.html === undefined ? null : problemOfWriting(args.html, htmlReport(shownPath(args.spec), ran))
  const pages = page === null ? [] : [page]
  const checked = withErrors(reportOn(shownPath(args.spec), ran, options), pages)
  const findings = { outcomes: outcomesOf(finished), problems, interrupted: null }
  const unwritten = writeCiOutputs(args, checked, findings)
  const report = withErrors(checked, unwritten)
  if (args.json) print(JSON.stringify(report, null, 2))
  else {
    if (report.errors.length > 0) tellProblems([...problems, ...pages, ...unwritten], args.color)
    if (!quiet && finished.length > 0)
      print(`\n${renderSummary(results, ran.failed.length, { paint, width: lineWidth(process.stdout) })}`)
  }
  return exitCodeOf(report)
}

function htmlReport(spec: string, ran: Ran): string {
  const models = ran.finished.map(({ job, result }) => describeModel(job.model, result))
  const problems = problemsOf(ran)
  const notes = problems.length === 0 ? [] : renderProblems(problems, paintFor(false)).split('\n')
  return renderPage({ version: packageVersion, spec, isLive: false, models, notes })
}

interface Shown {
  readonly paint: Paint
  readonly quiet: boolean
  readonly coverage: boolean
}

/** The first violation of a check shows its trace in full, and so do all that are not expected. Of properties with one run, only the first shows its steps. */
function modelRenderer({ paint, quiet, coverage }: Shown): (finished: Finished) => string {
  // Asked for anew: a terminal may change its size.
  const width = (): number => lineWidth(process.stdout)
  let isTraceShown = false

  const renderSaved = (
    { property, trace, file }: SavedCounterexample,
    runs: Map<string, string>,
  ): readonly string[] => {
    if (property.asExpected && isTraceShown)
      return withPath(`  ${oneLine(property.name)}:`, file ?? 'not saved', width()).map((line) => paint.dim(line))
    isTraceShown = true
    const run = JSON.stringify([trace.steps, trace.loop])
    const sameAs = runs.get(run)
    if (sameAs === undefined) runs.set(run, property.name)
    const by = sameAs === undefined ? '' : `, by the run of ${oneLine(sameAs)}`
    const head = `  ${oneLine(property.name)} is violated${property.asExpected ? ', as expected' : ''}${by}:`
    const text = (sameAs === undefined ? renderTrace : renderReason)(trace, {
      full: false,
      paint,
      step: null,
      width: width(),
    })
    const heads = wrap(head, width(), '    ').map((line) => paint.bold(line))
    return [...heads, text, ...savedAs(file, paint, width())]
  }

  return ({ result, saved }) => {
    const runs = new Map<string, string>()
    const traces = quiet ? [] : saved.flatMap((one) => renderSaved(one, runs))
    return [renderResult(result, { paint, coverage, width: width() }), ...traces].join('\n')
  }
}
