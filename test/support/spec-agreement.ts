/**
 * The models of spec files with every combination of reductions, states folded or not: the same verdicts, and runs of the same length.
 */

import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Model } from '../../src/model/ir.ts'
import { buildSpec } from '../../src/spec/bundle.ts'
import { checkWhole, combinations, expectAsWhole } from './reduction-agreement.ts'

/** Models with more take long. */
const maxStates = 30_000

/** All spec files of the project. */
export const specFiles: readonly string[] = ['specs', 'specs/bugs'].flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.ts') ? [`${folder}/${name}`] : [])),
)

/** Makes a test of each file, and one of how many models are small enough: more than `least`. */
export function testAgreement(files: readonly string[], least: number): void {
  let checked = 0

  it.each(files)('%s', async (file) => {
    const { models, problems } = await buildSpec({ file, cwd: process.cwd(), set: {}, wanted: [] })

    expect(problems).toEqual([])
    for (const model of models) if (await agrees(model)) checked++
  })

  it(`are more than ${least} models`, () => {
    expect(checked).toBeGreaterThan(least)
  })
}

/** Whether the model was small enough to be asked. */
async function agrees(model: Model): Promise<boolean> {
  const whole = await checkWhole(model, { maxStates, memoryBytes: 2 ** 28 })
  if (whole === null) return false
  const isAlike = model.interchangeable.length > 0
  for (const reduce of combinations.filter((names) => isAlike || !names.includes('symmetry'))) {
    await expectAsWhole(whole, reduce, reduce.length % 2 === 0 ? { foldBytes: 0 } : {})
  }
  return true
}
