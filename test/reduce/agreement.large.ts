/**
 * Reductions against the search without them, on random models: the same verdicts, and shortest runs of the same length.
 */

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { propertyNames } from '../../checker/judge/selection.ts'
import type { Model } from '../../src/model/ir.ts'
import { Choices, draws } from '../support/choices.ts'
import { lawOf } from '../support/law.ts'
import { randomModel } from '../support/random-model.ts'
import { randomThreads } from '../support/random-threads.ts'
import { combinations, expectSameVerdicts, withClaims } from '../support/reduction-agreement.ts'
import { spread } from '../support/spread.ts'

const settings = (usualRuns: number) => ({ ...lawOf(20_261_125, usualRuns), endOnFailure: true })
const { seed, numRuns } = settings(25)

/** What decides about the model, and what decides about the claims. */
const twoDraws = fc.tuple(draws, draws)

it(`resetting dead variables keeps every verdict, fairness included (seed ${seed})`, async () => {
  let smaller = 0
  const law = fc.asyncProperty(twoDraws, async ([list, others]) => {
    const c = new Choices(others)
    const model = withClaims(c, randomThreads(new Choices(list)).model)
    const properties = propertyNames(model).filter(() => c.chance(40))
    const sizes = await expectSameVerdicts(model, ['dead-variables'], { properties })
    if (sizes !== null && sizes[1] < sizes[0]) smaller++
  })

  await fc.assert(law, settings(25))

  expect(smaller).toBeGreaterThan(numRuns / 20)
})

/** Some of the properties that every reduction can judge. */
function someSafety(c: Choices, model: Model): readonly string[] {
  const cannot = model.properties
    .filter(({ kind }) => kind !== 'invariant' && kind !== 'reachable')
    .map(({ name }) => name)
  return propertyNames(model).filter((name) => !cannot.includes(name) && c.chance(50))
}

/** Every reduction that asks nothing of a model, alone and together. */
const forSafety = combinations.filter((reduce) => !reduce.includes('symmetry'))

it(`keeps verdicts and lengths in random threads, by every combination of reductions and stores (seed ${seed})`, async () => {
  let smaller = 0
  const law = fc.asyncProperty(twoDraws, async ([list, others]) => {
    const c = new Choices(others)
    const { model } = randomThreads(new Choices(list))
    const asked = { properties: someSafety(c, model) }
    const nearBytes = c.pick([Number.POSITIVE_INFINITY, 0, 1])
    const sizes = c.chance(50)
      ? await expectSameVerdicts(spread(model), c.pick(forSafety), asked, { nearBytes, foldBytes: 0 })
      : await expectSameVerdicts(model, c.pick(forSafety), asked, { nearBytes })
    if (sizes !== null && sizes[1] < sizes[0]) smaller++
  })

  await fc.assert(law, settings(25))

  expect(smaller).toBeGreaterThan(numRuns / 15)
})

it(`following stubborn sets keeps verdicts and lengths in random models (seed ${seed})`, async () => {
  let smaller = 0
  const law = fc.asyncProperty(twoDraws, async ([list, others]) => {
    const c = new Choices(others)
    const model = randomModel(new Choices(list))
    const sizes = await expectSameVerdicts(model, ['partial-order'], { properties: someSafety(c, model) })
    if (sizes !== null && sizes[1] < sizes[0]) smaller++
  })

  await fc.assert(law, settings(40))

  expect(smaller).toBeGreaterThan(0)
})
