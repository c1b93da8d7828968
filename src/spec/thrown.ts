/**
 * The words for what a spec threw. It may be anything: an error, text, null, or an object that throws again when it is asked.
 */

import { type Problem, SpecError } from '../model/problem.ts'

export interface Thrown {
  /** A mistake that no builder collected, because it was made outside of one. */
  readonly problem: Problem | null
  readonly message: string
  /** Empty when there is none. */
  readonly stack: string
}

export function describeThrown(thrown: unknown): Thrown {
  try {
    if (!(thrown instanceof Error)) return { problem: null, message: String(thrown), stack: '' }
    const { name, message, stack } = thrown
    return {
      problem: thrown instanceof SpecError ? thrown.problem : null,
      message: `${String(name)}: ${String(message)}`,
      stack: String(stack ?? ''),
    }
  } catch {
    return { problem: null, message: 'something that cannot be shown', stack: '' }
  }
}
