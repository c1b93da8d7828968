/**
 * Each process sets its flag, and then reads its neighbour's: the last to read finds a flag set.
 * Source: TLA+ examples, TeachingConcurrency (Simple); Lamport 2009, doi:10.1145/1515170.1515174 (Teaching Concurrency).
 * TLC counts a step that changes nothing in the state where all have finished.
 */

import { always, constant, each, exists, finished, forall, implies, model, names, range, set, state, step, threads } from 'modelcheck'

export const simple = model('tla-simple', { processes: constant(range(1, 6), 5) }, ({ processes: n }) => {
  const bit = range(0, 1)
  const { x, y } = state({ x: each(n, bit).starts(0), y: each(n, bit).starts(0) })
  const process = threads(names('p', n), {}, (_, __, i) => [
    step('a', set(x.at(i), 1)),
    step('b', set(y.at(i), x.at((i + n - 1) % n))),
  ])
  const isOver = forall(Object.values(process), (p) => finished(p))
  return {
    threads: process,
    properties: { 'somebody saw a flag': always(implies(isOver, exists(n, (i) => y.at(i).is(1)))) },
  }
})
