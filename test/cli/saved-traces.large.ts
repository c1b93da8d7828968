/**
 * Every committed counterexample is certified against its spec. (`npm test` certifies one of each spec.)
 */

import { expect, it } from 'vitest'
import { committedTraces, misfitIn } from '../support/committed-traces.ts'

it.each(committedTraces)('%s is certified against its spec', async (file) => {
  expect(await misfitIn(file)).toBeNull()
})
