/**
 * What a build server reads besides the terminal: JUnit and SARIF files, and on GitHub annotations and a step summary.
 */

import { annotationsOf, summaryOf } from '../report/github.ts'
import { toJUnit } from '../report/junit.ts'
import type { Findings, Outcome } from '../report/outcome.ts'
import type { Report } from '../report/report.ts'
import { toSarif } from '../report/sarif.ts'
import type { Finished } from './run-jobs.ts'
import { appendOrThrow, writeOrThrow } from './write-file.ts'

export interface CiArguments {
  /** The report of `--json`, in a file. */
  readonly report: string | undefined
  readonly junit: string | undefined
  readonly sarif: string | undefined
  readonly json: boolean
}

export function outcomesOf(finished: readonly Finished[]): readonly Outcome[] {
  return finished.map(({ job, result, saved }) => ({
    spec: job.spec,
    model: job.model,
    result,
    counterexamples: saved.map(({ property, trace, file }) => ({ property: property.name, trace, file })),
  }))
}

/** Throws `SpecError` (MC401) for a file that cannot be written. */
export function writeCiOutputs(args: CiArguments, report: Report, findings: Findings): void {
  if (args.report !== undefined) writeOrThrow(args.report, `${JSON.stringify(report, null, 2)}\n`)
  if (args.junit !== undefined) writeOrThrow(args.junit, toJUnit(report.spec, findings))
  if (args.sarif !== undefined) writeOrThrow(args.sarif, `${JSON.stringify(toSarif(findings), null, 1)}\n`)
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY } = process.env
  if (GITHUB_ACTIONS !== 'true') return
  // With --json, stdout holds one document and nothing else.
  const stream = args.json ? process.stderr : process.stdout
  for (const line of annotationsOf(findings)) stream.write(`${line}\n`)
  if (GITHUB_STEP_SUMMARY !== undefined && GITHUB_STEP_SUMMARY !== '') {
    appendOrThrow(GITHUB_STEP_SUMMARY, summaryOf(report, findings))
  }
}
