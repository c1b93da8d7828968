/**
 * Explores the models of a spec, prints and saves what was found.
 */

import type { ModelResult } from '../../checker/result.ts'
import { describeModel } from '../page/describe-model.ts'
import { renderPage } from '../page/html.ts'
import { oneLine } from '../report/inert.ts'
import { type Paint, paintFor } from '../report/paint.ts'
import { renderProblems, renderResult } from '../report/render-text.ts'
import { renderReason, renderTrace } from '../report/render-trace.ts'
import { exitCodeOf } from '../report/report.ts'
import { packageVersion } from '../report/version.ts'
import { withPath } from '../report/wrap.ts'
import { type CiArguments, outcomesOf, writeCiOutputs } from './ci-outputs.ts'
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
import { writeOrThrow } from './write-file.ts'

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

/** Returns the exit code. Throws `SpecError`: MC401. */
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
  const problems = problemsOf(ran.failed)
  if (problems.length > 0 && !args.json) tellProblems(problems, args.color)
  if (args.html !== undefined) writeOrThrow(args.html, htmlReport(shownPath(args.spec), ran))
  const report = reportOn(shownPath(args.spec), ran, options)
  // First, for it may throw: a report of that takes the place of this one.
  writeCiOutputs(args, report, { outcomes: outcomesOf(finished), problems, interrupted: null })
  if (args.json) print(JSON.stringify(report, null, 2))
  else if (!quiet && finished.length > 0) print(`\n${summary(ran, paint)}`)
  return exitCodeOf(report)
}

function htmlReport(spec: string, { finished, failed }: Ran): string {
  const models = finished.map(({ job, result }) => describeModel(job.model, result))
  const notes = failed.length === 0 ? [] : renderProblems(problemsOf(failed), paintFor(false)).split('\n')
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
      return withPath(`  ${oneLine(property.name)}:`, file, width()).map((line) => paint.dim(line))
    isTraceShown = true
    const run = JSON.stringify([trace.steps, trace.loop])
    const sameAs = runs.get(run)
    if (sameAs === undefined) runs.set(run, property.name)
    const by = sameAs === undefined ? '' : `, by the run of ${oneLine(sameAs)}`
    const head = paint.bold(
      `  ${oneLine(property.name)} is violated${property.asExpected ? ', as expected' : ''}${by}:`,
    )
    const text = (sameAs === undefined ? renderTrace : renderReason)(trace, {
      full: false,
      paint,
      step: null,
      width: width(),
    })
    return [head, text, ...withPath('  saved as', file, width()).map((line) => paint.dim(line))]
  }

  return ({ result, saved }) => {
    const runs = new Map<string, string>()
    const traces = quiet ? [] : saved.flatMap((one) => renderSaved(one, runs))
    return [renderResult(result, { paint, coverage, width: width() }), ...traces].join('\n')
  }
}

function summary({ finished, failed }: Ran, paint: Paint): string {
  const verdicts = verdictsText(
    finished.map(({ result }) => result),
    paint,
  )
  if (failed.length === 0) return verdicts
  const all = finished.length + failed.length
  return `${verdicts}\n${paint.red(`${failed.length} of ${all} models ${failed.length === 1 ? 'is' : 'are'} not checked`)}`
}

function verdictsText(results: readonly ModelResult[], paint: Paint): string {
  const properties = results.flatMap((result) => result.properties)
  const wrong = properties.filter((property) => !property.asExpected)
  const inconclusive = wrong.filter((property) => property.verdict === 'inconclusive').length
  const bad = wrong.length - inconclusive
  if (properties.length === 0) return paint.yellow('nothing is claimed, and nothing was judged')
  const some = (count: number): string => `${count} of ${properties.length} verdicts ${count === 1 ? 'is' : 'are'}`
  if (bad > 0) return paint.red(`${some(bad)} not as expected`)
  if (inconclusive > 0) return paint.yellow(`${some(inconclusive)} inconclusive`)
  return paint.green(
    properties.length === 1 ? 'the one verdict is as expected' : `all ${properties.length} verdicts are as expected`,
  )
}
