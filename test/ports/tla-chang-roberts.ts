/**
 * Leader election in a ring of numbered nodes: identities travel round, and only the smallest comes home.
 * Source: TLA+ examples, chang_roberts (MCChangRoberts, 3 nodes, any initiators); Chang and Roberts 1979, doi:10.1145/359104.359108.
 */

import {
  all, always, any, assuming, bool, choose, constant, each, eventually, exists, forall, forever, implies, model, names,
  oneOf, range, set, setOf, state, step, threads, weak, when,
} from 'modelcheck'

export const changRoberts = model('tla-chang-roberts', { nodes: constant(range(2, 6), 3) }, ({ nodes: n }) => {
  const ring = Array.from({ length: n }, (_, i) => i)
  const { initiates, role, inbox } = state({
    initiates: each(n, bool).starts(false),
    role: each(n, oneOf(['candidate', 'lost', 'won'])).starts('lost'),
    inbox: each(n, setOf(range(0, n - 1))).starts([]),
  })

  const node = threads(names('node', n), {}, (_, __, me) => {
    const send = (id: number) => set(inbox.at((me + 1) % n), inbox.at((me + 1) % n).with(id))
    return [
      step('start', when(initiates.at(me), send(me))),
      forever(step('receive', choose('id', inbox.at(me), (id) => [
        set(inbox.at(me), inbox.at(me).without(id)),
        when(
          any(role.at(me).is('lost'), id < me),
          [set(role.at(me), 'lost'), send(id)],
          id === me && set(role.at(me), 'won'),
        ),
      ]))),
    ]
  })

  return {
    initially: ring.map((i) => choose(`initiates ${i}`, bool, (does) => [
      set(initiates.at(i), does),
      set(role.at(i), does ? 'candidate' : 'lost'),
    ])),
    threads: node,
    terminal: true,
    properties: {
      'the smallest initiator wins': always(forall(n, (i) => implies(role.at(i).is('won'), all(
        initiates.at(i),
        ring.filter((j) => j !== i).map((j) => all(role.at(j).is('lost'), implies(initiates.at(j), j > i))),
      )))),
      'somebody wins': assuming(
        Object.values(node).map((one) => weak(one.selectionName, one)),
        implies(exists(n, (i) => role.at(i).is('candidate')), eventually(exists(n, (i) => role.at(i).is('won')))),
      ),
    },
  }
})
