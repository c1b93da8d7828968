/**
 * Ranging over items: what `forall`, `exists`, `count`, `choose` and the parameters of actions run through. All of it is
 * expanded while the model is built; of a set, every possible member is tried, with the condition that it is in.
 */

import { cardinality, valuesOf } from '../model/domain.ts'
import type { Domain as DomainIr, Expr as ExprIr, Value } from '../model/ir.ts'
import type { Domain } from './domain.ts'
import { type AnyExpr, coerce, isExpr, nameOf, node, typed } from './expression.ts'
import { all, any, implies, not, type Predicate, plainly } from './formula.ts'
import type { AnySet, Expr, Member, Plain } from './kinds.ts'
import { fatalMistake, mistake } from './mistakes.ts'

/** Items known while the model is built: a list, the numbers 0 … n-1, or all values of a domain. */
export type Fixed = readonly unknown[] | number | { readonly ir: DomainIr }

/** Fixed items, or the members of a set in the current state. */
export type Items = Fixed | AnySet

/** The type of one item. */
export type Item<I> = I extends readonly (infer T)[]
  ? T
  : I extends number
    ? number
    : I extends Domain<infer E>
      ? Plain<E>
      : Member<I>

/** All of it is spelled out in the model. */
const maxItems = 2 ** 16

/** MC103 for more than that. */
export function demandFew(howMany: number, what = 'items to range over'): void {
  if (howMany > maxItems) fatalMistake('MC103', `${howMany} ${what} are too many`, `At most ${maxItems} are possible.`)
}

/** The items. MC103 for too many, MC109 for a domain that cannot be run through. */
export function itemsOf(items: Fixed): readonly unknown[] {
  if (Array.isArray(items)) return items
  if (typeof items === 'object' && items !== null && !isExpr(items) && 'ir' in items) return scalarsOf(items.ir)
  if (typeof items !== 'number') {
    const hint = "Give a list, a number, a domain or, but for parameters, a set: ['p0', 'p1'], 3, range(1, 3)."
    return fatalMistake('MC109', `${nameOf(items)} is nothing to range over`, hint)
  }
  if (!Number.isInteger(items) || items < 0) fatalMistake('MC109', `${items} is no number of items`, 'Give 0 or more.')
  demandFew(items)
  return Array.from({ length: items }, (_, i) => i)
}

/** All subsets of a list, the empty one first. */
export function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.reduceRight<readonly (readonly T[])[]>(
    (found, item) => found.flatMap((some) => [some, [item, ...some]]),
    [[]],
  )
}

/** All values. MC103 for too many, MC109 for those of an array, a set or a sequence. */
export function scalarsOf(domain: DomainIr): readonly Value[] {
  if (domain.kind === 'array' || domain.kind === 'set' || domain.kind === 'sequence') {
    const hint = 'Range over a list, a number, a scalar or record domain, or a set.'
    mistake('MC109', `the values of a ${domain.kind} domain are not enumerated`, hint)
    return []
  }
  demandFew(cardinality(domain))
  return valuesOf(domain)
}

/** An item and the condition under which it is one: null for fixed items. */
interface Candidate {
  readonly item: unknown
  readonly belongs: Expr<boolean> | null
}

export function candidatesOf(items: Items): readonly Candidate[] {
  if (!isExpr(items)) return itemsOf(items as Fixed).map((item) => ({ item, belongs: null }))
  const set: AnyExpr = items
  const candidates = known.get(set) ?? membersOf(set)
  known.set(set, candidates)
  return candidates
}

/** Of sets that were ranged over: a quantifier inside of another ranges over the same one again and again. */
const known = new WeakMap<AnyExpr, readonly Candidate[]>()

function membersOf({ ir, domain }: AnyExpr): readonly Candidate[] {
  if (domain.kind !== 'set') {
    mistake('MC109', `a ${domain.kind} has no members`, 'Range over the members of a set.')
    return []
  }
  return valuesOf(domain.element).map((item) => {
    const element: ExprIr = { kind: 'literal', domain: domain.element, value: item }
    return { item, belongs: typed<boolean>(node({ kind: 'contains', set: ir, element })) }
  })
}

/** For each item, that it is one and satisfies the predicate; items that plainly do not are left out. */
function witnesses(items: Items, predicate: (item: never) => Predicate): readonly Predicate[] {
  return candidatesOf(items).flatMap(({ item, belongs }) => {
    const holds = predicate(item as never)
    if (plainly(holds) === false) return []
    return [belongs === null ? holds : all(belongs, holds)]
  })
}

/** Every item satisfies the predicate. */
export function forall<const I extends Items>(items: I, predicate: (item: Item<I>) => Predicate): Expr<boolean> {
  const claims = candidatesOf(items).flatMap(({ item, belongs }) => {
    const holds = predicate(item as Item<I>)
    if (plainly(holds) === true) return []
    return [belongs === null ? holds : plainly(holds) === false ? not(belongs) : implies(belongs, holds)]
  })
  return all(claims)
}

/** Some item satisfies the predicate. */
export function exists<const I extends Items>(items: I, predicate: (item: Item<I>) => Predicate): Expr<boolean> {
  return any(witnesses(items, predicate))
}

/** How many items satisfy the predicate. */
export function count<const I extends Items>(items: I, predicate: (item: Item<I>) => Predicate): Expr<number> {
  return typed<number>(node({ kind: 'count', es: witnesses(items, predicate).map((e) => coerce(e)) }))
}
