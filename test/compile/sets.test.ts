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

it('changes and asks one word where all that a member can be lies in it', () => {
  const suits = ['clubs', 'spades', 'hearts'] as const
  const dealt = model('dealt', () => {
    const { hand, rank } = state({
      hand: setOf(record({ suit: oneOf(suits), rank: range(1, 16) })).starts([]),
      rank: range(1, 16).starts(1),
    })
    const take = action('take', { suit: suits }, ({ suit }) => ({ then: set(hand, hand.with({ suit, rank })) }))
    const trade = action('trade', {}, () => ({
      when: hand.has({ suit: 'hearts', rank }),
      then: set(hand, hand.without({ suit: 'hearts', rank }).with({ suit: 'spades', rank: rank.minus(1).max(1) })),
    }))
    const next = action('next', {}, () => ({ then: set(rank, rank.mod(16).plus(1)) }))
    return {
      actions: [take, trade, next],
      properties: { 'the clubs of a rank': reachable(hand.has({ suit: 'clubs', rank })) },
    }
  })

  expectAgreement(buildModel(dealt), 300)
})
