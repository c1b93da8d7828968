/**
 * `modelcheck check`: explores every selected model of a spec, prints and saves what was found.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import * as E from 'fp-ts/Either'
import { checkModel } from '../../checker/check-model.ts'
import { compile } from '../../checker/compile/compile.ts'
import type { CheckOptions, ModelResult, PropertyResult } from '../../checker/result.ts'
import { propertyNames, selectedProperties } from '../../checker/selection.ts'
import type { Model } from '../model/ir.ts'
import { type Problem, problem, SpecError } from '../model/problem.ts'
import { type Paint, paintFor } from '../report/paint.ts'
import { renderProblems, renderResult } from '../report/render-text.ts'
import { renderTrace } from '../report/render-trace.ts'
import { exitCodeOf, reportOf } from '../report/report.ts'
import { type SavedTrace, toSaved, traceFileName } from '../report/saved-trace.ts'
import { loadSpec } from '../spec/load.ts'
import { parseCount, parseSet, parseSize, parseWorkers, selectNames } from './options.ts'
import { startProgress } from './progress.ts'

export interface CheckArguments {
  readonly spec: string
  readonly model: readonly string[]
  readonly property: readonly string[]
  readonly set: readonly string[]
  readonly workers: string
  readonly maxStates: number | undefined
  readonly maxDepth: number | undefined
  readonly timeout: number | undefined
  readonly memory: string | undefined
  readonly stopAtFirst: boolean
  readonly explainFairness: boolean
  readonly out: string
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
  readonly emit: string | undefined
}

interface Job {
  readonly model: Model
  readonly properties: readonly string[] | null
}

/** Returns the exit code. */
export async function checkCommand(args: CheckArguments): Promise<number> {
  const paint = paintFor(args.color)
  const spec = relative(process.cwd(), args.spec).replaceAll('\\', '/') || args.spec
  const fail = (problems: readonly Problem[]): number => {
    if (args.json) print(JSON.stringify(reportOf(spec, 0, [], problems), null, 2))
    else process.stderr.write(`${renderProblems(problems, paint)}\n`)
    return 2
  }
  const options = checkOptions(args)
  if (E.isLeft(options)) return fail([options.left])
  const set = parseSet(args.set)
  if (E.isLeft(set)) return fail([set.left])
  const built = await loadSpec({ file: args.spec, cwd: process.cwd(), set: set.right })
  if (built.problems.length > 0) return fail(built.problems)
  const jobs = selectJobs(built.models, args)
  if (E.isLeft(jobs)) return fail([jobs.left])
  try {
    if (args.emit !== undefined) emitCode(jobs.right, args.emit)
    return await runJobs(jobs.right, { args, spec, options: options.right, paint })
  } catch (error) {
    if (error instanceof SpecError) return fail([error.problem])
    throw error
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function checkOptions(args: CheckArguments): E.Either<Problem, CheckOptions> {
  const workers = parseWorkers(args.workers)
  if (E.isLeft(workers)) return workers
  const memory = args.memory === undefined ? E.right(undefined) : parseSize(args.memory)
  if (E.isLeft(memory)) return memory
  const counts = [
    parseCount('max-states', args.maxStates),
    parseCount('max-depth', args.maxDepth),
    parseCount('timeout', args.timeout, 0),
  ]
  const wrong = counts.find(E.isLeft)
  if (wrong !== undefined) return wrong
  return E.right({
    ...(workers.right === undefined ? {} : { workers: workers.right }),
    ...(memory.right === undefined ? {} : { memoryBytes: memory.right }),
    ...(args.maxStates === undefined ? {} : { maxStates: args.maxStates }),
    ...(args.maxDepth === undefined ? {} : { maxDepth: args.maxDepth }),
    ...(args.timeout === undefined ? {} : { timeoutSeconds: args.timeout }),
    stopAtFirst: args.stopAtFirst,
    explainFairness: args.explainFairness,
  })
}

/** The selected models with the selected properties of each. */
function selectJobs(models: readonly Model[], args: CheckArguments): E.Either<Problem, readonly Job[]> {
  const names = selectNames(
    'model',
    models.map((model) => model.name),
    args.model,
  )
  if (E.isLeft(names)) return names
  const selected = models.filter((model) => names.right.includes(model.name))
  if (args.property.length === 0) return E.right(selected.map((model) => ({ model, properties: null })))
  const known = [...new Set(selected.flatMap(propertyNames))]
  const properties = selectNames('property', known, args.property)
  if (E.isLeft(properties)) return properties
  return E.right(selected.map((model) => ({ model, properties: properties.right })))
}

function emitCode(jobs: readonly Job[], file: string): void {
  const parts = jobs.map(
    ({ model, properties }) =>
      `// model ${model.name}\n${compile(model, selectedProperties(model, properties).judged).compiled.source}`,
  )
  writeOrThrow(file, `${parts.join('\n\n')}\n`)
}

function writeOrThrow(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new SpecError(
      problem('MC401', `${file} cannot be written: ${reasonOf(error)}`, 'Check the path and its permissions.'),
    )
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

interface Run {
  readonly args: CheckArguments
  readonly spec: string
  readonly options: CheckOptions
  readonly paint: Paint
}

async function runJobs(jobs: readonly Job[], run: Run): Promise<number> {
  const { args, spec, paint } = run
  const interrupt = onInterrupt()
  const progress = startProgress(args.quiet || args.json ? null : process.stderr, args.color)
  const results: ModelResult[] = []
  const files = new Map<string, string>()
  const shown = { isTraceShown: false }
  try {
    for (const { model, properties } of jobs) {
      progress.begin(model.name)
      const result = await checkModel(model, {
        ...run.options,
        signal: interrupt.signal,
        onProgress: progress.update,
        ...(properties === null ? {} : { properties }),
      })
      progress.end()
      results.push(result)
      const saved = saveTraces(result, model, run, files)
      if (!args.json) print(renderModel(result, saved, { paint, quiet: args.quiet, shown }))
      if (interrupt.signal.aborted) break
    }
  } finally {
    progress.end()
    interrupt.stop()
  }
  const report = reportOf(
    spec,
    run.options.workers ?? availableParallelism(),
    results,
    [],
    (model, property) => files.get(`${model}\n${property}`) ?? null,
  )
  if (args.json) print(JSON.stringify(report, null, 2))
  else if (!args.quiet) print(summary(results, paint))
  return exitCodeOf(report)
}

interface Saved {
  readonly property: PropertyResult
  readonly trace: SavedTrace
  readonly file: string
}

/** Counterexamples are files; witnesses of `reachable` are not. */
function saveTraces(result: ModelResult, model: Model, run: Run, files: Map<string, string>): readonly Saved[] {
  const { args, spec } = run
  return result.properties.flatMap((property) => {
    if (property.trace === null || property.verdict !== 'violated') return []
    const origin = { spec, model, property: property.name, kind: property.kind, reason: property.reason }
    const trace = toSaved(origin, property.trace)
    const file = join(args.out, traceFileName(spec, model.name, property.name))
    try {
      mkdirSync(args.out, { recursive: true })
    } catch (error) {
      throw new SpecError(
        problem('MC401', `${args.out} cannot be made: ${reasonOf(error)}`, 'Choose another folder by --out.'),
      )
    }
    writeOrThrow(file, `${JSON.stringify(trace, null, 1)}\n`)
    const shownFile = relative(process.cwd(), file).replaceAll('\\', '/')
    files.set(`${result.name}\n${property.name}`, shownFile)
    return [{ property, trace, file: shownFile }]
  })
}

interface Shown {
  readonly paint: Paint
  readonly quiet: boolean
  readonly shown: { isTraceShown: boolean }
}

/** The first expected violation of a run shows its trace in full; unexpected ones always do. */
function renderModel(result: ModelResult, saved: readonly Saved[], { paint, quiet, shown }: Shown): string {
  const traces = saved.flatMap(({ property, trace, file }) => {
    const isFull = !property.asExpected || !shown.isTraceShown
    shown.isTraceShown ||= isFull
    if (!isFull || quiet) return quiet ? [] : [paint.dim(`  ${property.name}: ${file}`)]
    const head = paint.bold(`  ${property.name} is violated${property.asExpected ? ', as expected' : ''}:`)
    return [head, renderTrace(trace, { full: false, paint, step: null }), paint.dim(`  saved as ${file}`)]
  })
  return [renderResult(result, paint), ...traces, ''].join('\n')
}

function summary(results: readonly ModelResult[], paint: Paint): string {
  const properties = results.flatMap((result) => result.properties)
  const wrong = properties.filter((property) => !property.asExpected)
  const inconclusive = wrong.filter((property) => property.verdict === 'inconclusive').length
  const bad = wrong.length - inconclusive
  if (bad > 0) return paint.red(`${bad} of ${properties.length} verdicts are not as expected`)
  if (inconclusive > 0) return paint.yellow(`${inconclusive} of ${properties.length} verdicts are inconclusive`)
  return paint.green(`all ${properties.length} verdicts are as expected`)
}

/** The first SIGINT stops the search cleanly, the second ends the process at once. */
function onInterrupt(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  process.on('SIGINT', listener)
  return { signal: controller.signal, stop: () => process.off('SIGINT', listener) }
}
