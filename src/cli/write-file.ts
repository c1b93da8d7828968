/**
 * Writing files that the user asked for.
 */

import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { type Problem, problem, SpecError } from '../model/problem.ts'
import { systemReason } from './system-reason.ts'

/** Makes the folder too. MC401 if it cannot be written, or null. */
export function problemOfWriting(file: string, text: string): Problem | null {
  return problemOf(file, () => {
    makeFolder(dirname(file))
    replace(file, text)
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

/**
 * All of it or nothing, wherever the folder allows: where the disk is full what was there before stays, and who reads meanwhile reads the one
 * or the other. What is no plain file (a link, a pipe, /dev/stdout) is written where it is, because a new file in its place would be another thing.
 */
function replace(file: string, text: string): void {
  const before = lstatSync(file, { throwIfNoEntry: false })
  if (before !== undefined && !before.isFile()) {
    writeFileSync(file, text)
    return
  }
  // A new file would take the place of one that is protected from writing.
  if (before !== undefined) accessSync(file, constants.W_OK)
  const whole = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(whole, text, { mode: before?.mode ?? 0o666 })
    renameSync(whole, file)
  } catch (error) {
    if (existsSync(whole)) rmSync(whole)
    if (isOutOfRoom(error)) throw error
    // A folder that takes no new file, a name too long for an ending, a file mounted by itself: in its place it may be written yet.
    writeFileSync(file, text)
  }
}

const isOutOfRoom = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String(error.code))

/** Without `recursive`, which never ends where the system says ENOENT for good (as under /proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}
