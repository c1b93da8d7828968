/**
 * Sequences of different element domains: what lies beyond the length is no element.
 */

import { expect, it } from 'vitest'
import { action, model, range, sequenceOf, set, state } from '../../src/language/index.ts'
import { checkSpec } from '../support/build.ts'

it('copies a sequence into one of a smaller domain without judging what lies beyond its length', async () => {
  const copying = model('copying', () => {
    const { from, to } = state({
      from: sequenceOf(range(0, 5), 2).starts([]),
      to: sequenceOf(range(2, 5), 2).starts([]),
    })
    return {
      actions: [
        action('push', {}, () => ({ when: from.length.lt(1), then: set(from, from.append(3)) })),
        action('copy', {}, () => ({ then: set(to, from) })),
      ],
    }
  })
  const result = await checkSpec(copying)

  expect(result.properties.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(['deadlock holds'])
  expect(result.states).toMatchObject({ distinct: 3, generated: 5 })
})
