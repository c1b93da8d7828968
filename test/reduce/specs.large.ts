/**
 * The models of specs/ with every combination of reductions, states folded or not: the same verdicts, and runs of the same length. Run by
 * `npm run test:large`.
 */

import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Model } from '../../src/model/ir.ts'
import { buildSpec } from '../../src/spec/bundle.ts'
import { combinations, expectSameVerdicts, judgedBy } from '../support/reduction-agreement.ts'

/** Models with more take long. */
const maxStates = 30_000

const files = ['specs', 'specs/bugs'].flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.ts') ? [`${folder}/${name}`] : [])),
)
let checked = 0

async function expectAgreement(model: Model): Promise<void> {
  const isAlike = model.interchangeable.length > 0
  for (const reduce of combinations.filter((names) => isAlike || !names.includes('symmetry'))) {
    const options = { properties: judgedBy(reduce, model), maxStates, memoryBytes: 2 ** 28 }
    const sizes = await expectSameVerdicts(model, reduce, options, reduce.length % 2 === 0 ? { foldBytes: 0 } : {})
    if (sizes === null) return
  }
  checked++
}

it.each(files)('%s', async (file) => {
  const { models, problems } = await buildSpec({ file, cwd: process.cwd(), set: {}, wanted: [] })

  expect(problems).toEqual([])
  for (const model of models) await expectAgreement(model)
})

it('are more than eighty models', () => {
  expect(checked).toBeGreaterThan(80)
})
