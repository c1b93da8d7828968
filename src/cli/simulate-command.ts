/**
 * `modelcheck simulate`: random runs on the reference evaluator, for models too large to explore.
 */

import { join } from 'node:path'
import * as E from 'fp-ts/Either'
import { type SimulatedViolation, simulate } from '../../checker/simulate.ts'
import { type Problem, problem, SpecError } from '../model/problem.ts'
import { type Paint, paintFor } from '../report/paint.ts'
import { renderProblems } from '../report/render-text.ts'
import { renderTrace } from '../report/render-trace.ts'
import { errorReport, traceReport } from '../report/report.ts'
import { type SavedTrace, toSaved, traceFileName } from '../report/saved-trace.ts'
import type { SimulationReport } from '../report/simulation.ts'
import { packageVersion } from '../report/version.ts'
import { type Job, type JobArguments, loadJobs, shownPath } from './jobs.ts'
import { writeOrThrow } from './write-file.ts'

export interface SimulateArguments extends JobArguments {
  readonly spec: string
  readonly runs: number
  readonly depth: number
  readonly seed: number
  readonly out: string
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

type Simulated = SimulationReport['models'][number]

/** Returns the exit code: 0 nothing found, 1 an unexpected violation, 2 problems. */
export async function simulateCommand(args: SimulateArguments): Promise<number> {
  const fail = (problems: readonly Problem[]): number => {
    if (args.json) printReport(args, [], problems)
    else process.stderr.write(`${renderProblems(problems, paintFor(args.color))}\n`)
    return 2
  }
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1
  if (!(isCount(args.runs) && isCount(args.depth) && Number.isSafeInteger(args.seed))) {
    const hint = 'Write them as --runs 100 --depth 200 --seed 1.'
    return fail([problem('MC302', '--runs, --depth and --seed need whole numbers', hint)])
  }
  const jobs = await loadJobs([args.spec], args)
  if (E.isLeft(jobs)) return fail(jobs.left)
  try {
    const models = jobs.right.map((job) => simulateJob(job, args))
    if (args.json) printReport(args, models, [])
    return models.some(({ properties }) => properties.some((one) => !one.asExpected)) ? 1 : 0
  } catch (error) {
    if (error instanceof SpecError) return fail([error.problem])
    throw error
  }
}

function printReport(args: SimulateArguments, models: readonly Simulated[], problems: readonly Problem[]): void {
  const errors = problems.map(errorReport)
  const report: SimulationReport = {
    version: packageVersion,
    spec: shownPath(args.spec),
    seed: args.seed,
    errors,
    models,
  }
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
}

/** Throws `SpecError`: MC102, MC103, MC401. */
function simulateJob({ spec, model, properties }: Job, args: SimulateArguments): Simulated {
  const { runs, steps, violations } = simulate(model, { ...args, properties })
  const paint = paintFor(args.color)
  if (!args.json) process.stdout.write(`${paint.bold(model.name)}: ${runs} runs, ${steps} steps, seed ${args.seed}\n`)
  const found = violations.map((violation) => {
    const { property, kind, trace, reason } = violation
    const saved = toSaved({ spec, model, property, kind, reason }, trace)
    const file = join(args.out, traceFileName(spec, model.name, property))
    writeOrThrow(file, `${JSON.stringify(saved, null, 1)}\n`)
    const asExpected = model.expectedViolations.includes(property)
    const shown = { violation, asExpected, saved, file: shownPath(file) }
    if (!args.json) process.stdout.write(`${render(shown, args.quiet, paint)}\n`)
    const verdict = 'violated' as const
    return { name: property, kind, verdict, asExpected, trace: traceReport(trace, shown.file), reason }
  })
  return { name: model.name, constants: model.constants, runs, steps, properties: found }
}

interface Shown {
  readonly violation: SimulatedViolation
  readonly asExpected: boolean
  readonly saved: SavedTrace
  readonly file: string
}

function render({ violation, asExpected, saved, file }: Shown, isQuiet: boolean, paint: Paint): string {
  const steps = violation.trace.steps.length - 1
  const head = `  ${violation.property} is violated${asExpected ? ', as expected' : ''}`
  if (isQuiet) return `${head}: ${file}`
  const trace = renderTrace(saved, { full: false, paint, step: null })
  return [paint.bold(`${head}, in ${steps} steps (not a shortest run):`), trace, paint.dim(`  saved as ${file}`)].join(
    '\n',
  )
}
