/**
 * What may come next in a thread: at each location the steps that lead on, or none, each under its conditions of `decide`.
 */

import type { Domain, Expr, Location, Way } from './ir.ts'

/** A program counter, and the ways on from each of its values. */
export interface Ways {
  readonly counter: Expr
  readonly counterDomain: Domain
  readonly locations: readonly Location[]
}

/** The labels of the steps that may come next, whatever is decided. */
export function labelsOf({ ways }: Location): readonly string[] {
  return [...new Set(ways.flatMap((way) => (way.kind === 'step' ? [way.label] : [])))]
}

/** What a thread does there, for people. */
export function doingAt(location: Location): string {
  const labels = labelsOf(location)
  if (labels.length > 0) return `is at '${labels.join("' or '")}'`
  return isEnd(location) ? 'has ended' : `is at '${location.value}'`
}

/** Whatever is decided. */
export function isEnd({ ways }: Location): boolean {
  return ways.length > 0 && ways.every(({ kind }) => kind === 'end')
}

export function isAt({ counter, counterDomain }: Ways, value: string): Expr {
  return { kind: 'equal', left: counter, right: { kind: 'literal', domain: counterDomain, value } }
}

/** Under which condition one of these ways from a location may be gone; null: under any. */
export function whenDecided(ways: readonly Way[]): Expr | null {
  if (ways.some(({ decided }) => decided.length === 0)) return null
  return disjunction(ways.map(({ decided }) => decided.reduce(conjunction)))
}

/** For each location from where a wanted way may lead on, the condition under which it does. */
export function comingNext(thread: Ways, isWanted: (way: Way) => boolean): readonly Expr[] {
  return thread.locations.flatMap(({ value, ways }): readonly Expr[] => {
    const wanted = ways.filter(isWanted)
    if (wanted.length === 0) return []
    // If all are wanted, one is gone whatever is decided.
    const condition = wanted.length === ways.length ? null : whenDecided(wanted)
    return [condition === null ? isAt(thread, value) : conjunction(isAt(thread, value), condition)]
  })
}

function conjunction(one: Expr, other: Expr): Expr {
  return { kind: 'and', es: [one, other] }
}

export function disjunction(es: readonly Expr[]): Expr {
  const [only] = es
  return es.length === 1 && only !== undefined ? only : { kind: 'or', es }
}
