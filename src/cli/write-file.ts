/**
 * Writing files that the user asked for.
 */

import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { problem, SpecError } from '../model/problem.ts'

/** Makes the folder too. Throws `SpecError` (MC401). */
export function writeOrThrow(file: string, text: string): void {
  orThrow(file, () => {
    makeFolder(dirname(file))
    writeFileSync(file, text)
  })
}

/** Throws `SpecError` (MC401). */
export function appendOrThrow(file: string, text: string): void {
  orThrow(file, () => appendFileSync(file, text))
}

function orThrow(file: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new SpecError(problem('MC401', `${file} cannot be written: ${reason}`, 'Check the path and its permissions.'))
  }
}

/** Without `recursive`, which never ends where the system says ENOENT for good (as under /proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}
