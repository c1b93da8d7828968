/**
 * `modelcheck check`: from the arguments to models that are checked. The search is loaded while a thread builds the models.
 */

import * as E from 'fp-ts/Either'
import { type Problem, SpecError } from '../model/problem.ts'
import { paintFor } from '../report/paint.ts'
import { renderProblems } from '../report/render-text.ts'
import { reportOf } from '../report/report.ts'
import type { CheckArguments } from './check-jobs.ts'
import { writeCiOutputs } from './ci-outputs.ts'
import { loadJobs, shownPath } from './jobs.ts'
import { limitOptions } from './limits.ts'
import { parseReductions } from './options.ts'

/** Returns the exit code. */
export async function checkCommand(args: CheckArguments): Promise<number> {
  const paint = paintFor(args.color)
  const fail = (problems: readonly Problem[]): number => {
    const report = reportOf(shownPath(args.spec), 0, [], problems)
    if (args.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
    else process.stderr.write(`${renderProblems(problems, paint)}\n`)
    try {
      writeCiOutputs(args, report, [], problems)
    } catch (error) {
      if (!(error instanceof SpecError)) throw error
      process.stderr.write(`${renderProblems([error.problem], paint)}\n`)
    }
    return 2
  }
  const limits = limitOptions(args)
  if (E.isLeft(limits)) return fail([limits.left])
  const reduce = parseReductions(args.reduce)
  if (E.isLeft(reduce)) return fail([reduce.left])
  const { stopAtFirst, explainFairness } = args
  const options = { ...limits.right, stopAtFirst, explainFairness, reduce: reduce.right }
  const [jobs, { checkJobs, emitCode }] = await Promise.all([loadJobs([args.spec], args), import('./check-jobs.ts')])
  if (E.isLeft(jobs)) return fail(jobs.left)
  try {
    if (args.emit !== undefined) emitCode(jobs.right, args.emit)
    return await checkJobs(jobs.right, options, args)
  } catch (error) {
    if (error instanceof SpecError) return fail([error.problem])
    throw error
  }
}
