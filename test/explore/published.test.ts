/**
 * The filter lock of five processes: 2,152,886 states, and 8,054,235 generated, as Spin counts them without reduction.
 */

import { expect, it } from 'vitest'
import { filterLock } from '../../specs/filter-lock.ts'
import { checkSpec } from '../support/build.ts'

it.each([1, 2])('counts the filter lock of five processes exactly, with %i threads', async (workers) => {
  const properties = ['mutual exclusion', 'deadlock']
  const result = await checkSpec(filterLock, { set: { processes: 5 }, workers, properties, memoryBytes: 2 ** 28 })

  expect(result.states).toMatchObject({ distinct: 2_152_886, generated: 8_054_235, initial: 1, terminal: 0 })
  expect(result.properties.map(({ verdict }) => verdict)).toEqual(['holds', 'holds'])
})
