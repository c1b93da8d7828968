/**
 * The whole search against brute force over the reference evaluator, on random models, as they are and with folded states: the same states, counts, credit,
 * digest, verdicts, and for each violation the very trace that is promised.
 */

import * as fc from 'fast-check'
import { it } from 'vitest'
import { Choices, draws } from '../support/choices.ts'
import { type Law, lawOf, lawTimeoutMs } from '../support/law.ts'
import { randomModel } from '../support/random-model.ts'
import { randomThreads } from '../support/random-threads.ts'
import { expectSameSearch } from '../support/search-agreement.ts'
import { spread } from '../support/spread.ts'

const settings = (usualRuns: number): Law => lawOf(20_260_727, usualRuns)
const { seed } = settings(1)

/** Half of the models have long states, which are folded. */
const isOdd = (list: readonly number[]): boolean => list.length % 2 === 1

it(
  `finds what brute force finds in random models (seed ${seed})`,
  async () => {
    const law = fc.asyncProperty(draws, async (list) => {
      const model = randomModel(new Choices(list))
      const isFolded = isOdd(list)
      await expectSameSearch(isFolded ? spread(model) : model, { maxStates: 150 }, isFolded ? { foldBytes: 0 } : {})
    })
    await fc.assert(law, settings(150))
  },
  lawTimeoutMs,
)

it(
  `finds what brute force finds in random threads (seed ${seed})`,
  async () => {
    const law = fc.asyncProperty(draws, async (list) => {
      const { model } = randomThreads(new Choices(list))
      const isFolded = isOdd(list)
      await expectSameSearch(isFolded ? spread(model) : model, { maxStates: 300 }, isFolded ? { foldBytes: 0 } : {})
    })
    await fc.assert(law, settings(90))
  },
  lawTimeoutMs,
)
