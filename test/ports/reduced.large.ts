/**
 * Ports with every reduction that asks nothing of a model, alone, and all together with folded states; those whose members are alike with
 * symmetry too, in every combination: the same verdicts, and runs of the same length. Run by `npm run test:large`.
 */

import { describe, expect, it } from 'vitest'
import { type Reduction, reductionNames } from '../../checker/reduce/names.ts'
import { orbitsOf } from '../support/orbits.ts'
import { combinations, expectAsWhole, type Whole } from '../support/reduction-agreement.ts'
import { checkPort, isAlike, type Port, portOf } from './alike.ts'
import { fischer } from './beem-fischer.ts'
import type { Row } from './published.ts'
import { smallPorts } from './small.ts'

const memoryBytes = 2 ** 28
const ports = smallPorts.map((row) => ({ name: row.builder.name, set: row.set, port: portOf(row) }))
const alike = ports.filter(({ port }) => isAlike(port))

const searched = new Map<Port, Promise<Whole>>()

/** Without reductions a port is searched once. */
function wholeOf(port: Port): Promise<Whole> {
  const whole = searched.get(port) ?? checkPort(port, memoryBytes)
  searched.set(port, whole)
  return whole
}

/** Numbers of states without the reductions and with them. */
async function sizesOf(port: Port, reduce: readonly Reduction[]): Promise<readonly [number, number]> {
  const whole = await wholeOf(port)
  return [whole.result.states.distinct, await expectAsWhole(whole, reduce, reduce.length > 1 ? { foldBytes: 0 } : {})]
}

const unasked = reductionNames.filter((name) => name !== 'symmetry')
let smaller = 0

describe.each([...unasked.map((name) => [name]), unasked].map((reduce) => ({ reduce })))('$reduce', ({ reduce }) => {
  it.each(ports)('$name $set', async ({ port }) => {
    const [whole, reduced] = await sizesOf(port, reduce)

    if (reduced < whole) smaller++
  })
})

it('leaves out states of many ports', () => {
  expect(smaller).toBeGreaterThan(ports.length / 2)
})

describe.each(combinations.filter((reduce) => reduce.includes('symmetry')))('%s %s %s %s', (...reduce) => {
  it.each(alike)('$name $set', async ({ port }) => {
    const [whole, reduced] = await sizesOf(port, reduce)

    expect(reduced).toBeLessThan(whole)
  })
})

/** Orbits are counted where no assumption leaves states out. */
const counted = alike.filter(({ port: { model, row } }) => model.assumptions.length === 0 && row.counts[0] < 30_000)

describe('symmetry leaves one state of each orbit', () => {
  it.each(counted)('$name $set', async ({ port }) => {
    const [, reduced] = await sizesOf(port, ['symmetry'])

    expect(reduced).toBe(orbitsOf(port.model, 30_000)?.distinct)
  })
})

it('finds the shortest run among a million states', async () => {
  const row: Row = { builder: fischer, set: { processes: 7 }, counts: [1_272_254, 4_609_672, 30] }

  const [whole, reduced] = await sizesOf(portOf(row), ['symmetry'])

  expect(whole).toBe(row.counts[0])
  expect(reduced).toBeLessThan(whole / 500)
})
