/**
 * Partial order and its companions where they have most to do: several small threads over few variables, some of them shared.
 */

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  all,
  forever,
  model,
  never,
  range,
  reachable,
  set,
  state,
  step,
  threads,
  until,
} from '../../src/language/index.ts'
import type { Model } from '../../src/model/ir.ts'
import { buildModel } from '../support/build.ts'
import { Choices, draws } from '../support/choices.ts'
import { lawOf } from '../support/law.ts'
import { combinations, expectSameVerdicts } from '../support/reduction-agreement.ts'

const { seed, numRuns: runs } = lawOf(20_261_125, 60)

function smallThreads(c: Choices): Model {
  return buildModel(
    model('dense', () => {
      const values = range(0, 2).starts(0)
      const shared = Object.values(state({ a: values, b: values, c: values, d: values }))
      const handles = threads(['p', 'q', 'r'], { locals: { n: values } }, (_, { n }) => {
        const pool = [n, n, ...shared.filter(() => c.chance(40))]
        const lines = c.times(1, 3, (i) => {
          const x = c.pick(pool)
          const y = c.pick(pool)
          const effect = c.chance(50) ? set(x, y) : set(x, x.plus(1).mod(3))
          return c.chance(30) ? until(`wait ${i}`, y.is(c.below(3)), effect) : step(`step ${i}`, effect)
        })
        return c.chance(60) ? forever(lines) : lines
      })
      const claim = () => all(c.pick(shared).is(c.below(3)), c.pick(shared).is(c.below(3)))
      return { threads: handles, properties: { found: reachable(claim()), excluded: never(claim()) } }
    }),
  )
}

const forAll = combinations.filter((reduce) => !reduce.includes('symmetry'))

it(`keeps verdicts and lengths, by every combination of reductions (seed ${seed})`, async () => {
  let smaller = 0
  const law = fc.asyncProperty(fc.tuple(draws, draws), async ([list, others]) => {
    const reduce = new Choices(others).pick(forAll)
    const sizes = await expectSameVerdicts(smallThreads(new Choices(list)), reduce)
    if (sizes !== null && sizes[1] < sizes[0]) smaller++
  })

  await fc.assert(law, { seed, numRuns: runs, endOnFailure: true })

  expect(smaller).toBeGreaterThan(runs / 6)
})
