/**
 * What the thread claims about the order of two lines: where tag faults are looked for on exit, and what comes before an acknowledgement.
 */

import { expect, it } from 'vitest'
import * as spec from '../../../specs/arm64-thread.ts'
import { checkSpec } from '../../support/build.ts'

it.each(Object.values(spec))('judges $name as expected', async (builder) => {
  const { properties } = await checkSpec(builder)
  expect(properties.filter((property) => !property.asExpected)).toEqual([])
})
