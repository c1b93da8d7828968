/**
 * Ports whose processes, clients or values are alike: as many states as there are orbits, counted by brute force, and with all reductions
 * together the same verdicts. Ports that only look so are refused, and by what tells their members apart.
 */

import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { reductionNames } from '../../checker/reduce/names.ts'
import type { ModelBuilder } from '../../src/language/model.ts'
import type { ConstantValues, Model } from '../../src/model/ir.ts'
import { buildModel, littleMemory } from '../support/build.ts'
import { orbitsOf } from '../support/orbits.ts'
import { expectAsWhole, expectSameVerdicts } from '../support/reduction-agreement.ts'
import { checkPort, isAlike, portOf } from './alike.ts'
import { hanoi } from './beem-hanoi.ts'
import { mcs } from './beem-mcs.ts'
import { smallPorts } from './small.ts'
import { alternatingBit } from './tla-alternating-bit.ts'
import { elevator } from './tla-elevator.ts'
import { lamportMutex } from './tla-lamport-mutex.ts'
import { petersonTla } from './tla-peterson.ts'

const limits = { maxStates: Number.POSITIVE_INFINITY, ...littleMemory }
const symmetry = ['symmetry'] as const

describe('a port whose members are alike', () => {
  // Orbits are counted where no assumption leaves states out.
  const small = smallPorts.filter(({ counts }) => counts[0] < 1000).map(portOf)
  const ports = small.filter((port) => isAlike(port) && port.model.assumptions.length === 0)

  it.each(ports.map((port) => ({ name: port.model.name, set: port.row.set, port })))('$name $set', async ({ port }) => {
    const whole = await checkPort(port)
    const alone = await expectAsWhole(whole, symmetry)

    expect(alone).toBe(orbitsOf(port.model, 1000)?.distinct)
    expect(alone).toBeLessThan(whole.result.states.distinct)
    expect(await expectAsWhole(whole, reductionNames)).toBeGreaterThan(0)
  })

  it('there are ten of them', () => {
    expect(new Set(ports.map(({ model }) => model.name)).size).toBe(10)
  })
})

const calling = (builder: ModelBuilder, members: readonly string[], set: ConstantValues = {}): Model => ({
  ...buildModel(builder, set),
  interchangeable: [members],
})

/** What is not alike after all, and why. */
const refused: readonly (readonly [string, Model, RegExp])[] = [
  [
    'who goes first of two that asked at the same time',
    calling(lamportMutex, ['p0', 'p1'], { processes: 2, maxClock: 2 }),
    /'enter' \(p=p0\) asks for `.* or request\.p0\.p0 = request\.p0\.p1`, and 'enter' \(p=p1\) does not so/,
  ],
  ['the first of several lifts', calling(elevator, ['lift0', 'lift1']), /'dispatch' \(c=.*\) does `when/],
  ['whose turn it is', calling(petersonTla, ['p1', 'p2']), /'turn' starts as p1/],
  ['a process that all start behind', calling(mcs, ['p0', 'p1', 'p2']), /'p0\.before' starts as p0/],
  ['the peg to be filled', calling(hanoi, ['b', 'c']), /'all but one are there' speaks of one of them/],
]

it.each(refused)('%s tells members apart (MC306)', async (_, model, words) => {
  const properties = model.properties.flatMap(({ name, kind }) => (kind === 'invariant' || kind === 'reachable' ? [name] : []))
  const judged = { ...limits, reduce: symmetry, properties: [...properties, 'deadlock'] }

  await expect(checkModel(model, judged)).rejects.toThrow(words)
})

it('pegs are alike for whoever does not ask which is filled', async () => {
  const sizes = await expectSameVerdicts(calling(hanoi, ['b', 'c']), symmetry, { ...limits, properties: ['deadlock'] })

  // But for the tower at its first peg, states come in pairs.
  expect(sizes).toEqual([6561, (6561 + 1) / 2])
})

it('processes of the queue lock are alike if all start behind nobody', async () => {
  const model = calling(mcs, ['p0', 'p1', 'p2'])
  const variables = model.variables.map((one) => (one.name.endsWith('before') ? { ...one, initial: 'nobody' } : one))
  const judged = { ...limits, properties: ['mutual exclusion', 'deadlock'] }
  const [whole = 0, orbits = 0] = (await expectSameVerdicts({ ...model, variables }, symmetry, judged)) ?? []

  expect(orbits).toBeGreaterThan(0)
  expect(orbits).toBeLessThan(whole / 5)
})

it('values that a model may start with are alike, whichever is declared', async () => {
  const model = buildModel(alternatingBit)

  expect(model.variables.find(({ name }) => name === 'sent')?.initial).toBe('d1')
  expect(await expectSameVerdicts(model, symmetry, { ...limits, properties: ['deadlock'] })).toEqual([428, 214])
})
