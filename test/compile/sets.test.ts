/**
 * Sets of several words: members that are known while code is generated, and members that are computed, in every word.
 */

import { it } from 'vitest'
import { action, model, oneOf, range, reachable, record, set, setOf, state } from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'
import { expectAgreement } from '../support/kernel-agreement.ts'

it('finds known and computed members in every word of a set, and no others', () => {
  const seventy = model('seventy', () => {
    const { members, next } = state({
      members: setOf(record({ side: oneOf(['left', 'right']), place: range(1, 35) })).starts([]),
      next: range(1, 35).starts(1),
    })
    const onwards = action('on', {}, () => ({ then: [set(members, []), set(next, next.mod(35).plus(1))] }))
    const put = action('put', { side: ['left', 'right'] as const }, ({ side }) => ({
      then: set(members, members.with({ side, place: next })),
    }))
    const change = action('change', { place: [31, 32, 33, 34] }, ({ place }) => ({
      when: members.has({ side: 'left', place }),
      then: set(members, members.without({ side: 'left', place }).with({ side: 'right', place })),
    }))
    return {
      actions: [onwards, put, change],
      properties: { 'the next is there': reachable(members.has({ side: 'left', place: next })) },
    }
  })

  expectAgreement(buildModel(seventy), 300)
})
