/**
 * Reading files that the user named.
 */

import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/Either'
import { type Problem, problem } from '../model/problem.ts'

/** `hint`: what file is meant. `Left`: MC401. */
export function readText(file: string, hint: string): E.Either<Problem, string> {
  try {
    return E.right(readFileSync(file, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return E.left(problem('MC401', `${file} cannot be read: ${reason}`, hint))
  }
}
