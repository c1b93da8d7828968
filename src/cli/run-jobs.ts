/**
 * Checks jobs one after another, saves their counterexamples, and sums everything up in a report.
 */

import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { checkModel, defaultWorkers } from '../../checker/check-model.ts'
import { hireThreads } from '../../checker/explore/threads.ts'
import type { CheckOptions, ModelResult, PropertyResult } from '../../checker/result.ts'
import { type Report, reportOf } from '../report/report.ts'
import { type SavedTrace, toSaved, traceFileName } from '../report/saved-trace.ts'
import { originOf } from '../spec/origin.ts'
import { onInterrupt } from './interrupt.ts'
import type { Job } from './jobs.ts'
import { startProgress } from './progress.ts'
import { shownPath } from './shown-path.ts'
import { writeOrThrow } from './write-file.ts'

export interface Run {
  readonly options: CheckOptions
  /** Folder for counterexamples. */
  readonly out: string
  /** Null: none. */
  readonly progressOn: NodeJS.WriteStream | null
  /** Called when a model is done, before the next one starts. */
  readonly onFinished?: (finished: Finished) => void
}

export interface SavedCounterexample {
  readonly property: PropertyResult
  readonly trace: SavedTrace
  readonly file: string
}

export interface Finished {
  readonly job: Job
  readonly result: ModelResult
  readonly saved: readonly SavedCounterexample[]
}

/**
 * After a SIGINT, or when the time is up, the models that are left are reported as stopped before they began.
 * Throws `SpecError`: MC208, MC401.
 */
export async function runJobs(jobs: readonly Job[], run: Run): Promise<readonly Finished[]> {
  const interrupt = onInterrupt()
  const progress = startProgress(run.progressOn)
  const all: Finished[] = []
  const { timeoutSeconds, workers = defaultWorkers() } = run.options
  const threads = workers > 1 ? hireThreads(workers - 1) : null
  const startedAt = performance.now()
  try {
    for (const job of jobs) {
      progress.begin(job.model.name)
      const result = await checkModel(job.model, {
        ...run.options,
        ...(threads === null ? {} : { threads }),
        ...(timeoutSeconds === undefined ? {} : { timeoutSeconds: left(timeoutSeconds, startedAt) }),
        signal: interrupt.signal,
        onProgress: progress.update,
        ...(job.properties === null ? {} : { properties: job.properties }),
      })
      progress.end()
      const finished = { job, result, saved: saveCounterexamples(job, result, run.out) }
      all.push(finished)
      run.onFinished?.(finished)
      // Telling the rest after a first SIGINT would otherwise be over before the second is heard.
      await setImmediate()
    }
  } finally {
    progress.end()
    interrupt.stop()
    await threads?.dismiss()
  }
  return all
}

/** The limit is for the whole run, not for each model. */
function left(timeoutSeconds: number, startedAt: number): number {
  return Math.max(0, timeoutSeconds - (performance.now() - startedAt) / 1000)
}

/** Counterexamples are files; witnesses of `reachable` are not. */
function saveCounterexamples({ spec, model }: Job, result: ModelResult, out: string): readonly SavedCounterexample[] {
  return result.properties.flatMap((property) => {
    if (property.trace === null || property.verdict !== 'violated') return []
    const origin = {
      spec: originOf(spec),
      model,
      property: property.name,
      kind: property.kind,
      reason: property.reason,
    }
    const trace = toSaved(origin, property.trace)
    const file = join(out, traceFileName(spec, model.name, property.name))
    writeOrThrow(file, `${JSON.stringify(trace, null, 1)}\n`)
    return [{ property, trace, file: shownPath(file) }]
  })
}

/** The report on the jobs of one spec. */
export function reportOn(spec: string, finished: readonly Finished[], options: CheckOptions): Report {
  const fileOf = (model: string, property: string): string | null =>
    finished.find(({ result }) => result.name === model)?.saved.find((one) => one.property.name === property)?.file ??
    null
  const results = finished.map(({ result }) => result)
  return reportOf(spec, options.workers ?? defaultWorkers(), results, fileOf)
}
