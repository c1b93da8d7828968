/**
 * The verdict on every design that the thread knows, and what two of its claims come to.
 */

import { expect, it } from 'vitest'
import * as spec from '../../../specs/arm64-designs.ts'
import { checkSpec, countsOf } from '../../support/build.ts'

/** Those that arm64-entry.test.ts does not check. */
const { a, aPnmi, c1, c3, c3Pnmi, c5, c5Pnmi, d, dPnmi, e3, e5, e5Pnmi } = spec

it.each([a, aPnmi, c1, c3, c3Pnmi, c5, c5Pnmi, d, dPnmi, e3, e5, e5Pnmi])(
  'judges $name as expected',
  async (design) => {
    const result = await checkSpec(design, { set: { depth: 1 } })
    const claims = result.properties.filter(({ kind, name }) => kind !== 'reachable' && !name.startsWith('WARN'))
    expect(claims.filter((property) => !property.asExpected)).toEqual([])
  },
)

it('may delete the gate once the interrupt path is the only one that preempts: nothing changes', async () => {
  const withGate = await checkSpec(spec.c1Pnmi, { set: { depth: 1 } })
  const withoutGate = await checkSpec(spec.c2Pnmi, { set: { depth: 1 } })
  expect(withoutGate.digest).toBe(withGate.digest)
  expect(countsOf(withoutGate)).toEqual(countsOf(withGate))
})
