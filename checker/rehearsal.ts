/**
 * What a check does is done once, on a small model, in time that would go by idle: V8 compiles each function when it is first called, and that is
 * half of what it takes to compile a small model.
 */

import type { Parts } from '../src/model/parts.ts'
import { ifInTime, startClock } from './clock.ts'
import { type Compilation, compileCode, withStarts } from './compile/compile.ts'
import { wholly } from './compile/kernel-input.ts'
import { explore } from './explore/search.ts'
import { exploreOptionsOf } from './explore-options.ts'
import { isRefused } from './machine/reserve.ts'
import { rehearsalModel } from './rehearsal-model.ts'

const memoryBytes = 2 ** 20

/** With the code that so many workers have. Stops between two parts when the signal comes. The model's states, if it came so far: for a test. */
export async function rehearse(signal: Pick<AbortSignal, 'aborted'>, workers: number): Promise<number | null> {
  try {
    const clock = startClock(Number.POSITIVE_INFINITY, signal)
    const compilation = await ifInTime(clock, compile(), 0)
    if ('left' in compilation || compilation.done === null) return null
    const { distinct } = await explore(compilation.done.compiled, exploreOptionsOf({ workers, memoryBytes }))
    return distinct
  } catch (error) {
    // The check itself will say so.
    if (isRefused(error)) return null
    throw error
  }
}

function* compile(): Parts<Compilation | null> {
  const code = yield* compileCode(rehearsalModel, [0], wholly)
  yield
  const compilation = yield* withStarts(rehearsalModel, code, memoryBytes)
  yield
  return compilation
}
