/**
 * Reductions against the search without them, on random models: the same verdicts, and shortest runs of the same length.
 */

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { propertyNames } from '../../checker/selection.ts'
import { Choices, draws } from '../support/choices.ts'
import { randomThreads } from '../support/random-threads.ts'
import { expectSameVerdicts, withClaims } from '../support/reduction-agreement.ts'

const seed = Number(process.env['SEED'] ?? 20_261_125)
const runs = (usual: number): number => Number(process.env['RUNS'] ?? usual)

/** What decides about the model, and what decides about the claims. */
const twoDraws = fc.tuple(draws, draws)

it(`resetting dead variables keeps every verdict, fairness included (seed ${seed})`, async () => {
  let smaller = 0
  const law = fc.asyncProperty(twoDraws, async ([list, others]) => {
    const c = new Choices(others)
    const model = withClaims(c, randomThreads(new Choices(list)).model)
    const properties = propertyNames(model).filter(() => c.chance(40))
    const [whole, reduced] = await expectSameVerdicts(model, ['dead-variables'], { properties, maxStates: 2000 })
    if (reduced.states.distinct < whole.states.distinct) smaller++
  })

  await fc.assert(law, { seed, numRuns: runs(40) })

  expect(smaller).toBeGreaterThan(runs(40) / 20)
})
