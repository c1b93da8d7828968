/**
 * Temporal formulas in negation normal form, over numbered propositions, simplified while they are built.
 *
 * Equal formulas are one object, so that sets of formulas can be keyed by number.
 * Source: Etessami and Holzmann 2000, doi:10.1007/3-540-44618-4_13 (eventual and universal formulas), differs: only the
 * rules that shrink the automata of common patterns.
 */

import type { Ltl, Model } from '../../src/model/ir.ts'
import { literalOf, predicatesOf, propositionFinder, subformulasOf } from '../../src/model/ltl.ts'

/** `until` promises its right side; `release` does not. `always f` is `false release f`, `eventually f` is `true until f`. */
export type Formula = { readonly id: number } & (
  | { readonly kind: 'true' | 'false' }
  | { readonly kind: 'literal'; readonly bit: number; readonly isNegated: boolean }
  | { readonly kind: 'and' | 'or'; readonly fs: readonly Formula[] }
  | { readonly kind: 'next'; readonly f: Formula }
  | { readonly kind: 'until' | 'release'; readonly left: Formula; readonly right: Formula }
)

/** What the bits of a letter mean. State predicates come first, then `taken`. */
export interface Alphabet {
  /** Atoms: indices into `propositionsOf(model)`. */
  readonly predicates: readonly number[]
  /** For each bit after the predicates: the instances that set it when they change the state. */
  readonly taken: readonly (readonly number[])[]
}

/** Bits of a letter are those of a positive 32-bit integer. */
export const maxPropositions = 30

export interface Builder {
  readonly yes: Formula
  readonly no: Formula
  literal(bit: number, isNegated: boolean): Formula
  and(fs: readonly Formula[]): Formula
  or(fs: readonly Formula[]): Formula
  next(f: Formula): Formula
  until(left: Formula, right: Formula): Formula
  release(left: Formula, right: Formula): Formula
}

function createBuilder(): Builder {
  const known = new Map<string, Formula>()
  const intern = <F extends Omit<Formula, 'id'>>(key: string, f: F): Formula => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = { ...f, id: known.size } as unknown as Formula
    known.set(key, made)
    return made
  }
  const yes = intern('true', { kind: 'true' })
  const no = intern('false', { kind: 'false' })

  const literal = (bit: number, isNegated: boolean): Formula =>
    intern(`${isNegated ? '!' : ''}p${bit}`, { kind: 'literal', bit, isNegated })

  /** Flattened, sorted, without repeats; `unit` left out, `zero` or a complementary pair absorbing everything. */
  const connect = (kind: 'and' | 'or', fs: readonly Formula[]): Formula => {
    const [unit, zero] = kind === 'and' ? [yes, no] : [no, yes]
    const flat = fs.flatMap((f) => (f.kind === kind ? f.fs : [f]))
    const parts = [...new Set(merged(kind, flat))].filter((f) => f !== unit).sort((a, b) => a.id - b.id)
    if (parts.includes(zero) || parts.some((f) => parts.includes(negationOf(f)))) return zero
    const [first] = parts
    if (first === undefined) return unit
    return parts.length === 1 ? first : intern(`${kind}(${parts.map((f) => f.id).join()})`, { kind, fs: parts })
  }

  const negations = new Map<Formula, Formula>()
  const negationOf = (f: Formula): Formula => {
    const found = negations.get(f) ?? negate(f)
    negations.set(f, found)
    return found
  }
  const negate = (f: Formula): Formula => {
    switch (f.kind) {
      case 'true':
        return no
      case 'false':
        return yes
      case 'literal':
        return literal(f.bit, !f.isNegated)
      case 'and':
        return connect('or', f.fs.map(negationOf))
      case 'or':
        return connect('and', f.fs.map(negationOf))
      case 'next':
        return next(negationOf(f.f))
      case 'until':
        return release(negationOf(f.left), negationOf(f.right))
      case 'release':
        return until(negationOf(f.left), negationOf(f.right))
    }
  }

  /** G a & G b = G (a & b); F a | F b = F (a | b); GF a | GF b = GF (a | b); FG a & FG b = FG (a & b). */
  const merged = (kind: 'and' | 'or', fs: readonly Formula[]): readonly Formula[] => {
    const isMergeable = (f: Formula): f is Formula & { kind: 'until' | 'release'; left: Formula; right: Formula } =>
      kind === 'and' ? f.kind === 'release' && f.left === no : f.kind === 'until' && f.left === yes
    const isNested = (f: Formula): f is Formula & { kind: 'until' | 'release'; left: Formula; right: Formula } =>
      kind === 'and'
        ? f.kind === 'until' && f.left === yes && isMergeable(f.right)
        : f.kind === 'release' && f.left === no && isMergeable(f.right)
    const plain = fs.filter(isMergeable)
    const nested = fs.filter(isNested)
    const others = fs.filter((f) => !plain.includes(f as never) && !nested.includes(f as never))
    const all = connectBodies(
      kind,
      plain.map((f) => f.right),
    )
    const deep = nested.map((f) => (f.right.kind === 'until' || f.right.kind === 'release' ? f.right.right : f.right))
    const inner = connectBodies(kind, deep)
    return [
      ...others,
      ...(all === null ? [] : [kind === 'and' ? release(no, all) : until(yes, all)]),
      ...(inner === null ? [] : [kind === 'and' ? until(yes, release(no, inner)) : release(no, until(yes, inner))]),
    ]
  }
  const connectBodies = (kind: 'and' | 'or', bodies: readonly Formula[]): Formula | null =>
    bodies.length === 0 ? null : connect(kind, bodies)

  const next = (f: Formula): Formula => {
    if (f.kind === 'true' || f.kind === 'false' || (absorbs(f, 'until') && absorbs(f, 'release'))) return f
    return intern(`X${f.id}`, { kind: 'next', f })
  }

  const until = (left: Formula, right: Formula): Formula => {
    if (right === yes || right === no || left === no || left === right) return right
    if (absorbs(right, 'until')) return right
    if (left.kind === 'next' && right.kind === 'next') return next(until(left.f, right.f))
    return intern(`U(${left.id},${right.id})`, { kind: 'until', left, right })
  }

  const release = (left: Formula, right: Formula): Formula => {
    if (right === yes || right === no || left === yes || left === right) return right
    if (absorbs(right, 'release')) return right
    if (left.kind === 'next' && right.kind === 'next') return next(release(left.f, right.f))
    return intern(`R(${left.id},${right.id})`, { kind: 'release', left, right })
  }

  return { yes, no, literal, and: (fs) => connect('and', fs), or: (fs) => connect('or', fs), next, until, release }
}

