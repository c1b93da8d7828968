/**
 * What a command ends with: mistakes of the user on stderr, or a text on stdout or in a file. Each returns the exit code.
 */

import { type Problem, SpecError } from '../model/problem.ts'
import { paintFor } from '../report/paint.ts'
import { renderProblems } from '../report/render-text.ts'
import { writeOrThrow } from './write-file.ts'

export function tellProblems(problems: readonly Problem[], hasColour: boolean): 2 {
  process.stderr.write(`${renderProblems(problems, paintFor(hasColour))}\n`)
  return 2
}

/** `out`: a file that is written instead of stdout, or undefined. */
export function tellText(text: string, out: string | undefined, hasColour: boolean): 0 | 2 {
  if (out === undefined) {
    process.stdout.write(text)
    return 0
  }
  try {
    writeOrThrow(out, text)
    return 0
  } catch (error) {
    if (error instanceof SpecError) return tellProblems([error.problem], hasColour)
    throw error
  }
}
