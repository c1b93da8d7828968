/**
 * The whole search against brute force over the reference evaluator, on random models, with every store: the same states, counts, credit,
 * digest, verdicts, and for each violation the very trace that is promised.
 */

import * as fc from 'fast-check'
import { it } from 'vitest'
import type { TestKnobs } from '../../checker/explore-options.ts'
import type { Model } from '../../src/model/ir.ts'
import { Choices, draws } from '../support/choices.ts'
import { type Law, lawOf, lawTimeoutMs } from '../support/law.ts'
import { randomModel } from '../support/random-model.ts'
import { randomThreads } from '../support/random-threads.ts'
import { expectSameSearch } from '../support/search-agreement.ts'
import { spread } from '../support/spread.ts'

const settings = (usualRuns: number): Law => lawOf(20_260_727, usualRuns)
const { seed } = settings(1)

/** Half of the models have long states, which are folded; of each half a third lies near, a third far, and a third moves. */
function storeFor(model: Model, { length }: readonly number[]): readonly [Model, TestKnobs] {
  const nearBytes = [Number.POSITIVE_INFINITY, 0, 1][length % 3] as number
  return length % 2 === 1 ? [spread(model), { nearBytes, foldBytes: 0 }] : [model, { nearBytes }]
}

it(
  `finds what brute force finds in random models (seed ${seed})`,
  async () => {
    const law = fc.asyncProperty(draws, async (list) => {
      const [model, knobs] = storeFor(randomModel(new Choices(list)), list)
      await expectSameSearch(model, { maxStates: 150 }, knobs)
    })
    await fc.assert(law, settings(100))
  },
  lawTimeoutMs,
)

it(
  `finds what brute force finds in random threads (seed ${seed})`,
  async () => {
    const law = fc.asyncProperty(draws, async (list) => {
      const [model, knobs] = storeFor(randomThreads(new Choices(list)).model, list)
      await expectSameSearch(model, { maxStates: 300 }, knobs)
    })
    await fc.assert(law, settings(60))
  },
  lawTimeoutMs,
)
