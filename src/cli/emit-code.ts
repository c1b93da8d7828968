/**
 * `--emit`: the generated code of the models that are checked, in one file.
 */

import { ifInTime, startClock } from '../../checker/clock.ts'
import { compileCode } from '../../checker/compile/compile.ts'
import { selectedProperties } from '../../checker/judge/selection.ts'
import { applicable, reduce } from '../../checker/reduce/reduce.ts'
import type { CheckOptions } from '../../checker/result.ts'
import type { Parts } from '../model/parts.ts'
import { SpecError } from '../model/problem.ts'
import type { Job } from './jobs.ts'
import { writeOrThrow } from './write-file.ts'

/** Writes it, unless the signal or the end of the time comes first: then says on stderr that it did not. Models that cannot be compiled are left out: their check tells why. Throws `SpecError`: MC401. */
export async function emitCode(
  jobs: readonly Job[],
  file: string,
  { reduce: reductions = [], timeoutSeconds = Number.POSITIVE_INFINITY, signal }: EmitOptions,
): Promise<void> {
  const clock = startClock(timeoutSeconds * 1000, signal)
  const code = await ifInTime(clock, codeOf(jobs, reductions))
  const why = 'left' in code ? code.left : code.done === '' ? 'no model can be compiled' : null
  if (why !== null) process.stderr.write(`${file} is not written: ${why}\n`)
  else if ('done' in code) writeOrThrow(file, code.done)
}

type Reductions = NonNullable<CheckOptions['reduce']>

interface EmitOptions extends Pick<CheckOptions, 'reduce' | 'timeoutSeconds'> {
  readonly signal: AbortSignal
}

/** The code of what is searched. */
function* codeOf(jobs: readonly Job[], reductions: Reductions): Parts<string> {
  const parts: string[] = []
  const applied = applicable(reductions, jobs)
  for (const job of jobs) {
    yield
    try {
      parts.push(`// model ${job.model.name}\n${yield* sourceOf(job, applied(job))}\n`)
    } catch (error) {
      if (!(error instanceof SpecError)) throw error
    }
  }
  return parts.join('\n')
}

function* sourceOf({ model, properties }: Job, reductions: Reductions): Parts<string> {
  const { judged } = selectedProperties(model, properties)
  const { model: searched, following } = yield* reduce(model, judged, reductions)
  return (yield* compileCode(searched, judged, following)).compiled.source
}
