/**
 * Ports with every reduction that asks nothing of a model, alone, and all together with folded states: the same verdicts, and runs of the
 * same length. Run by `npm run test:large`.
 */

import { describe, expect, it } from 'vitest'
import { type Reduction, reductionNames } from '../../checker/reduce/names.ts'
import { propertyNames } from '../../checker/selection.ts'
import type { Model } from '../../src/model/ir.ts'
import { buildModel } from '../support/build.ts'
import { expectSameVerdicts } from '../support/reduction-agreement.ts'
import type { Row } from './published.ts'
import { smallPorts } from './small.ts'

const memoryBytes = 2 ** 28

/** Those that the reductions can judge. */
function judgedOf(model: Model, { properties }: Row, reduce: readonly Reduction[]): readonly string[] {
  const asked = properties ?? propertyNames(model)
  if (reduce.every((name) => name === 'dead-variables')) return asked
  const cannot = new Set(
    model.properties.filter(({ kind }) => kind !== 'invariant' && kind !== 'reachable').map(({ name }) => name),
  )
  return asked.filter((name) => !cannot.has(name))
}

const alone = reductionNames.filter((name) => name !== 'symmetry')
let smaller = 0

describe.each([...alone.map((name) => [name]), alone].map((reduce) => ({ reduce })))('$reduce', ({ reduce }) => {
  it.each(smallPorts)('$builder.name $set', async (row) => {
    const model = buildModel(row.builder, row.set)
    const options = { properties: judgedOf(model, row, reduce), maxStates: Number.POSITIVE_INFINITY, memoryBytes }
    const sizes = await expectSameVerdicts(model, reduce, options, reduce.length > 1 ? { foldBytes: 0 } : {})

    expect(sizes).not.toBeNull()
    if (sizes !== null && sizes[1] < sizes[0]) smaller++
  })
})

it('leaves out states of many ports', () => {
  expect(smaller).toBeGreaterThan(smallPorts.length / 2)
})
