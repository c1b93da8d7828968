/**
 * Threads that never answer, and a model that takes as long to compile as one wants: what is asked of threads, without any.
 */

import type { Pool } from '../../checker/explore/threads.ts'
import { action, model, range, set, state } from '../../src/language/index.ts'
import { buildModel } from './build.ts'

/** Counts to the number of its instances. */
export const counterOf = (instances: number) =>
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

export const idlePool: Pool = {
  adopt: () => {},
  running: () => 0,
  getReady: () => {},
  takePart: () => new Promise(() => {}),
  translator: () => null,
  run: () => new Promise(() => {}),
  close: async () => {},
}
