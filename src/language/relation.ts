/**
 * Refinement as a step property: a model's guards and effects, with expressions over another model in place of its
 * variables, become one relation between a state of that other model and its successor.
 */

import { keysOf } from '../model/domain.ts'
import { domainOf, partDomains, type Scope, scopeOf } from '../model/domain-of.ts'
import type { Domain, Expr, IndexDomain, Instance, Model, Place, Refinement, Statement } from '../model/ir.ts'
import { isPlace, substituted } from '../model/operands.ts'
import { cannotRaise, isWithin } from '../model/raising.ts'

/** What stands for each abstract variable: an expression over the concrete state. */
type Binding = ReadonlyMap<string, Expr>

/** One way through an effect: what has to hold for it, and the values it ends with. */
interface Path {
  readonly conditions: readonly Expr[]
  readonly values: Binding
}

/** An abstract value cannot be written as an expression: the caller reports it. */
export class Inexpressible extends Error {}

interface Scopes {
  readonly abstract: Scope
  readonly concrete: Scope
}

/**
 * True of a state and its successor when the second is mapped where the first is, or where a step leads to. What a mapping raises is
 * raised, whatever else is asked of the two. A step that assigns what does not fit is none; another error of the abstract model is raised,
 * unless a step before it, or none, leads there.
 */
export function relationOf({ abstract, mapping }: Refinement, concrete: Scope): Expr {
  const binding: Binding = new Map(mapping.map(({ variable, e }) => [variable, e]))
  const scopes = { abstract: scopeOf(abstract), concrete }
  const within = abstract.assumptions.flatMap((one) =>
    one.kind === 'within' ? [substitute(one.predicate, binding)] : [],
  )
  const steps = abstract.instances.flatMap((instance) => stepsOf(abstract, instance, binding, scopes))
  const leads: Expr = {
    kind: 'or',
    es: [reaches(abstract, binding, binding), { kind: 'and', es: [...within, { kind: 'or', es: steps }] }],
  }
  return { kind: 'and', es: [...definedOf(binding, concrete), ...boundsOf(binding, scopes), leads] }
}

/** True of any two states in which no mapping raises an error. */
function definedOf(mapping: Binding, concrete: Scope): readonly Expr[] {
  return [...mapping.values()].flatMap((e): readonly Expr[] =>
    cannotRaise(e, concrete) ? [] : [evaluated(e), { kind: 'next', e: evaluated(e) }],
  )
}

/** A number outside its variable's range is no abstract state. */
function boundsOf(mapping: Binding, { abstract, concrete }: Scopes): readonly Expr[] {
  return [...mapping].flatMap(([name, e]) => {
    const wanted = domainOf({ kind: 'variable', name }, abstract)
    return wanted.kind !== 'range' || isWithin(domainOf(e, concrete), wanted) ? [] : liesIn({ kind: 'next', e }, wanted)
  })
}

/** True, unless the expression raises an error. */
function evaluated(e: Expr): Expr {
  return { kind: 'equal', left: e, right: e }
}

function stepsOf(abstract: Model, instance: Instance, mapping: Binding, scopes: Scopes): readonly Expr[] {
  const guard = instance.guard.map((conjunct) => substitute(conjunct.e, mapping))
  return run(instance.effect, { conditions: [], values: mapping }, scopes).map(
    ({ conditions, values }): Expr => ({
      kind: 'and',
      es: [...guard, ...conditions, reaches(abstract, mapping, values)],
    }),
  )
}

/** The successor maps to these values. */
function reaches(abstract: Model, mapping: Binding, values: Binding): Expr {
  return {
    kind: 'and',
    es: abstract.variables.map(
      ({ name }): Expr => ({
        kind: 'equal',
        left: { kind: 'next', e: bound(mapping, name) },
        right: bound(values, name),
      }),
    ),
  }
}

function bound(binding: Binding, name: string): Expr {
  const e = binding.get(name)
  if (e === undefined) throw new Error(`relationOf: nothing stands for ${name}`)
  return e
}

/** All ways through statements. Checks claim something and change nothing: all that is left of them is the error that one may raise. */
function run(statements: readonly Statement[], start: Path, scopes: Scopes): readonly Path[] {
  return statements.reduce<readonly Path[]>(
    (paths, statement) => paths.flatMap((path) => runOne(statement, path, scopes)),
    [start],
  )
}

