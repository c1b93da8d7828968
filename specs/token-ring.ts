/**
 * A self-stabilising token ring: from any state at all, the ring reaches one with a single privilege, and keeps it.
 * With too few values it can go round for ever with several. It needs one process that differs from the others, and these must copy.
 * Source: Dijkstra 1974, doi:10.1145/361179.361202 (the solution with K states).
 */

import {
  action, always, arbitrary, constant, count, each, eventually, implies, model, next, type Predicate, range, set, state,
  stepwise,
} from 'modelcheck'

interface Ring {
  readonly processes: number
  readonly values: number
  /** What process 0 does differently, and what the others do: as Dijkstra has it, unless said otherwise. */
  readonly first?: 'differs' | 'is like the others'
  readonly others?: 'copy' | 'count'
}

const ring = ({ processes, values, first = 'differs', others = 'copy' }: Ring) => {
  const seats = Array.from({ length: processes }, (_, i) => i)
  const { x } = state({ x: each(processes, range(0, values - 1)).starts(0) })
  /** Process 0 has the privilege when it equals its left neighbour, the others when they differ from theirs. */
  const isPrivileged = (i: number): Predicate =>
    i === 0 && first === 'differs' ? x.at(0).is(x.at(processes - 1)) : x.at(i).isNot(x.at(i === 0 ? processes - 1 : i - 1))
  const isSingle = count(seats, isPrivileged).is(1)

  return {
    initially: arbitrary(x),
    actions: action('move', { i: seats }, ({ i }) => ({
      lane: `p${i}`,
      when: isPrivileged(i),
      then: set(x.at(i), i === 0 || others === 'count' ? x.at(i).plus(1).mod(values) : x.at(i - 1)),
    }), { fair: 'weak' }),
    properties: {
      'it stabilises': eventually(always(isSingle)),
      'a single privilege stays single': stepwise(implies(isSingle, next(isSingle))),
      'there is always a privilege': always(count(seats, isPrivileged).ge(1)),
    },
  }
}

export const tokenRing = model(
  'token-ring',
  { processes: constant(range(2, 8), 5), values: constant(range(2, 8), 5) },
  ({ processes, values }) => ring({ processes, values }),
)

/** Two values are too few for five processes. */
export const tooFewValues = model('token-ring-two-values', { processes: constant(range(4, 8), 5) }, ({ processes }) => ({
  ...ring({ processes, values: 2 }),
  expectViolated: ['it stabilises'],
}))

const small = { processes: constant(range(3, 5), 3), values: constant(range(3, 5), 3) }

/** Without a process that differs, nobody moves once all are equal. */
export const allAlike = model('token-ring-all-alike', small, ({ processes, values }) => ({
  ...ring({ processes, values, first: 'is like the others' }),
  expectViolated: ['it stabilises', 'there is always a privilege', 'deadlock'],
}))

/** A process that does not copy its neighbour may keep its privilege, and give one to the next. */
export const counting = model('token-ring-counting', small, ({ processes, values }) => ({
  ...ring({ processes, values, others: 'count' }),
  expectViolated: ['it stabilises', 'a single privilege stays single'],
}))
