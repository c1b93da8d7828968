/**
 * When the second of several models begins: at once where those that are left take long, and else not before the first has taken a while.
 */

import { expect, it } from 'vitest'
import { checkModels } from '../../checker/check-models.ts'
import { counterOf, idlePool } from '../support/idle-pool.ts'

/** How many of two models have begun before the first has done anything. */
async function begunAtOnce(instances: number): Promise<number> {
  const ending = new AbortController()
  const tasks = [
    { model: counterOf(1), properties: null },
    { model: counterOf(instances), properties: null },
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
    pool: idlePool,
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
