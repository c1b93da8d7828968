/**
 * Two of the smallest: smokers who wait for each other's goods, and a barrier.
 * Source: TLA+ examples, CigaretteSmokers and barriers (Barrier, 6 processes).
 */

import {
  action, all, always, bool, choose, constant, count, each, forall, implies, model, names, next, not, oneOf, range, set, setOf,
  state, stepwise,
} from 'modelcheck'

const goods = ['matches', 'paper', 'tobacco'] as const

/** A dealer offers two goods; who has the third smokes, and then the dealer offers again. */
export const smokers = model('tla-smokers', () => {
  const offers = goods.map((missing) => goods.filter((one) => one !== missing))
  const { smoking, offer } = state({
    smoking: each(goods, bool).starts(false),
    offer: setOf(oneOf(goods)).starts([]),
  })
  return {
    initially: choose('offer', offers, (some) => set(offer, some)),
    actions: [
      action('start smoking', {}, () => ({
        when: offer.isNot([]),
        then: [goods.map((one) => set(smoking[one], not(offer.has(one)))), set(offer, [])],
      })),
      action('stop smoking', {}, () => ({
        when: offer.is([]),
        then: [goods.map((one) => set(smoking[one], false)), choose('offer', offers, (some) => set(offer, some))],
      })),
    ],
    interchangeable: [goods],
    properties: { 'one smokes at a time': always(count(goods, (one) => smoking[one]).le(1)) },
  }
})

export const barrier = model('tla-barrier', { processes: constant(range(1, 10), 6) }, ({ processes: n }) => {
  const ids = names('p', n)
  const { isThere } = state({ isThere: each(ids, bool).starts(false) })
  const allAreThere = forall(ids, (p) => isThere.at(p))
  return {
    actions: [
      action('arrive', { p: ids }, ({ p }) => ({ when: not(isThere.at(p)), then: set(isThere.at(p), true) })),
      action('go on', {}, () => ({
        when: allAreThere,
        then: ids.map((p) => set(isThere.at(p), false)),
      })),
    ],
    interchangeable: [ids],
    properties: {
      'nobody goes on before all are there': stepwise(
        forall(ids, (p) => implies(all(isThere.at(p), not(allAreThere)), next(isThere.at(p)))),
      ),
    },
  }
})
