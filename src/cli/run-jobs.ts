/**
 * Checks jobs, saves their counterexamples, and sums everything up in a report.
 */

import { setImmediate } from 'node:timers/promises'
import { checkModels } from '../../checker/check-models.ts'
import type { Pool } from '../../checker/explore/threads.ts'
import { workersFor } from '../../checker/explore-options.ts'
import type { CheckOptions, ModelResult, PropertyResult } from '../../checker/result.ts'
import type { Model } from '../model/ir.ts'
import type { Problem } from '../model/problem.ts'
import { toldOnce } from '../model/told-once.ts'
import { errorReport, type Report, reportOf } from '../report/report.ts'
import { onInterrupt } from './interrupt.ts'
import type { Job } from './jobs.ts'
import { startProgress } from './progress.ts'
import { type Counterexample, problemOfSaving, saveCounterexample } from './save-counterexample.ts'

export interface Run {
  readonly options: CheckOptions
  /** Of as many threads as there are workers; it may be closed afterwards, and may not. */
  readonly pool: Pool
  /** Folder for counterexamples. */
  readonly out: string
  /** Null: none. */
  readonly progressOn: NodeJS.WriteStream | null
  /** Done before the first check, in the time that there is for all; it ends when the signal comes. */
  readonly first?: (signal: AbortSignal) => Promise<void>
  /** Called when a model is done, in the order of the jobs. */
  readonly onFinished?: (finished: Finished) => void
}

export interface SavedCounterexample extends Counterexample {
  readonly property: PropertyResult
}

export interface Finished {
  readonly job: Job
  readonly result: ModelResult
  readonly saved: readonly SavedCounterexample[]
}

/** A model that cannot be checked. */
export interface Failed {
  readonly job: Job
  readonly problem: Problem
}

export interface Ran {
  readonly finished: readonly Finished[]
  readonly failed: readonly Failed[]
}

/**
 * After a SIGINT, or when the time is up, the models that are left are reported as stopped before they began. Models fail by
 * MC102, MC103, MC208, MC305, MC306 and MC307. Throws what `first` throws.
 */
export async function runJobs(jobs: readonly Job[], run: Run): Promise<Ran> {
  const interrupt = onInterrupt()
  const progress = startProgress(run.progressOn)
  const all: Finished[] = []
  const failed: Failed[] = []
  const watch = run.progressOn === null ? null : ({ name }: Model) => progress.begin(name)
  try {
    const startedAt = performance.now()
    await run.first?.(interrupt.signal)
    const { timeoutSeconds: allSeconds = Number.POSITIVE_INFINITY } = run.options
    const timeoutSeconds = Math.max(0, allSeconds - (performance.now() - startedAt) / 1000)
    const options = { ...run.options, timeoutSeconds }
    const models = checkModels(jobs, { options, signal: interrupt.signal, watch, pool: run.pool })
    for await (const done of models) {
      const { task: job } = done
      if ('problem' in done) {
        failed.push(failedAmong(jobs, job, done.problem))
        continue
      }
      const { result } = done
      progress.clear()
      const finished = { job, result, saved: saveCounterexamples(job, result, run.out) }
      all.push(finished)
      run.onFinished?.(finished)
      // Telling the rest after a first SIGINT would otherwise be over before the second is heard.
      await setImmediate()
    }
  } finally {
    progress.clear()
    interrupt.stop()
  }
  return { finished: all, failed }
}

/** Among others, the problem names the model. */
export function failedAmong(jobs: readonly Job[], job: Job, found: Problem): Failed {
  if (jobs.length === 1) return { job, problem: found }
  return { job, problem: { ...found, message: `model '${job.model.name}' is not checked: ${found.message}` } }
}

/** Told once, in the order of their lines: models that cannot be checked, and counterexamples that cannot be written. */
export function problemsOf({ finished, failed }: Ran): readonly Problem[] {
  const unsaved = finished.flatMap(({ saved }) => problemOfSaving(saved) ?? [])
  return toldOnce([...failed.map(({ problem }) => problem), ...unsaved])
}

/** Counterexamples are files; witnesses of `reachable` are not. */
function saveCounterexamples(job: Job, result: ModelResult, out: string): readonly SavedCounterexample[] {
  return result.properties.flatMap((property) => {
    if (property.trace === null || property.verdict !== 'violated') return []
    return [{ property, ...saveCounterexample(job, property, property.trace, out) }]
  })
}

/** The report on the jobs of one spec. */
export function reportOn(spec: string, ran: Ran, options: CheckOptions): Report {
  const { finished } = ran
  const fileOf = (model: string, property: string): string | null =>
    finished.find(({ result }) => result.name === model)?.saved.find((one) => one.property.name === property)?.file ??
    null
  const results = finished.map(({ result }) => result)
  const report = reportOf(spec, workersFor(options.workers), results, fileOf)
  return { ...report, errors: problemsOf(ran).map(errorReport) }
}
