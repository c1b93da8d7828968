/**
 * Who takes which action: a thread's steps and arrivals are counted for each thread by itself, so that a line that one of them
 * never reaches is seen although another does.
 */

import type { Instance, Model } from '../../src/model/ir.ts'

export interface Taker {
  /** Index into `Model.actions`. */
  readonly action: number
  /** Index into `Model.threads`; null for actions of no thread. */
  readonly thread: number | null
  readonly kind: Instance['kind']
}

export interface Takers {
  /** In order of their first instance. */
  readonly all: readonly Taker[]
  /** For each instance its taker, as an index into `all`. */
  readonly ofInstance: readonly number[]
}

export function takersOf(model: Model): Takers {
  const numbers = new Map<string, number>()
  const all: Taker[] = []
  const ofInstance = model.instances.map(({ action, thread, kind }) => {
    const key = `${action} ${thread}`
    const number = numbers.get(key) ?? all.push({ action, thread, kind }) - 1
    numbers.set(key, number)
    return number
  })
  return { all, ofInstance }
}
