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

/** A mistake from which building cannot go on. */
export function fatalMistake(code: ProblemCode, message: string, hint: string, source?: Source): never {
  mistake(code, message, hint, source)
  throw new Error(message)
}

/** MC107 for keys that mean nothing: in a spec that was not type-checked, a misspelt `when` would be no guard at all. */
export function demandKeys<T extends object>(
  what: string,
  value: T,
  known: { readonly [K in keyof Required<T>]: true },
  source?: Source,
): void {
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(known, key))
  if (unknown.length === 0) return
  const names = unknown.map((key) => `'${key}'`).join(', ')
  mistake('MC107', `${what} has no ${names}`, `It has: ${Object.keys(known).join(', ')}.`, source)
}

/** 1 stands in for what is no number of 0 … most. MC102. */
export function demandCount(what: string, value: number | undefined, most: number, source: Source): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= most)) return value
  mistake('MC102', `${what} is ${String(value)}`, `Give a whole number of 0 … ${most}.`, source)
  return 1
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
