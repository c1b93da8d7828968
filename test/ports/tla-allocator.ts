/**
 * A resource allocator that hands out whatever is free: a client can starve unless it is served strongly fairly.
 * Source: TLA+ examples, allocator (SimpleAllocator, by Merz).
 */

import {
  action, all, always, constant, count, each, eventually, exists, forall, leadsTo, model, names, not, oneOf, only, range, set,
  setOf, state, strong, subsets, weak,
} from 'modelcheck'
import { underEach } from './fairness.ts'

const constants = { clients: constant(range(1, 4), 3), resources: constant(range(1, 3), 2) }

export const allocator = model('tla-allocator', constants, (size) => {
  const clients = names('c', size.clients)
  const resources = names('r', size.resources)
  const bundles = subsets(resources).filter((some) => some.length > 0)
  const { wants, holds } = state({
    wants: each(clients, setOf(oneOf(resources))).starts([]),
    holds: each(clients, setOf(oneOf(resources))).starts([]),
  })

  const request = action('request', { c: clients, bundle: bundles }, ({ c, bundle }) => ({
    lane: c,
    when: [wants.at(c).is([]), holds.at(c).is([])],
    then: set(wants.at(c), bundle),
  }))
  const allocate = action('allocate', { c: clients, bundle: bundles }, ({ c, bundle }) => ({
    lane: c,
    when: forall(bundle, (r) => all(wants.at(c).has(r), not(exists(clients, (other) => holds.at(other).has(r))))),
    then: [set(holds.at(c), holds.at(c).union(bundle)), set(wants.at(c), wants.at(c).except(bundle))],
  }))
  /** Fairness speaks of returning everything, and of returning everything once nothing more is wanted. */
  const giveBack = action('return', { c: clients, bundle: bundles, all: [true, false], satisfied: [true, false] }, (it) => ({
    lane: it.c,
    when: [
      forall(it.bundle, (r) => holds.at(it.c).has(r)),
      it.all ? holds.at(it.c).is(it.bundle) : holds.at(it.c).isNot(it.bundle),
      it.satisfied ? wants.at(it.c).is([]) : wants.at(it.c).isNot([]),
    ],
    then: set(holds.at(it.c), holds.at(it.c).except(it.bundle)),
  }))

  const actions = [request, allocate, giveBack]
  const returns = clients.map((c) => weak(`${c} returns`, only(giveBack, { c, all: true })))
  const returnsWhenSatisfied = clients.map((c) => weak(`${c} returns`, only(giveBack, { c, all: true, satisfied: true })))
  const stronglyServed = clients.map((c) => strong(`${c} is served`, only(allocate, { c })))
  const weaklyServed = clients.map((c) => weak(`${c} is served`, only(allocate, { c })))
  const formulas = {
    ClientsWillReturn: all(clients.map((c) => leadsTo(wants.at(c).is([]), holds.at(c).is([])))),
    ClientsWillObtain: all(clients.flatMap((c) => resources.map((r) => leadsTo(wants.at(c).has(r), holds.at(c).has(r))))),
    InfOftenSatisfied: all(clients.map((c) => always(eventually(wants.at(c).is([]))))),
  }
  return {
    actions,
    interchangeable: [clients, resources],
    properties: {
      'no resource is held twice': always(forall(resources, (r) => count(clients, (c) => holds.at(c).has(r)).le(1))),
      ...underEach(actions, formulas, {
        'none': [],
        'WFret+SFalloc': [...returns, ...stronglyServed],
        'WFret+WFalloc': [...returns, ...weaklyServed],
        'WFret_only': returns,
        'SFalloc_only': stronglyServed,
        'weakWFret+SFalloc': [...returnsWhenSatisfied, ...stronglyServed],
      }),
    },
  }
})