/**
 * Whether the operator in front of it changes nothing. `F f = f`, an `until` whose left side is true: a suffix that satisfies f can be given any
 * prefix. `G f = f`, a `release` whose left side is false: every suffix satisfies f too.
 */
function absorbs(f: Formula, operator: 'until' | 'release'): boolean {
  switch (f.kind) {
    case 'true':
    case 'false':
      return true
    case 'literal':
      return false
    case 'and':
    case 'or':
      return f.fs.every((one) => absorbs(one, operator))
    case 'next':
      return absorbs(f.f, operator)
    case 'until':
    case 'release':
      if (f.kind !== operator) return absorbs(f.left, operator) && absorbs(f.right, operator)
      // A right side that absorbs it as well would be the whole.
      return f.left.kind === (operator === 'until' ? 'true' : 'false')
  }
}

/** Collects the propositions of a formula and turns it (or its negation) into normal form. */
export function normalForm(
  model: Model,
  formula: Ltl,
  isNegated: boolean,
): { readonly formula: Formula; readonly alphabet: Alphabet; readonly builder: Builder } {
  const indexOf = propositionFinder(model)
  const predicates = [...new Set(predicatesOf(formula).map(indexOf))]
  const taken = takenOf(formula)
  const builder = createBuilder()
  const bitOf = (f: Proposition): number =>
    f.kind === 'predicate' ? predicates.indexOf(indexOf(f.e)) : predicates.length + taken.indexOf(f.instances)
  return { formula: normalise(builder, formula, isNegated, bitOf), alphabet: { predicates, taken }, builder }
}

type Proposition = Extract<Ltl, { kind: 'predicate' | 'taken' }>

function takenOf(f: Ltl): readonly (readonly number[])[] {
  return f.kind === 'taken' ? [f.instances] : subformulasOf(f).flatMap(takenOf)
}

function normalise(b: Builder, f: Ltl, isNegated: boolean, bitOf: (f: Proposition) => number): Formula {
  const of = (g: Ltl, negated = isNegated): Formula => normalise(b, g, negated, bitOf)
  switch (f.kind) {
    case 'predicate':
      if (f.e.kind === 'literal' && typeof f.e.value === 'boolean') return f.e.value === isNegated ? b.no : b.yes
      return b.literal(bitOf(f), isNegated !== literalOf(f.e).isNegated)
    case 'taken':
      return b.literal(bitOf(f), isNegated)
    case 'not':
      return of(f.f, !isNegated)
    case 'and':
    case 'or':
      return (f.kind === 'and') === isNegated ? b.or(f.fs.map((g) => of(g))) : b.and(f.fs.map((g) => of(g)))
    case 'implies':
      return isNegated ? b.and([of(f.left, false), of(f.right, true)]) : b.or([of(f.left, true), of(f.right, false)])
    case 'next':
      return b.next(of(f.f))
    case 'always':
      return isNegated ? b.until(b.yes, of(f.f)) : b.release(b.no, of(f.f))
    case 'eventually':
      return isNegated ? b.release(b.no, of(f.f)) : b.until(b.yes, of(f.f))
    case 'until':
      return isNegated ? b.release(of(f.left), of(f.right)) : b.until(of(f.left), of(f.right))
    case 'release':
      return isNegated ? b.until(of(f.left), of(f.right)) : b.release(of(f.left), of(f.right))
    case 'weakUntil': {
      // a W b = b R (a | b), and its negation is !b U (!a & !b).
      const left = of(f.left)
      const right = of(f.right)
      return isNegated ? b.until(right, b.and([left, right])) : b.release(right, b.or([left, right]))
    }
    case 'leadsTo':
      return of({ kind: 'always', f: { kind: 'implies', left: f.left, right: { kind: 'eventually', f: f.right } } })
  }
}
