/**
 * Termination detection in a ring. Active nodes work, and may give work to any other node; a token goes round against the
 * numbers to find out whether all are idle. Node 0 knows it when a white token comes back to it.
 * Source: Dijkstra, Feijen and van Gasteren 1983, doi:10.1016/0020-0190(83)90092-3 (EWD 840). Any state of the nodes at first.
 */

import {
  action, all, always, any, arbitrary, bool, choose, constant, each, forall, ifElse, implies, leadsTo, model, not, oneOf,
  range, set, state, weak,
} from 'modelcheck'

/** The ring, what it does, and what is to be detected; without any fairness. */
export const probedRing = (nodes: number) => {
  const ring = Array.from({ length: nodes }, (_, i) => i)
  const colours = ['white', 'black'] as const
  const { active, colour, token, tokenColour } = state({
    active: each(nodes, bool).starts(false),
    colour: each(nodes, oneOf(colours)).starts('white'),
    token: range(0, nodes - 1).starts(0),
    tokenColour: oneOf(colours).starts('black'),
  })

  const initiateProbe = action('initiate probe', {}, () => ({
    when: { 'the token is home': token.is(0), 'the last round failed': any(tokenColour.is('black'), colour.at(0).is('black')) },
    then: [set(token, nodes - 1), set(tokenColour, 'white'), set(colour.at(0), 'white')],
  }))
  const passToken = action('pass token', { node: ring.slice(1) }, ({ node }) => ({
    when: [token.is(node), any(not(active.at(node)), colour.at(node).is('black'), tokenColour.is('black'))],
    then: [
      set(token, node - 1),
      set(tokenColour, ifElse(colour.at(node).is('black'), 'black', tokenColour)),
      set(colour.at(node), 'white'),
    ],
  }))
  const send = action('send', { node: ring }, ({ node }) => ({
    when: active.at(node),
    then: choose('to', ring.filter((to) => to !== node), (to) => [
      set(active.at(to), true),
      to > node && set(colour.at(node), 'black'),
    ]),
  }))
  const deactivate = action('deactivate', { node: ring }, ({ node }) => ({
    when: active.at(node),
    then: set(active.at(node), false),
  }))

  const allIdle = forall(ring, (node) => not(active.at(node)))
  const detected = all(token.is(0), tokenColour.is('white'), colour.at(0).is('white'), not(active.at(0)))
  return {
    ring,
    active,
    actions: { initiateProbe, passToken, send, deactivate },
    initially: arbitrary(active, colour, token),
    allIdle,
    detected,
    // Dijkstra's invariant, of which the theorem is a corner.
    invariant: any(
      forall(ring, (i) => implies(token.lt(i), not(active.at(i)))),
      ring.map((j) => all(token.ge(j), colour.at(j).is('black'))),
      tokenColour.is('black'),
    ),
  }
}

export const ewd840 = model('ewd840', { nodes: constant(range(2, 10), 4) }, ({ nodes }) => {
  const { actions, initially, allIdle, detected, invariant } = probedRing(nodes)
  return {
    initially,
    actions,
    fairness: [weak('the token moves', actions.initiateProbe, actions.passToken)],
    terminal: detected,
    properties: {
      'what is detected is true': always(implies(detected, allIdle)),
      invariant: always(invariant),
      'termination is detected': leadsTo(allIdle, detected),
    },
  }
})
