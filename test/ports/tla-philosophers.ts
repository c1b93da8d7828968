/**
 * Chandy and Misra's hygienic philosophers: a dirty fork is cleaned and given away, a clean one is kept until one has eaten.
 * Source: TLA+ examples, DiningPhilosophers; Chandy and Misra 1984, doi:10.1145/1780.1804.
 */

import {
  all, always, at, bool, constant, count, each, either, eventually, forever, model, names, never, not, range, record, set,
  state, step, threads, until, weak, when,
} from 'modelcheck'
import { underEach } from './fairness.ts'

export const hygienicPhilosophers = model('tla-philosophers', { seats: constant(range(2, 7), 5) }, ({ seats: n }) => {
  const { fork, hungry } = state({
    fork: each(n, record({ holder: range(0, n - 1), isClean: bool })).starts(
      Array.from({ length: n }, (_, i) => ({ holder: i === 1 ? 0 : i, isClean: false })),
    ),
    hungry: each(n, bool).starts(true),
  })

  const phil = threads(names('phil', n), {}, (_, __, me) => {
    const [left, right] = [fork.at(me), fork.at((me + 1) % n)]
    const [before, after] = [(me + n - 1) % n, (me + 1) % n]
    const canEat = all(left.holder.is(me), left.isClean, right.holder.is(me), right.isClean)
    const giveDirty = when(
      all(left.holder.is(me), not(left.isClean)),
      set(left, { holder: before, isClean: true }),
      when(all(right.holder.is(me), not(right.isClean)), set(right, { holder: after, isClean: true })),
    )
    return forever(either(
      [
        until('sit down', all(hungry.at(me), canEat)),
        step('eat', set(hungry.at(me), false), set(left.isClean, false), set(right.isClean, false)),
      ],
      until('wait', all(hungry.at(me), not(canEat)), giveDirty),
      [until('get up', not(hungry.at(me)), giveDirty), step('think', set(hungry.at(me), true))],
    ))
  })

  const everybody = Object.values(phil)
  const eating = everybody.map((p) => at(p, 'eat'))
  const nobodyStarves = all(everybody.map((_, me) => always(eventually(not(hungry.at(me))))))
  return {
    threads: phil,
    properties: {
      'neighbours do not eat together': never(count(eating, (is) => is).gt(1)),
      ...underEach(everybody, { 'nobody starves': nobodyStarves }, {
        'none': [],
        'WF(each philosopher)': everybody.map((p) => weak(p.selectionName, p)),
        'WF(Next)': [weak('somebody moves', everybody)],
      }),
    },
  }
})
