/**
 * Refinement as a step property: a model's guards and effects, with expressions over another model in place of its
 * variables, become one relation between a state of that other model and its successor.
 */

import { keysOf } from '../model/domain.ts'
import { partDomains } from '../model/domain-of.ts'
import type { Domain, Expr, Instance, Model, Place, Statement } from '../model/ir.ts'
import { isPlace, substituted } from '../model/operands.ts'

/** What stands for each abstract variable: an expression over the concrete state. */
type Binding = ReadonlyMap<string, Expr>

/** One way through an effect: what has to hold for it, and the values it ends with. */
interface Path {
  readonly conditions: readonly Expr[]
  readonly values: Binding
}

/** An abstract value cannot be written as an expression: the caller reports it. */
export class Inexpressible extends Error {}

/** True of a state and its successor when the second is mapped where the first is, or where a step leads to. */
export function relationOf(abstract: Model, mapping: Binding): Expr {
  const within = abstract.assumptions.flatMap((one) =>
    one.kind === 'within' ? [substitute(one.predicate, mapping)] : [],
  )
  const steps = abstract.instances.flatMap((instance) => stepsOf(abstract, instance, mapping))
  return {
    kind: 'or',
    es: [reaches(abstract, mapping, mapping), { kind: 'and', es: [...within, { kind: 'or', es: steps }] }],
  }
}

function stepsOf(abstract: Model, instance: Instance, mapping: Binding): readonly Expr[] {
  const guard = instance.guard.map((conjunct) => substitute(conjunct.e, mapping))
  const domains = new Map(abstract.variables.map((v) => [v.name, v.domain]))
  return run(instance.effect, { conditions: [], values: mapping }, domains).map(
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

/** All ways through statements. Checks claim something and change nothing: they are left out. */
function run(statements: readonly Statement[], start: Path, domains: ReadonlyMap<string, Domain>): readonly Path[] {
  return statements.reduce<readonly Path[]>(
    (paths, statement) => paths.flatMap((path) => runOne(statement, path, domains)),
    [start],
  )
}

function runOne(s: Statement, path: Path, domains: ReadonlyMap<string, Domain>): readonly Path[] {
  const where = (condition: Expr): Path => ({ ...path, conditions: [...path.conditions, condition] })
  switch (s.kind) {
    case 'assign': {
      const { name, value } = written(s.place, substitute(s.e, path.values), path.values, domains)
      return [{ ...path, values: new Map([...path.values, [name, value]]) }]
    }
    case 'check':
      return [path]
    case 'when': {
      const condition = substitute(s.condition, path.values)
      return [
        ...run(s.then, where(condition), domains),
        ...run(s.otherwise, where({ kind: 'not', e: condition }), domains),
      ]
    }
    case 'choose':
      return s.alternatives.flatMap(({ given, then }) =>
        run(then, given === null ? path : where(substitute(given, path.values)), domains),
      )
  }
}

/** The variable that is written, and its whole new value. */
function written(
  place: Place,
  value: Expr,
  values: Binding,
  domains: ReadonlyMap<string, Domain>,
): { readonly name: string; readonly value: Expr } {
  if (place.kind === 'variable') return { name: place.name, value }
  const outer = place.of
  if (!isPlace(outer)) throw new Inexpressible('it assigns to something that is no variable')
  const domain = domainOfPlace(outer, domains)
  return written(outer, replaced(place, domain, value, values), values, domains)
}

function domainOfPlace(place: Expr, domains: ReadonlyMap<string, Domain>): Domain {
  if (place.kind === 'variable') return domains.get(place.name) ?? { kind: 'boolean' }
  if (place.kind !== 'field' && place.kind !== 'index')
    throw new Inexpressible('it assigns to something that is no variable')
  const outer = domainOfPlace(place.of, domains)
  if (outer.kind === 'record' && place.kind === 'field') {
    const field = outer.fields.find((one) => one.name === place.name)
    if (field !== undefined) return field.domain
  }
  if (outer.kind === 'array') return outer.element
  throw new Inexpressible('it assigns to an element of a sequence')
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
