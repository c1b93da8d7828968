/**
 * Mistakes in a spec. While a model is built they are collected, and the constructor that found one goes on with a
 * stand-in of the right kind, so that all mistakes are reported together and none is reported twice.
 */

import type { Source } from '../model/ir.ts'
import { type Problem, type ProblemCode, problem, SpecError } from '../model/problem.ts'
import { here } from './blame.ts'

let found: Problem[] | null = null

/** What was asked for and is not there, while mistakes are collected: told if building then fails over what is undefined. */
let suspects: Problem[] = []

/** Where mistakes are while no line of the spec is being run; null: where it is run. */
let place: Source | null = null

/** Runs what puts together the parts that a spec gave: a mistake in them is told of this place, for want of a better one. */
export function toldOf<T>(source: Source, run: () => T): T {
  const outer = place
  place = source
  try {
    return run()
  } finally {
    place = outer
  }
}

/** Whether the spec is being run. */
export function isCollecting(): boolean {
  return found !== null
}

/** Where nobody collects (a domain declared at the top of a file that a program imports), throws `SpecError`. */
export function mistake(code: ProblemCode, message: string, hint: string, source: Source = place ?? here()): void {
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

/** MC107 for what cannot be left out, in specs that were not type-checked. */
export function demandGiven<T extends object>(
  what: string,
  value: T,
  needed: readonly (keyof T)[],
  source: Source,
): void {
  const missing = needed.filter((key) => value[key] === undefined)
  if (missing.length === 0) return
  const names = (keys: readonly (keyof T)[]): string => keys.map((key) => `'${String(key)}'`).join(', ')
  mistake('MC107', `${what} is without ${names(missing)}`, `It needs ${names(needed)}.`, source)
}

/** MC107 for what no report could tell, and no command ask for, by its name. */
export function demandName(what: string, name: unknown, source?: Source): void {
  if (typeof name === 'string' && name.trim() !== '') return
  const hint = 'Give it one that is not empty: reports tell it by its name.'
  // Where something else stands, the rest stands where it is not expected.
  if (typeof name !== 'string') fatalMistake('MC107', `${what} has no name`, hint, source)
  mistake('MC107', `${what} has no name`, hint, source)
}

/** MC107 for what no report could head a column with, in a spec that was not type-checked. */
export function demandLane(what: string, lane: unknown, source: Source): void {
  if (lane === undefined || typeof lane === 'string') return
  mistake('MC107', `the lane of ${what} is no text`, "Name the CPU or the thread: lane: 'cpu0'.", source)
}

/** 1 stands in for what is no number of 0 … most. MC102. */
export function demandCount(what: string, value: number | undefined, most: number, source: Source): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= most)) return value
  mistake('MC102', `${what} is ${String(value)}`, `Give a whole number of 0 … ${most}.`, source)
  return 1
}

export function suspect(code: ProblemCode, message: string, hint: string): void {
  if (found !== null) suspects.push(problem(code, message, hint, here()))
}

export interface Collected<T> {
  /** With stand-ins for what was mistaken. Null: it could not go on. */
  readonly built: T | null
  readonly mistakes: readonly Problem[]
}

/** Runs a builder, or a whole spec. What the spec itself throws is thrown on, if it is the first: after a mistake it may be an echo. */
export function collectMistakes<T>(build: () => T): Collected<T> {
  const mistakes: Problem[] = []
  const outer = { found, suspects }
  found = mistakes
  suspects = []
  const withSuspects = (messages: readonly string[]): readonly Problem[] =>
    messages.some((message) => /\bundefined\b|is not a function/.test(message)) ? [...suspects, ...mistakes] : mistakes
  try {
    return { built: build(), mistakes: withSuspects(mistakes.map(({ message }) => message)) }
  } catch (error) {
    const all = withSuspects([
      ...mistakes.map(({ message }) => message),
      error instanceof TypeError ? error.message : '',
    ])
    if (all.length === 0) throw error
    return { built: null, mistakes: all }
  } finally {
    found = outer.found
    suspects = outer.suspects
  }
}
