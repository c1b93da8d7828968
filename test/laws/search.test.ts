/**
 * The whole search against brute force over the reference evaluator, on random models: the same states, counts, credit,
 * digest, verdicts, and for each violation the very trace that is promised.
 */

import * as fc from 'fast-check'
import { it } from 'vitest'
import { Choices, draws } from '../support/choices.ts'
import { type Law, lawOf, lawTimeoutMs } from '../support/law.ts'
import { randomModel } from '../support/random-model.ts'
import { randomThreads } from '../support/random-threads.ts'
import { expectSameSearch } from '../support/search-agreement.ts'

const settings = (usualRuns: number): Law => lawOf(20_260_727, usualRuns)
const { seed } = settings(1)

it(
  `finds what brute force finds in random models (seed ${seed})`,
  async () => {
    const law = fc.asyncProperty(draws, async (list) => {
      await expectSameSearch(randomModel(new Choices(list)), { maxStates: 150 })
    })
    await fc.assert(law, settings(600))
  },
  lawTimeoutMs,
)

it(
  `finds what brute force finds in random threads (seed ${seed})`,
  async () => {
    const law = fc.asyncProperty(draws, async (list) => {
      await expectSameSearch(randomThreads(new Choices(list)).model, { maxStates: 300 })
    })
    await fc.assert(law, settings(200))
  },
  lawTimeoutMs,
)
