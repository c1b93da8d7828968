/**
 * How laws are run: one that fails and shrinks its failure ends before the test's own time is up, so that seed and counterexample
 * are printed.
 */

/** For the whole test: seconds on a quiet machine, minutes on a busy one. */
export const lawTimeoutMs = 300_000
const mostMs = 270_000

export interface Law {
  readonly seed: number
  readonly numRuns: number
  readonly interruptAfterTimeLimit?: number
  readonly markInterruptAsFailure?: boolean
}

/** `SEED` of the environment takes the place of the usual value. */
export function seedOf(usualSeed: number): number {
  return Number(process.env['SEED'] ?? usualSeed)
}

/** `SEED` and `RUNS` of the environment take the place of the usual values; who asks for more runs gives the time for them. */
export function lawOf(usualSeed: number, usualRuns: number): Law {
  const { RUNS } = process.env
  return {
    seed: seedOf(usualSeed),
    numRuns: Number(RUNS ?? usualRuns),
    ...(RUNS === undefined ? { interruptAfterTimeLimit: mostMs, markInterruptAsFailure: true } : {}),
  }
}
