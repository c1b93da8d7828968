/**
 * Mistakes in a spec. While a model is built they are collected, and the constructor that found one goes on with a
 * stand-in of the right kind, so that all mistakes are reported together and none is reported twice.
 */

import * as E from 'fp-ts/Either'
import type { Source } from '../model/ir.ts'
import { type Problem, type ProblemCode, problem, SpecError } from '../model/problem.ts'
import { here } from './blame.ts'

let found: Problem[] | null = null

/** Outside of a builder (a domain declared at the top of a file) there is nobody to collect: throws `SpecError`. */
export function mistake(code: ProblemCode, message: string, hint: string, source: Source = here()): void {
  const one = problem(code, message, hint, source)
  if (found === null) throw new SpecError(one)
  found.push(one)
}

/** Runs a builder. `Left`: every mistake that was found; what the spec itself throws is thrown on, if it is the first. */
export function collectMistakes<T>(build: () => T): E.Either<readonly Problem[], T> {
  const mistakes: Problem[] = []
  const outer = found
  found = mistakes
  try {
    const built = build()
    return mistakes.length > 0 ? E.left(mistakes) : E.right(built)
  } catch (error) {
    if (mistakes.length === 0) throw error
    return E.left(mistakes)
  } finally {
    found = outer
  }
}
