/**
 * `modelcheck check`: from the arguments to models that are checked. The search is loaded while a thread builds the models.
 */

import type { Worker } from 'node:worker_threads'
import * as E from 'fp-ts/Either'
import { openPool, type Pool } from '../../checker/explore/threads.ts'
import { workersFor } from '../../checker/explore-options.ts'
import { processors } from '../../checker/processors.ts'
import { type Problem, SpecError } from '../model/problem.ts'
import { renderPage } from '../page/html.ts'
import { paintFor } from '../report/paint.ts'
import { renderProblems } from '../report/render-text.ts'
import { problemReport } from '../report/report.ts'
import { packageVersion } from '../report/version.ts'
import type { CheckArguments } from './check-jobs.ts'
import { withErrors, writeCiOutputs } from './ci-outputs.ts'
import { Interrupted } from './interrupt.ts'
import { loadJobs } from './jobs.ts'
import { limitOptions } from './limits.ts'
import { parseReductions } from './options.ts'
import { shownPath } from './shown-path.ts'
import { tellProblems } from './tell.ts'
import { problemOfWriting } from './write-file.ts'

/** Returns the exit code. */
export async function checkCommand(args: CheckArguments): Promise<number> {
  const limits = limitOptions(args)
  if (E.isLeft(limits)) return tellUnchecked(args, { problems: [limits.left], interrupted: null })
  const reduce = parseReductions(args.reduce)
  if (E.isLeft(reduce)) return tellUnchecked(args, { problems: [reduce.left], interrupted: null })
  const { stopAtFirst, explainFairness } = args
  const options = { ...limits.right, stopAtFirst, explainFairness, reduce: reduce.right }
  const loaded = new AbortController()
  const checker = loadChecker(options.workers, loaded.signal)
  const keep = (thread: Worker): unknown => checker.then(({ pool }) => pool.adopt(thread))
  const loading = loadJobs([args.spec], args, { keep }).finally(() => loaded.abort())
  try {
    const [jobs, { checkJobs, pool }] = await Promise.all([loading, checker])
    if (E.isLeft(jobs)) return tellUnchecked(args, { problems: jobs.left, interrupted: null })
    return await checkJobs(jobs.right, { options, pool }, args)
  } catch (error) {
    if (error instanceof Interrupted) return tellUnchecked(args, { problems: [], interrupted: error.message })
    if (error instanceof SpecError) return tellUnchecked(args, { problems: [error.problem], interrupted: null })
    throw error
  } finally {
    await (await checker).pool.close()
  }
}

async function loadChecker(asked: number | undefined, loaded: AbortSignal): Promise<Checker> {
  const { checkJobs } = await import('./check-jobs.ts')
  const { rehearse } = await import('../../checker/rehearsal.ts')
  const workers = workersFor(asked)
  const pool = openPool(workers)
  // On one processor, the thread that builds the spec would have to wait.
  if (processors() > 1) await rehearse(loaded, workers)
  return { checkJobs, pool }
}

interface Checker {
  readonly checkJobs: typeof import('./check-jobs.ts').checkJobs
  readonly pool: Pool
}

interface Unchecked {
  readonly problems: readonly Problem[]
  /** The words for it, when SIGINT came first. */
  readonly interrupted: string | null
}

/** Says why no model is told of, wherever a report was asked for. Returns the exit code. */
function tellUnchecked(args: CheckArguments, { problems, interrupted }: Unchecked): number {
  const report = problemReport(shownPath(args.spec), 0, problems)
  const html =
    args.html === undefined ? null : problemOfWriting(args.html, emptyPage(report.spec, problems, interrupted))
  const pages = html === null ? [] : [html]
  const unwritten = [
    ...pages,
    ...writeCiOutputs(args, withErrors(report, pages), { outcomes: [], problems, interrupted }),
    // It may be what could not be written in the first place.
  ].filter(({ message }) => !problems.some((one) => one.message === message))
  const all = [...problems, ...unwritten]
  if (args.json) process.stdout.write(`${JSON.stringify(withErrors(report, unwritten), null, 2)}\n`)
  else if (all.length > 0) tellProblems(all, args.color)
  if (interrupted !== null && !args.json) process.stderr.write(`${interrupted}: nothing is known of its models\n`)
  return all.length > 0 ? 2 : 3
}

/** A page of an earlier run would otherwise stay, and be taken for this one's. */
function emptyPage(spec: string, problems: readonly Problem[], interrupted: string | null): string {
  const notes = problems.length > 0 ? renderProblems(problems, paintFor(false)).split('\n') : [interrupted ?? '']
  return renderPage({ version: packageVersion, spec, isLive: false, models: [], notes })
}
