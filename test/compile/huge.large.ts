/**
 * An expression that uses another twice, which uses another twice, and so on, is refused before it is too much for WebAssembly.
 */

import { expect, it } from 'vitest'
import { compile } from '../../checker/compile/compile.ts'
import { action, type Expr, model, range, set, state } from '../../src/language/index.ts'
import { buildModel, checkSpec, countsOf } from '../support/build.ts'

const doubling = (times: number) =>
  model('doubling', () => {
    const { x } = state({ x: range(0, 1).starts(1) })
    let e: Expr<number> = x
    for (let i = 0; i < times; i++) e = e.max(e)
    return { actions: [action('go', {}, () => ({ then: set(x, e) }))], properties: {} }
  })

it('takes what is long', () => {
  expect(compile(buildModel(doubling(8)), []).compiled.stateWords).toBe(1)
})

it('runs what is longer than is optimised', async () => {
  const result = await checkSpec(doubling(16))

  expect(countsOf(result)).toEqual([1, 2, 1])
})

it('refuses what is too long (MC208)', () => {
  expect(() => compile(buildModel(doubling(18)), [])).toThrow(/takes \d MB of code/)
})
