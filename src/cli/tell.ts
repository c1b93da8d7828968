/**
 * What a command ends with: mistakes of the user on stderr, or a text on stdout or in a file. Each returns the exit code.
 */

import type { Problem } from '../model/problem.ts'
import { paintFor } from '../report/paint.ts'
import { renderProblems } from '../report/render-text.ts'
import { hasColourOnStderr } from './terminal.ts'
import { problemOfWriting } from './write-file.ts'

/** `hasColour`: whether stdout takes it. */
export function tellProblems(problems: readonly Problem[], hasColour: boolean): 2 {
  process.stderr.write(`${renderProblems(problems, paintFor(hasColourOnStderr(hasColour)))}\n`)
  return 2
}

/** `out`: a file that is written instead of stdout, or undefined. */
export function tellText(text: string, out: string | undefined, hasColour: boolean): 0 | 2 {
  if (out === undefined) {
    process.stdout.write(text)
    return 0
  }
  const found = problemOfWriting(out, text)
  return found === null ? 0 : tellProblems([found], hasColour)
}
