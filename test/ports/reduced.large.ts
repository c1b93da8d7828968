/**
 * Ports with every reduction that asks nothing of a model, alone, and all together with folded states; those whose members are alike with
 * symmetry too, in every combination: the same verdicts, and runs of the same length. Run by `npm run test:large`.
 */

import { describe, expect, it } from 'vitest'
import { type Reduction, reductionNames } from '../../checker/reduce/names.ts'
import { buildModel } from '../support/build.ts'
import { combinations, expectSameVerdicts } from '../support/reduction-agreement.ts'
import { alikeAmong, judgedOf, type Port } from './alike.ts'
import { fischer } from './beem-fischer.ts'
import type { Row } from './published.ts'
import { smallPorts } from './small.ts'
import { orbitsOf } from '../support/orbits.ts'

const memoryBytes = 2 ** 28

/** Numbers of states without the reductions and with them. */
async function sizesOf(port: Port, reduce: readonly Reduction[]): Promise<readonly [number, number]> {
  const options = { properties: judgedOf(port, reduce), maxStates: Number.POSITIVE_INFINITY, memoryBytes }
  const sizes = await expectSameVerdicts(port.model, reduce, options, reduce.length > 1 ? { foldBytes: 0 } : {})
  if (sizes === null) throw new Error(`${port.model.name} is not complete`)
  return sizes
}

const unasked = reductionNames.filter((name) => name !== 'symmetry')
let smaller = 0

describe.each([...unasked.map((name) => [name]), unasked].map((reduce) => ({ reduce })))('$reduce', ({ reduce }) => {
  it.each(smallPorts)('$builder.name $set', async (row) => {
    const [whole, reduced] = await sizesOf({ row, model: buildModel(row.builder, row.set) }, reduce)

    if (reduced < whole) smaller++
  })
})

it('leaves out states of many ports', () => {
  expect(smaller).toBeGreaterThan(smallPorts.length / 2)
})

const alike = alikeAmong(smallPorts)

describe.each(combinations.filter((reduce) => reduce.includes('symmetry')))('%s %s %s %s', (...reduce) => {
  it.each(alike.map((port) => ({ name: port.model.name, set: port.row.set, port })))('$name $set', async ({ port }) => {
    const [whole, reduced] = await sizesOf(port, reduce)

    expect(reduced).toBeLessThan(whole)
  })
})

/** Orbits are counted where no assumption leaves states out. */
const counted = alike.filter(({ model, row }) => model.assumptions.length === 0 && row.counts[0] < 30_000)

describe('symmetry leaves one state of each orbit', () => {
  it.each(counted.map((port) => ({ name: port.model.name, set: port.row.set, port })))('$name $set', async ({ port }) => {
    const [, reduced] = await sizesOf(port, ['symmetry'])

    expect(reduced).toBe(orbitsOf(port.model, 30_000)?.distinct)
  })
})

it('finds the shortest run among a million states', async () => {
  const row: Row = { builder: fischer, set: { processes: 7 }, counts: [1_272_254, 4_609_672, 30] }
  const [port] = alikeAmong([row])
  if (port === undefined) throw new Error('nobody is alike')

  const [whole, reduced] = await sizesOf(port, ['symmetry'])

  expect(whole).toBe(row.counts[0])
  expect(reduced).toBeLessThan(whole / 500)
})
