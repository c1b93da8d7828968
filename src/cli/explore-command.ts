/**
 * `modelcheck explore`: serves the page for a spec on the loopback, until Ctrl-C.
 */

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/Either'
import { createAnswerer } from '../explorer/answer.ts'
import { type Loaded, loadRun } from '../explorer/load-runs.ts'
import { type Explorer, serve } from '../explorer/server.ts'
import type { Model } from '../model/ir.ts'
import { type Problem, problem } from '../model/problem.ts'
import { describeModel } from '../page/describe-model.ts'
import { renderPage } from '../page/html.ts'
import { oneLine } from '../report/inert.ts'
import { traceFileBeginning } from '../report/trace-file-name.ts'
import { packageVersion } from '../report/version.ts'
import { type Job, loadJobs } from './jobs.ts'
import { type LimitArguments, limitOptions } from './limits.ts'
import { parsePort } from './options.ts'
import { readText } from './read-file.ts'
import { shownPath } from './shown-path.ts'
import { systemReason } from './system-reason.ts'
import { tellProblems } from './tell.ts'

export interface ExploreArguments extends LimitArguments {
  readonly spec: string
  readonly model: readonly string[]
  readonly set: readonly string[]
  /** Files to begin from; none: what is saved for the spec. */
  readonly trace: readonly string[]
  readonly out: string
  readonly port: number
  readonly color: boolean
}

/** Returns the exit code, when the explorer has ended. */
export async function exploreCommand(args: ExploreArguments): Promise<number> {
  const fail = (problems: readonly Problem[]): number => tellProblems(problems, args.color)
  const limits = limitOptions(args)
  if (E.isLeft(limits)) return fail([limits.left])
  const port = parsePort(args.port)
  if (E.isLeft(port)) return fail([port.left])
  const jobs = await loadJobs([args.spec], { ...args, property: [] })
  if (E.isLeft(jobs)) return fail(jobs.left)
  const models = jobs.right.map(({ model }) => model)
  const loaded = loadRuns(args, jobs.right)
  if (E.isLeft(loaded)) return fail([loaded.left])
  const page = renderPage({
    version: packageVersion,
    spec: shownPath(args.spec),
    isLive: true,
    notes: [],
    models: models.map((model, i) => describeModel(model, null, runsOf(loaded.right, i))),
  })
  try {
    const explorer = await serve(page, createAnswerer(models, limits.right), port.right)
    process.stdout.write(`exploring ${shownPath(args.spec)}; Ctrl-C ends it\n${explorer.url}\n`)
    await interrupted(explorer)
    return 0
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error
    return fail([
      problem('MC302', `--port ${args.port} cannot be had: ${systemReason(error)}`, 'Choose another, or leave it out.'),
    ])
  }
}

const runsOf = (loaded: readonly Loaded[], model: number) =>
  loaded.flatMap((one) => (one.model === model ? [one.run] : []))

/** A file that was named must load; one of the folder that no longer fits is left out, with a word. */
function loadRuns(args: ExploreArguments, jobs: readonly Job[]): E.Either<Problem, readonly Loaded[]> {
  const models = jobs.map(({ model }) => model)
  const isNamed = args.trace.length > 0
  const loaded: Loaded[] = []
  for (const file of isNamed ? args.trace : savedFiles(args.out, jobs)) {
    const found = loadFile(models, file)
    if (E.isRight(found)) loaded.push(found.right)
    else if (isNamed)
      return E.left(problem('MC405', found.left, 'Give a file that `modelcheck check` wrote for this spec.'))
    else process.stderr.write(`left out: ${oneLine(found.left)}\n`)
  }
  return E.right(loaded)
}

function loadFile(models: readonly Model[], file: string): E.Either<string, Loaded> {
  const text = readText(file, '')
  return E.isLeft(text) ? E.left(text.left.message) : loadRun(models, text.right, file)
}

/** Saved counterexamples of these models, by the names that `check` gives them. */
function savedFiles(out: string, jobs: readonly Job[]): readonly string[] {
  if (!existsSync(out)) return []
  const beginnings = jobs.map(({ spec, model, among }) => traceFileBeginning(spec, { name: model.name, among }))
  return readdirSync(out)
    .filter((name) => name.endsWith('.json') && beginnings.some((beginning) => name.startsWith(beginning)))
    .sort()
    .map((name) => join(out, name))
}

function interrupted(explorer: Explorer): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => {
      process.stdout.write('\n')
      explorer.close().then(done)
    })
  })
}
