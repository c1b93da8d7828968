/**
 * What a check does is done once, on a small model, in time that would go by idle: V8 compiles each function when it is first called, and that is
 * half of what it takes to compile a small model.
 */

import { setImmediate as turn } from 'node:timers/promises'
import type { Parts } from '../src/model/parts.ts'
import { exploreOptionsOf } from './check-model.ts'
import { type Compilation, compileCode, withStarts } from './compile/compile.ts'
import { wholly } from './compile/kernel-input.ts'
import { explore } from './explore/search.ts'
import { isRefused } from './machine/reserve.ts'
import { rehearsalModel } from './rehearsal-model.ts'

const memoryBytes = 2 ** 20

/** Stops after some milliseconds, when it is over. The model's states, if it came so far: for a test. */
export async function rehearse(isOver: () => boolean): Promise<number | null> {
  try {
    const compilation = await unlessOver(compile(), isOver)
    if (compilation === null) return null
    const actionOf = Int32Array.from(rehearsalModel.instances, ({ action }) => action)
    const options = exploreOptionsOf({ workers: 1, memoryBytes }, {})
    const { compiled } = compilation
    const { distinct } = await explore(compiled, actionOf, rehearsalModel.actions.length, {
      ...options,
      edgeBytes: 0,
      onLevel: null,
    })
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

/** The event loop gets a turn before each part. */
async function unlessOver<T>(work: Parts<T>, isOver: () => boolean): Promise<T | null> {
  for (;;) {
    await turn()
    if (isOver()) return null
    const { done, value } = work.next()
    if (done === true) return value
  }
}
