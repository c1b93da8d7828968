/**
 * When the second of several models begins: at once where those that are left take long, and else not before the first has taken a while.
 */

import { expect, it } from 'vitest'
import { checkModels } from '../../checker/check-models.ts'
import type { Pool } from '../../checker/explore/threads.ts'
import { action, model, range, set, state } from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'

/** Of so many instances. */
const counter = (instances: number) =>
  buildModel(
    model('counter', () => {
      const { n } = state({ n: range(0, instances).starts(0) })
      const to = Array.from({ length: instances }, (_, i) => i)
      return {
        actions: action('go', { to }, (chosen) => ({ when: n.is(chosen.to), then: set(n, n.plus(1)) })),
        terminal: true,
        properties: {},
      }
    }),
  )

/** Threads that never answer. */
const pool: Pool = {
  adopt: () => {},
  getReady: () => {},
  takePart: () => new Promise(() => {}),
  translator: () => null,
  run: () => new Promise(() => {}),
  close: async () => {},
}

/** How many of two models have begun before the first has done anything. */
async function begunAtOnce(instances: number): Promise<number> {
  const ending = new AbortController()
  const tasks = [
    { model: counter(1), properties: null },
    { model: counter(instances), properties: null },
  ]
  let begun = 0
  const watch = () => {
    begun++
    return { update: () => {}, end: () => {} }
  }
  const checks = checkModels(tasks, {
    options: { workers: 2, memoryBytes: 2 ** 24 },
    signal: ending.signal,
    watch,
    pool,
  })
  const first = checks.next()
  const found = begun
  await first
  ending.abort()
  await checks.return(undefined)
  return found
}

it.each([
  ['few', 5, 1],
  ['many', 500, 2],
])('of %s instances', async (_, instances, begun) => {
  expect(await begunAtOnce(instances)).toBe(begun)
})
