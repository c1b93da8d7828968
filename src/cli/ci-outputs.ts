/**
 * What a build server reads besides the terminal: JUnit and SARIF files, and on GitHub annotations and a step summary.
 */

import type { Problem } from '../model/problem.ts'
import { annotationsOf, summaryOf } from '../report/github.ts'
import { toJUnit } from '../report/junit.ts'
import type { Findings, Outcome } from '../report/outcome.ts'
import { errorReport, type Report } from '../report/report.ts'
import { toSarif } from '../report/sarif.ts'
import type { Finished } from './run-jobs.ts'
import { problemOfAppending, problemOfWriting } from './write-file.ts'

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

/** MC401 for each file that cannot be written. It costs none of the others; the report comes last, and has it among its errors. */
export function writeCiOutputs(args: CiArguments, report: Report, findings: Findings): readonly Problem[] {
  const { junit, sarif, report: file } = args
  const unwritten = [
    junit === undefined ? null : problemOfWriting(junit, toJUnit(report.spec, findings)),
    sarif === undefined ? null : problemOfWriting(sarif, `${JSON.stringify(toSarif(findings), null, 1)}\n`),
    tellGitHub(args, report, findings),
  ].flatMap((problem) => problem ?? [])
  if (file === undefined) return unwritten
  const text = JSON.stringify(withErrors(report, unwritten), null, 2)
  return [...unwritten, problemOfWriting(file, `${text}\n`)].flatMap((problem) => problem ?? [])
}

/** The report, with what went wrong after it was made. */
export function withErrors(report: Report, problems: readonly Problem[]): Report {
  return { ...report, errors: [...report.errors, ...problems.map(errorReport)] }
}

function tellGitHub(args: CiArguments, report: Report, findings: Findings): Problem | null {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY = '' } = process.env
  if (GITHUB_ACTIONS !== 'true') return null
  // With --json, stdout holds one document and nothing else.
  const stream = args.json ? process.stderr : process.stdout
  for (const line of annotationsOf(findings)) stream.write(`${line}\n`)
  return GITHUB_STEP_SUMMARY === '' ? null : problemOfAppending(GITHUB_STEP_SUMMARY, summaryOf(report, findings))
}
