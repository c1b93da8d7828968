/**
 * What fairness and `taken` select.
 */

import { expect, it } from 'vitest'
import {
  action,
  eventually,
  model,
  never,
  oneOf,
  only,
  range,
  record,
  set,
  state,
  taken,
  weak,
} from '../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../support/build.ts'

const message = record({ to: oneOf(['p0', 'p1']), copies: range(1, 2) })

const post = (copies: number) =>
  model('post', () => {
    const { sent } = state({ sent: range(0, 2).starts(0) })
    const send = action('send', { m: message }, ({ m }) => ({
      when: [sent.is(0), m.to === 'p0'],
      then: set(sent, m.copies),
    }))
    return {
      actions: send,
      terminal: sent.gt(0),
      fairness: weak('it is sent', only(send, { m: { copies: 2, to: 'p0' } })),
      properties: {
        'something is sent': eventually(taken(send)),
        'one of these': never(taken(only(send, { m: { copies, to: 'p0' } }))),
      },
    }
  })

it('finds instances by a record that says the same as their parameter', async () => {
  const result = await checkSpec(post(1))

  expect(verdictsOf(result)).toMatchObject({ 'something is sent': 'holds', 'one of these': 'violated' })
  expect(result.properties[1]?.trace?.steps[1]).toMatchObject({ state: { sent: 1 } })
})

it('names a record that no instance has by what it says (MC105)', async () => {
  await expect(async () => checkSpec(post(3))).rejects.toThrow(
    "MC105 'send' has no instance with m={copies: 3, to: p0}",
  )
})
