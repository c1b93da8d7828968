/**
 * `--emit`: the generated code of the models that are checked, in one file.
 */

import { ifInTime, startClock } from '../../checker/clock.ts'
import { compileCode } from '../../checker/compile/compile.ts'
import { reduce } from '../../checker/reduce/reduce.ts'
import type { CheckOptions } from '../../checker/result.ts'
import { selectedProperties } from '../../checker/selection.ts'
import type { Parts } from '../model/parts.ts'
import type { Job } from './jobs.ts'
import { writeOrThrow } from './write-file.ts'

/** Writes it, unless the signal or the end of the time comes first: then says on stderr that it did not. Throws `SpecError`: MC208, MC305, MC306, MC401. */
export async function emitCode(
  jobs: readonly Job[],
  file: string,
  { reduce: reductions = [], timeoutSeconds = Number.POSITIVE_INFINITY, signal }: EmitOptions,
): Promise<void> {
  const clock = startClock(timeoutSeconds * 1000, signal)
  const code = await ifInTime(clock, codeOf(jobs, reductions))
  if ('done' in code) writeOrThrow(file, code.done)
  else process.stderr.write(`${file} is not written: ${code.left}\n`)
}

interface EmitOptions extends Pick<CheckOptions, 'reduce' | 'timeoutSeconds'> {
  readonly signal: AbortSignal
}

/** The code of what is searched. */
function* codeOf(jobs: readonly Job[], reductions: NonNullable<CheckOptions['reduce']>): Parts<string> {
  const parts: string[] = []
  for (const { model, properties } of jobs) {
    yield
    const { judged } = selectedProperties(model, properties)
    const { model: searched, following } = yield* reduce(model, judged, reductions)
    const { compiled } = yield* compileCode(searched, judged, following)
    parts.push(`// model ${model.name}\n${compiled.source}`)
  }
  return `${parts.join('\n\n')}\n`
}
