/**
 * Reading files that the user named.
 */

import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/Either'
import { type Problem, problem } from '../model/problem.ts'
import { systemReason } from './system-reason.ts'

/** `hint`: what file is meant. `Left`: MC401. */
export function readText(file: string, hint: string): E.Either<Problem, string> {
  try {
    return E.right(readFileSync(file, 'utf8'))
  } catch (error) {
    return E.left(problem('MC401', `${file} cannot be read: ${systemReason(error)}`, hint))
  }
}
