/**
 * What comes before a search works in parts, so that signals are heard; left there, a model is reported without states.
 */

import { expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { compileCode } from '../../checker/compile/compile.ts'
import { wholly } from '../../checker/compile/kernel-input.ts'
import { reduce } from '../../checker/reduce/reduce.ts'
import { peterson } from '../../specs/peterson.ts'
import { hasty } from '../../specs/qrcu.ts'
import { buildModel, littleMemory } from '../support/build.ts'

function countParts(work: Generator): number {
  let parts = 0
  for (const _ of work) parts++
  return parts
}

it.each(['dead-variables', 'partial-order'] as const)('%s pauses at each instance', (reduction) => {
  const model = buildModel(hasty, { readers: 2 })

  expect(countParts(reduce(model, [0], [reduction]))).toBeGreaterThanOrEqual(model.instances.length)
})

it('symmetry pauses at each swap, compiling before and after its text is written', () => {
  const model = buildModel(hasty, { readers: 3 })
  const others = countParts(reduce(model, [0], []))
  const swaps = model.interchangeable.reduce((sum, names) => sum + names.length - 1, 0)

  expect(countParts(reduce(model, [0], ['symmetry']))).toBe(others + swaps)
  expect(countParts(compileCode(model, [0], wholly))).toBe(2)
})

it('tells each property of a model that was left before its search, undecided', async () => {
  const model = buildModel(peterson)
  const whole = await checkModel(model, { ...littleMemory, workers: 1 })
  const left = await checkModel(model, { ...littleMemory, workers: 1, signal: AbortSignal.abort() })

  expect(left).toMatchObject({ complete: false, reason: 'interrupted', states: { distinct: 0, initial: 0, depth: 0 } })
  expect(left.properties.map(({ name, kind }) => [name, kind])).toEqual(
    whole.properties.map(({ name, kind }) => [name, kind]),
  )
  expect(new Set(left.properties.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']))
  expect([left.stateBits, left.actions.length, left.digest.length]).toEqual([
    whole.stateBits,
    whole.actions.length,
    whole.digest.length,
  ])
})
