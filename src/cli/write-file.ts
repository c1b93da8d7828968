/**
 * Writing files that the user asked for.
 */

import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Problem, problem, SpecError } from '../model/problem.ts'
import { systemReason } from './system-reason.ts'

/** Makes the folder too. MC401 if it cannot be written, or null. */
export function problemOfWriting(file: string, text: string): Problem | null {
  return problemOf(file, () => {
    makeFolder(dirname(file))
    writeFileSync(file, text)
  })
}

/** Throws `SpecError` (MC401). */
export function writeOrThrow(file: string, text: string): void {
  const found = problemOfWriting(file, text)
  if (found !== null) throw new SpecError(found)
}

/** MC401, or null. */
export function problemOfAppending(file: string, text: string): Problem | null {
  return problemOf(file, () => appendFileSync(file, text))
}

function problemOf(file: string, write: () => void): Problem | null {
  try {
    write()
    return null
  } catch (error) {
    return problem('MC401', `${file} cannot be written: ${systemReason(error)}`, 'Check the path and its permissions.')
  }
}

/** Without `recursive`, which never ends where the system says ENOENT for good (as under /proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}
