/**
 * `modelcheck simulate`: random runs on the reference evaluator, for models too large to explore.
 */

import * as E from 'fp-ts/Either'
import { type SimulatedViolation, type Simulation, simulate } from '../../checker/simulate.ts'
import { heedProblem, type Problem } from '../model/problem.ts'
import { toldOnce } from '../model/told-once.ts'
import { counted, grouped } from '../report/grouped.ts'
import { oneLine } from '../report/inert.ts'
import { type Paint, paintFor } from '../report/paint.ts'
import { renderTrace } from '../report/render-trace.ts'
import { errorReport, traceReport } from '../report/report.ts'
import { savedAs } from '../report/saved-as.ts'
import type { SavedTrace } from '../report/saved-trace.ts'
import type { SimulationReport } from '../report/simulation.ts'
import { packageVersion } from '../report/version.ts'
import { wrap } from '../report/wrap.ts'
import { Interrupted, onInterrupt } from './interrupt.ts'
import { type Job, type JobArguments, loadJobs } from './jobs.ts'
import { parseCount, parseSeconds, parseSeed } from './options.ts'
import { startProgress } from './progress.ts'
import { failedAmong } from './run-jobs.ts'
import { problemOfSaving, saveCounterexample } from './save-counterexample.ts'
import { shownPath } from './shown-path.ts'
import { tellProblems } from './tell.ts'
import { lineWidth } from './terminal.ts'

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

/** Returns the exit code: 0 nothing found, 1 an unexpected violation, 2 problems, 3 stopped before all runs were made. */
export async function simulateCommand(args: SimulateArguments): Promise<number> {
  const fail = (problems: readonly Problem[]): number => {
    if (!args.json) return tellProblems(problems, args.color)
    printReport(args, [], problems)
    return 2
  }
  const wrong = [
    parseSeconds('timeout', args.timeout),
    parseCount('runs', args.runs),
    parseCount('depth', args.depth),
    parseSeed(args.seed),
  ].flatMap((one) => (E.isLeft(one) ? [one.left] : []))
  if (wrong.length > 0) return fail(wrong)
  try {
    const jobs = await loadJobs([args.spec], args)
    if (E.isLeft(jobs)) return fail(jobs.left)
    const { models, problems } = await simulateJobs(jobs.right, args)
    if (args.json) printReport(args, models, problems)
    else if (problems.length > 0) tellProblems(problems, args.color)
    if (problems.length > 0) return 2
    if (models.some(({ properties }) => properties.some((one) => !one.asExpected))) return 1
    return models.every(({ complete }) => complete) ? 0 : 3
  } catch (error) {
    if (error instanceof Interrupted && args.json) printReport(args, [], [])
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

interface AllSimulated {
  readonly models: readonly Simulated[]
  /** Of models that have no initial state: MC102, MC103. Of counterexamples that cannot be written: MC401. */
  readonly problems: readonly Problem[]
}

/** The time is for all models together. */
async function simulateJobs(jobs: readonly Job[], args: SimulateArguments): Promise<AllSimulated> {
  const { runs, depth, seed } = args
  const endsAt = performance.now() + (args.timeout ?? Number.POSITIVE_INFINITY) * 1000
  const interrupt = onInterrupt()
  const progress = startProgress(args.quiet ? null : process.stderr)
  const told: Simulated[] = []
  const problems: Problem[] = []
  try {
    for (const job of jobs) {
      const { model, properties } = job
      const line = progress.begin(model.name)
      const simulated = await heedProblem(async () => ({
        simulation: await simulate(model, {
          runs,
          depth,
          seed,
          properties,
          timeoutMs: endsAt - performance.now(),
          signal: interrupt.signal,
          onProgress: (done) =>
            line.show('runs', `${grouped(done.runs)} of ${counted(runs, 'run')}, ${counted(done.steps, 'step')}`),
        }),
      }))
      line.end()
      if ('problem' in simulated) problems.push(failedAmong(jobs, job, simulated.problem).problem)
      else {
        const { model: one, unsaved } = tell(job, simulated.simulation, args)
        told.push(one)
        problems.push(...unsaved)
      }
    }
  } finally {
    progress.clear()
    interrupt.stop()
  }
  return { models: told, problems: toldOnce(problems) }
}

interface Told {
  readonly model: Simulated
  readonly unsaved: readonly Problem[]
}

/** Prints and saves. */
function tell(job: Job, simulation: Simulation, args: SimulateArguments): Told {
  const { model } = job
  const { runs, steps, reason: stop, violations } = simulation
  const paint = paintFor(args.color)
  if (!args.json) process.stdout.write(`${headText(model.name, simulation, args)}\n`)
  const saved = violations.map((violation) => {
    const { property: name, kind, trace: found, reason } = violation
    return { violation, ...saveCounterexample(job, { name, kind, reason }, found, args.out) }
  })
  const properties = saved.map(({ violation, trace, file }) => {
    const { property: name, kind, reason } = violation
    const asExpected = model.expectedViolations.includes(name)
    const shown = { violation, asExpected, trace, file }
    if (!args.json) process.stdout.write(`${render(shown, args.quiet, paint)}\n`)
    const verdict = 'violated' as const
    return { name, kind, verdict, asExpected, trace: traceReport(violation.trace, file), reason }
  })
  const { name, constants } = model
  const unsaved = problemOfSaving(saved)
  return {
    model: { name, constants, complete: stop === null, reason: stop, runs, steps, properties },
    unsaved: unsaved === null ? [] : [unsaved],
  }
}

function headText(name: string, { runs, steps, reason }: Simulation, args: SimulateArguments): string {
  const paint = paintFor(args.color)
  const made = reason === null ? counted(runs, 'run') : `${grouped(runs)} of ${counted(args.runs, 'run')}`
  const early = reason === null ? '' : `; ${paint.yellow(`stopped early: ${reason}`)}`
  return `${paint.bold(oneLine(name))}: ${made}, ${counted(steps, 'step')}, seed ${args.seed}${early}`
}

interface Shown {
  readonly violation: SimulatedViolation
  readonly asExpected: boolean
  readonly trace: SavedTrace
  /** Null where it could not be written. */
  readonly file: string | null
}

function render({ violation, asExpected, trace, file }: Shown, isQuiet: boolean, paint: Paint): string {
  const steps = violation.trace.steps.length - 1
  const head = `  ${oneLine(violation.property)} is violated${asExpected ? ', as expected' : ''}`
  if (isQuiet) return `${head}: ${file ?? 'not saved'}`
  const story = renderTrace(trace, { full: false, paint, step: null, width: lineWidth(process.stdout) })
  const place = savedAs(file, paint, lineWidth(process.stdout))
  const heads = wrap(`${head}, in ${counted(steps, 'step')} (not a shortest run):`, lineWidth(process.stdout), '    ')
  return [...heads.map((line) => paint.bold(line)), story, ...place].join('\n')
}
