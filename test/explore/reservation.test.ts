/**
 * A process that checks many models reserves memory for one at a time.
 */

import { expect, it } from 'vitest'
import { action, bool, model, not, reachable, set, state } from '../../src/language/index.ts'
import { checkSpec } from '../support/build.ts'

const budget = 2 ** 32

const toggle = model('toggle', () => {
  const { on } = state({ on: bool.starts(false) })
  return {
    actions: action('toggle', {}, () => ({ then: set(on, not(on)) })),
    properties: { 'is switched on': reachable(on) },
  }
})

const searches = 12

it('gives the buffers of searches back before others reserve theirs', async () => {
  let most = 0
  for (let i = 0; i < searches; i++) {
    await checkSpec(toggle, { memoryBytes: budget, earlierBytes: 0 })
    most = Math.max(most, process.memoryUsage().arrayBuffers)
  }

  // Those of the last search are there until another begins. Those of the one before may be, since what a function that runs has read counts
  // as in use; and those that a thread of V8 still has to free, which each collection waits for.
  expect(most).toBeLessThan((searches / 2) * budget)
})
