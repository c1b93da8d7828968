/**
 * Code in a context of its own reads a global once, however often it uses it.
 */

import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { apart } from '../../src/spec/apart.ts'

const require = createRequire(import.meta.url)

it('has globals of its own, and reads each once', () => {
  let reads = 0
  const given = {
    get looked() {
      reads++
      return 1
    },
  }
  const text = `'use strict'
let sum = 0
for (let i = 0; i < 1000; i++) sum += looked
module.exports = { sum, Atomics, file: __filename, join: require('node:path').join }`
  const { context, run } = apart({ text, file: '/there/script.cjs', given })
  reads = 0
  const found = run(require) as { readonly Atomics: unknown }
  expect(found).toEqual({
    sum: 1000,
    Atomics: expect.anything(),
    file: '/there/script.cjs',
    join: expect.any(Function),
  })
  expect(reads).toBe(0)
  expect(found.Atomics).not.toBe(Atomics)
  expect(context).toBe(given)
})
