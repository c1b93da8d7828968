/**
 * A counterexample becomes a file. What cannot be written costs neither the verdict nor the run: both are told all the same.
 */

import { join } from 'node:path'
import type { Problem } from '../model/problem.ts'
import type { Trace } from '../model/trace.ts'
import { type SavedTrace, toSaved } from '../report/saved-trace.ts'
import { textOfTrace } from '../report/trace-file.ts'
import { originOf } from '../spec/origin.ts'
import { counterexampleFile, type Job } from './jobs.ts'
import { shownPath } from './shown-path.ts'
import { problemOfWriting } from './write-file.ts'

export interface Counterexample {
  readonly trace: SavedTrace
  /** Null where it could not be written. */
  readonly file: string | null
  /** MC401, or null. */
  readonly problem: Problem | null
}

interface Violated {
  readonly name: string
  readonly kind: string
  readonly reason: readonly string[]
}

/** `out`: the folder. */
export function saveCounterexample(job: Job, property: Violated, found: Trace, out: string): Counterexample {
  const { spec, model } = job
  const { name, kind, reason } = property
  const trace = toSaved({ spec: originOf(spec), model, property: name, kind, reason }, found)
  const path = join(out, counterexampleFile(job, name))
  const problem = problemOfWriting(path, textOfTrace(trace))
  return { trace, file: problem === null ? shownPath(path) : null, problem }
}

/** Those of one model, told as one: they are mostly one and the same trouble. */
export function problemOfSaving(saved: readonly Counterexample[]): Problem | null {
  const [first, ...more] = saved.flatMap(({ problem }) => problem ?? [])
  if (first === undefined) return null
  const others = more.length === 1 ? 'another counterexample' : `${more.length} more`
  return more.length === 0 ? first : { ...first, message: `${first.message}; nor can ${others} of this model` }
}
