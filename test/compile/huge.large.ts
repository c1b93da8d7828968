/**
 * Claims of so many different parts that they are too much for V8's optimiser, and at last for WebAssembly. What is used several times
 * is not among them.
 */

import { expect, it } from 'vitest'
import { compile } from '../../checker/compile/compile.ts'
import { action, all, always, model, not, range, set, state } from '../../src/language/index.ts'
import { buildModel, checkSpec, countsOf } from '../support/build.ts'

const manyClaims = (count: number) =>
  model('many claims', () => {
    const { x, y } = state({ x: range(0, 1).starts(1), y: range(0, 1).starts(0) })
    const claims = Array.from({ length: count }, (_, i) => not(all(x.plus(i).is(y), y.plus(i).is(x))))
    return {
      actions: [action('go', {}, () => ({ then: set(x, y) }))],
      properties: { claims: always(all(claims.slice(1))) },
    }
  })

it('runs what is longer than is optimised', async () => {
  const result = await checkSpec(manyClaims(20_000))

  expect(countsOf(result)).toEqual([2, 3, 2])
})

it('refuses what is too long (MC208)', () => {
  expect(() => compile(buildModel(manyClaims(80_000)), [0])).toThrow(/takes \d MB of code/)
})
