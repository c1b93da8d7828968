/**
 * What must happen on arm64, and two CPUs, in every design that the specs have.
 */

import { expect, it } from 'vitest'
import * as heldBack from '../../specs/arm64-held-back.ts'
import * as liveness from '../../specs/arm64-liveness.ts'
import * as migration from '../../specs/arm64-migration.ts'
import * as pseudoNmi from '../../specs/arm64-pseudo-nmi.ts'
import * as wakeups from '../../specs/arm64-wakeups.ts'
import { checkSpec } from '../support/build.ts'

const builders = [liveness, pseudoNmi, wakeups, heldBack, migration].flatMap((spec) => Object.values(spec))

it.each(builders)('judges $name as expected', async (builder) => {
  const { properties } = await checkSpec(builder, { workers: 2 })
  expect(properties.filter((property) => !property.asExpected)).toEqual([])
})
