/**
 * Arrivals: what hardware may do to a thread between any two of its steps.
 */

import type { Source, Strength } from '../model/ir.ts'
import { here } from './blame.ts'
import type { Predicate } from './formula.ts'
import type { Labels } from './labels.ts'
import { type LabelOf, type Line, type Lines, type Names, type RoutineOf, step } from './line.ts'
import { demandCount, demandGiven, demandKeys, demandName } from './mistakes.ts'
import type { Statements } from './statement.ts'

interface ArrivalParts<Handler extends Lines, Return extends Line> {
  /** When the hardware takes it. */
  readonly when: Predicate
  /** What the hardware does; sees the locals of the new frame. */
  readonly does?: Statements
  /** The handler. */
  readonly runs: Handler
  /** The last step: restores; then the suspended frame goes on. */
  readonly returns: Return
  /** How many may be nested at once in one thread. */
  readonly limit?: number
  /** How many may arrive in a run, in all threads together. */
  readonly budget?: number
  readonly fair?: Strength
  /** Labels of steps before which it cannot arrive. */
  readonly notAt?: Labels
}

/** The guard of an arrival looks at every frame that may be suspended. */
export const mostNested = 255
const mostArrivals = 65_535

const keys = {
  when: true,
  does: true,
  runs: true,
  returns: true,
  limit: true,
  budget: true,
  fair: true,
  notAt: true,
} as const

/** An interrupt: what may break in between any two steps of a thread. */
export interface Arrival<Label extends string = string, Routine extends string = string>
  extends ArrivalParts<Lines, Line>,
    Names<Label, Routine> {
  readonly name: string
  readonly source: Source
}

export function arrival<const B extends Lines, const R extends Line>(
  name: string,
  parts: ArrivalParts<B, R>,
): Arrival<LabelOf<B | R>, RoutineOf<B | R>> {
  const source = here()
  demandName('an arrival', name, source)
  demandKeys(`the arrival '${name}'`, parts, keys, source)
  demandGiven(`the arrival '${name}'`, parts, ['when', 'runs', 'returns'], source)
  const limit = demandCount(`the limit of '${name}'`, parts.limit, mostNested, source)
  const budget = demandCount(`the budget of '${name}'`, parts.budget, mostArrivals, source)
  return {
    name,
    ...parts,
    // Stand-ins, so that what is missing is told once.
    when: parts.when ?? true,
    runs: parts.runs ?? [],
    returns: parts.returns ?? step('return'),
    ...(limit === undefined ? {} : { limit }),
    ...(budget === undefined ? {} : { budget }),
    source,
  }
}
