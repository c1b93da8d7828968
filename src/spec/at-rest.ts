/**
 * What a spec does once its models are built: promises that nobody awaits, timers, files that are still read. Nothing of it can
 * change a model any more, but what goes wrong there must not pass in silence.
 */

import { createHook } from 'node:async_hooks'
import { type Problem, problem } from '../model/problem.ts'

/** Whatever it waits for, it waits in vain: the models are there already. */
const patienceMs = 2000

/** What is over before the event loop gets a turn. All else may keep it going: timers, files, other programs. */
const brief: ReadonlySet<string> = new Set(['PROMISE', 'TickObject', 'Microtask'])

/** `madeAt`: the stack where the promise was made that is rejected with this; null for what is thrown. */
export type TellLate = (error: unknown, madeAt: string | null) => Problem

/** Begins to heed a spec; the function returned resolves with the problems that it has had. */
export type Heed = (file: string, tell: TellLate) => () => Promise<readonly Problem[]>

let hasLeftNothing = false

/** Whether the spec has begun nothing that could go on once it is at rest, as a timer could that keeps nobody from ending. */
export function leftNothing(): boolean {
  return hasLeftNothing
}

/**
 * Heeds whatever in this thread is thrown or rejected with nobody to catch it, until nothing goes on any more; MC404 if that does not come.
 * For a thread that runs one spec, and nothing else.
 */
export const heedThread: Heed = (file, tell) => {
  const found: Problem[] = []
  const madeAt = new WeakMap<object, string>()
  let isBrief = true
  const init = (_: number, type: string, __: number, promise: object): void => {
    isBrief &&= brief.has(type)
    if (type === 'PROMISE') madeAt.set(promise, new Error().stack ?? '')
  }
  createHook({ init }).enable()
  const hearThrown = (error: unknown): void => void found.push(tell(error, null))
  process.on('uncaughtException', hearThrown)
  const hearRejected = (reason: unknown, promise: Promise<unknown>): void =>
    void found.push(tell(reason, madeAt.get(promise) ?? ''))
  process.on('unhandledRejection', hearRejected)
  return () =>
    new Promise((done) => {
      // Before it tells of its exit, Node waits for whatever V8 compiles in the background, for other threads too.
      if (isBrief) {
        hasLeftNothing = true
        setImmediate(() => {
          // What is thrown or rejected from now on is no fault of the spec.
          process.off('uncaughtException', hearThrown).off('unhandledRejection', hearRejected)
          done(found)
        })
        return
      }
      process.once('beforeExit', () => done(found))
      setTimeout(() => done([...found, restless(file)]), patienceMs).unref()
    })
}

function restless(file: string): Problem {
  const what = [...new Set(process.getActiveResourcesInfo())].join(', ')
  const hint = 'A spec runs without waiting: clear its timers, and close what it opens.'
  return problem('MC404', `${file} still waits for something ${patienceMs / 1000} s after it has run: ${what}`, hint)
}
