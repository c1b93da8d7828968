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

it('gives the buffers of a search back before the next one reserves its own', async () => {
  for (let i = 0; i < 4; i++) {
    await checkSpec(toggle, { memoryBytes: budget, earlierBytes: 0 })

    // V8 frees them in a thread of its own, which waits for a processor like any other.
    await expect.poll(() => process.memoryUsage().arrayBuffers, { timeout: 60_000 }).toBeLessThan(1.5 * budget)
  }
})