function runOne(s: Statement, path: Path, scopes: Scopes): readonly Path[] {
  const where = (...conditions: readonly Expr[]): Path => ({ ...path, conditions: [...path.conditions, ...conditions] })
  switch (s.kind) {
    case 'assign': {
      const assigned = substitute(s.e, path.values)
      const fits = [
        ...valueFits(assigned, domainOf(s.place, scopes.abstract), scopes.concrete),
        ...indicesFit(s.place, path.values, scopes),
      ]
      const { name, value } = written(s.place, assigned, path.values, scopes.abstract)
      return [{ ...where(...fits), values: new Map([...path.values, [name, value]]) }]
    }
    case 'check': {
      const condition = substitute(s.condition, path.values)
      return [cannotRaise(condition, scopes.concrete) ? path : where(evaluated(condition))]
    }
    case 'when': {
      const condition = substitute(s.condition, path.values)
      return [
        ...run(s.then, where(condition), scopes),
        ...run(s.otherwise, where({ kind: 'not', e: condition }), scopes),
      ]
    }
    case 'choose':
      return s.alternatives.flatMap(({ given, then }) =>
        run(then, given === null ? path : where(substitute(given, path.values)), scopes),
      )
  }
}

/** What is assigned lies in the domain, also where something else is assigned afterwards. */
function valueFits(value: Expr, wanted: Domain, concrete: Scope): readonly Expr[] {
  const given = domainOf(value, concrete)
  if (isWithin(given, wanted)) return cannotRaise(value, concrete) ? [] : [evaluated(value)]
  if (wanted.kind === 'range') return liesIn(value, wanted)
  const one = { kind: 'array', index: { kind: 'range', min: 0, max: 0 }, element: wanted } as const
  return [evaluated({ kind: 'construct', domain: one, items: [value] })]
}

/** The indices of a place point at something. */
function indicesFit(place: Expr, values: Binding, scopes: Scopes): readonly Expr[] {
  if (place.kind === 'field') return indicesFit(place.of, values, scopes)
  if (place.kind !== 'index') return []
  const outer = indicesFit(place.of, values, scopes)
  const d = domainOf(place.of, scopes.abstract)
  return d.kind === 'array'
    ? [...outer, ...valueFits(substitute(place.index, values), d.index, scopes.concrete)]
    : outer
}

function liesIn(e: Expr, { min, max }: Extract<IndexDomain, { kind: 'range' }>): readonly Expr[] {
  const bound = (operator: 'ge' | 'le', value: number): Expr => {
    const right: Expr = { kind: 'literal', domain: { kind: 'range', min: value, max: value }, value }
    return { kind: 'compare', operator, left: e, right }
  }
  return [bound('ge', min), bound('le', max)]
}

/** The variable that is written, and its whole new value. */
function written(
  place: Place,
  value: Expr,
  values: Binding,
  scope: Scope,
): { readonly name: string; readonly value: Expr } {
  if (place.kind === 'variable') return { name: place.name, value }
  const outer = place.of
  if (!isPlace(outer)) throw new Inexpressible('it assigns to something that is no variable')
  return written(outer, replaced(place, domainOf(outer, scope), value, values), values, scope)
}

/** A record or an array as it was, but for one part. */
function replaced(part: Exclude<Place, { kind: 'variable' }>, domain: Domain, value: Expr, values: Binding): Expr {
  const old = substitute(part.of, values)
  if (domain.kind === 'record' && part.kind === 'field') {
    const items = domain.fields.map(({ name }): Expr => (name === part.name ? value : { kind: 'field', of: old, name }))
    return { kind: 'construct', domain, items }
  }
  if (domain.kind !== 'array' || part.kind !== 'index')
    throw new Inexpressible('it assigns to an element of a sequence')
  const { index: indexDomain } = domain
  const index = substitute(part.index, values)
  const items = keysOf(indexDomain).map((key): Expr => {
    const literal: Expr = { kind: 'literal', domain: indexDomain, value: key }
    const kept: Expr = { kind: 'index', of: old, index: literal }
    if (index.kind === 'literal') return index.value === key ? value : kept
    return {
      kind: 'conditional',
      condition: { kind: 'equal', left: index, right: literal },
      then: value,
      otherwise: kept,
    }
  })
  if (items.length !== partDomains(domain).length) throw new Error('replaced: a part is missing')
  return { kind: 'construct', domain, items }
}

/** What became of expressions. */
const known = new WeakMap<Binding, Map<Expr, Expr>>()

/** Puts expressions in place of variables. */
function substitute(e: Expr, values: Binding): Expr {
  const copies = known.get(values) ?? new Map<Expr, Expr>()
  known.set(values, copies)
  return substituted(e, (name) => bound(values, name), copies)
}
