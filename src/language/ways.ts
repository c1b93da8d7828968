/**
 * What may come next in a thread: at each location the steps that lead on, or none, each under its conditions of `decide`.
 */

import type { Domain, Expr as ExprIr } from '../model/ir.ts'
import { type Exit, exitsOf, type Location, type Stepless, steplessOf } from './lower.ts'

export type Way = Stepless | { readonly kind: 'step'; readonly label: string; readonly decided: Exit['decided'] }

/** A program counter, and the ways on from each of its values. */
export interface Ways {
  readonly counter: ExprIr
  readonly counterDomain: Domain
  readonly ways: ReadonlyMap<string, readonly Way[]>
}

export function waysOf(names: ReadonlyMap<Location, string>, done: Location): Ways['ways'] {
  return new Map(
    [...names].map(([location, value]) => [
      value,
      [
        ...exitsOf(location).map(({ label, decided }): Way => ({ kind: 'step', label, decided })),
        ...steplessOf(location, done),
      ],
    ]),
  )
}

export function isAt({ counter, counterDomain }: Ways, value: string): ExprIr {
  return { kind: 'equal', left: counter, right: { kind: 'literal', domain: counterDomain, value } }
}

/** Under which condition one of these ways from a location may be gone; null: under any. */
export function whenDecided(ways: readonly Way[]): ExprIr | null {
  if (ways.some(({ decided }) => decided.length === 0)) return null
  return disjunction(ways.map(({ decided }) => decided.reduce(conjunction)))
}

/** For each location from where a wanted way may lead on, the condition under which it does. */
export function comingNext(at: Ways, isWanted: (way: Way) => boolean): readonly ExprIr[] {
  return [...at.ways].flatMap(([value, here]): readonly ExprIr[] => {
    const wanted = here.filter(isWanted)
    if (wanted.length === 0) return []
    // If all are wanted, one is gone whatever is decided.
    const condition = wanted.length === here.length ? null : whenDecided(wanted)
    return [condition === null ? isAt(at, value) : conjunction(isAt(at, value), condition)]
  })
}

function conjunction(one: ExprIr, other: ExprIr): ExprIr {
  return { kind: 'and', es: [one, other] }
}

export function disjunction(es: readonly ExprIr[]): ExprIr {
  const [only] = es
  return es.length === 1 && only !== undefined ? only : { kind: 'or', es }
}
