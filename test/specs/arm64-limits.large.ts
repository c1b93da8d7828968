/**
 * The arm64 entry code with each declared limit raised by one: more states, the same verdicts.
 */

import { expect, it } from 'vitest'
import * as spec from '../../specs/arm64-entry.ts'
import { checkSpec, countsOf, verdictsOf } from '../support/build.ts'

/** Verdicts of claims; whether a witness is found depends on how deep exceptions may nest. */
const claims = (verdicts: ReturnType<typeof verdictsOf>): readonly (readonly [string, string])[] =>
  Object.entries(verdicts).filter(([name]) => /^([A-Z]+-\d|WARN)/.test(name))

it.each([
  { design: spec.mergedDesign, less: { depth: 1 }, more: { depth: 1, otherDepth: 2 } },
  { design: spec.reworkDesign, less: {}, more: { otherDepth: 2 } },
  { design: spec.reworkDesign, less: {}, more: { depth: 3 } },
])('judges $design.name alike with the limits $less and $more', async ({ design, less, more }) => {
  const one = await checkSpec(design, { set: less })
  const two = await checkSpec(design, { set: more, workers: 2 })

  expect(claims(verdictsOf(one))).toEqual(claims(verdictsOf(two)))
  expect(countsOf(two)[0]).toBeGreaterThan(countsOf(one)[0] ?? 0)
})
