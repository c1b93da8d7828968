/**
 * EWD 840 (see specs/ewd840.ts) under several kinds of fairness, with a formula that is false under all of them.
 * Source: TLA+ examples, ewd840.
 */

import { all, always, constant, eventually, implies, leadsTo, model, not, range, taken, weak } from 'modelcheck'
import { probedRing } from '../../specs/ewd840.ts'
import { underEach } from './fairness.ts'

export const ewd840Fairness = model('tla-ewd840', { nodes: constant(range(2, 6), 3) }, ({ nodes }) => {
  const { ring, active, actions, initially, allIdle, detected, invariant } = probedRing(nodes)
  const { initiateProbe, passToken, send } = actions
  return {
    initially,
    actions,
    terminal: detected,
    properties: {
      invariant: always(invariant),
      ...underEach(Object.values(actions), {
        Liveness: leadsTo(allIdle, detected),
        FalseLiveness: leadsTo(all(ring.map((node) => always(eventually(not(active.at(node)))))), detected),
        AllNodesTerminateIfNoMessages: implies(eventually(always(not(taken(send)))), eventually(allIdle)),
      }, {
        'none': [],
        'WF(System)': [weak('the token moves', initiateProbe, passToken)],
        'WF(Next)': [weak('something happens', Object.values(actions))],
        'WF(InitiateProbe)only': [weak('probes start', initiateProbe)],
      }),
    },
  }
})
