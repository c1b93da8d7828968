/**
 * Writing files that the user asked for.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { problem, SpecError } from '../model/problem.ts'

/** Makes the folder too. Throws `SpecError` (MC401). */
export function writeOrThrow(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new SpecError(problem('MC401', `${file} cannot be written: ${reason}`, 'Check the path and its permissions.'))
  }
}
