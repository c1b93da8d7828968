/**
 * A search of very many levels of one state each: the event loop must turn all the same, or nobody is heard.
 */

import { expect, it } from 'vitest'
import { action, always, model, range, set, state } from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'
import { search } from '../support/search.ts'

const chain = model('chain', () => {
  const { n } = state({ n: range(0, 3_000_000).starts(0) })
  return {
    actions: { count: action('count', {}, () => ({ when: n.lt(3_000_000), then: set(n, n.plus(1)) })) },
    terminal: true,
    properties: { 'n is counted up': always(n.ge(0)) },
  }
})

it('hears an interrupt between levels', async () => {
  const controller = new AbortController()
  let levels = 0
  const onLevel = (): boolean => {
    if (++levels === 1000) setImmediate(() => controller.abort())
    return false
  }
  const { reason, depth } = await search(buildModel(chain), { signal: controller.signal, onLevel })

  expect(reason).toBe('interrupted')
  expect(depth).toBeGreaterThanOrEqual(1000)
})
