/**
 * The domain of an expression. Numbers get the exact interval that arithmetic on their operands' intervals gives.
 */

import { aKind, cardinality, equalDomains, int32, keysOf } from './domain.ts'
import type { ArithmeticOperator, CollectionExpr, Composite, Domain, Expr, Model } from './ir.ts'

const booleanDomain: Domain = { kind: 'boolean' }

/** Domains of the variables by name. */
export type Scope = ReadonlyMap<string, Domain>

const scopes = new WeakMap<Model, Scope>()

export function scopeOf(model: Model): Scope {
  const scope = scopes.get(model) ?? new Map(model.variables.map((v) => [v.name, v.domain]))
  scopes.set(model, scope)
  return scope
}

/** What to do about each. */
export const domainHints = {
  MC201: 'Check the spelling; a variable belongs to the model whose builder declares it.',
  MC202: 'Check the kinds of the operands.',
  MC203: 'Use smaller ranges.',
} as const

/** Thrown for an expression that has no domain; the message says why. */
export class DomainError extends Error {
  readonly code: 'MC201' | 'MC202' | 'MC203'
  constructor(code: 'MC201' | 'MC202' | 'MC203', message: string) {
    super(message)
    this.code = code
  }
}

function range(min: number, max: number): Domain {
  if (min < int32.min || max > int32.max) {
    throw new DomainError('MC203', `the result may lie anywhere in ${min} … ${max}, beyond 32 bits`)
  }
  return { kind: 'range', min, max }
}

/** What is known of expressions in a scope: one that is used many times is looked at once. */
const found = new WeakMap<Scope, WeakMap<Expr, Domain>>()

/** The domain of an expression. Throws `DomainError` (MC201, MC202, MC203). */
export function domainOf(e: Expr, scope: Scope): Domain {
  if (e.kind === 'literal') return e.domain
  if (e.kind === 'variable') return known(scope.get(e.name), `variable \`${e.name}\``)
  const domains = found.get(scope) ?? new WeakMap<Expr, Domain>()
  found.set(scope, domains)
  const d = domains.get(e) ?? operatorDomain(e, scope)
  domains.set(e, d)
  return d
}

function operatorDomain(e: Exclude<Expr, { kind: 'literal' | 'variable' }>, scope: Scope): Domain {
  switch (e.kind) {
    case 'field': {
      const d = expect(domainOf(e.of, scope), 'record', 'a field is taken of')
      return known(d.fields.find((field) => field.name === e.name)?.domain, `field \`${e.name}\``)
    }
    case 'index':
      return elementDomain(e, scope)
    case 'not':
      expect(domainOf(e.e, scope), 'boolean', '`not` is applied to')
      return booleanDomain
    case 'and':
    case 'or':
      for (const operand of e.es) expect(domainOf(operand, scope), 'boolean', `\`${e.kind}\` is applied to`)
      return booleanDomain
    case 'implies':
      expect(domainOf(e.left, scope), 'boolean', '`implies` is applied to')
      expect(domainOf(e.right, scope), 'boolean', '`implies` is applied to')
      return booleanDomain
    case 'equal':
      join(domainOf(e.left, scope), domainOf(e.right, scope))
      return booleanDomain
    case 'compare':
      expect(domainOf(e.left, scope), 'range', 'a comparison is applied to')
      expect(domainOf(e.right, scope), 'range', 'a comparison is applied to')
      return booleanDomain
    case 'arithmetic': {
      const left = expect(domainOf(e.left, scope), 'range', 'arithmetic is applied to')
      const right = expect(domainOf(e.right, scope), 'range', 'arithmetic is applied to')
      return arithmeticDomain(e.operator, left, right)
    }
    case 'conditional':
      expect(domainOf(e.condition, scope), 'boolean', 'a condition is')
      return join(domainOf(e.then, scope), domainOf(e.otherwise, scope))
    case 'count':
      for (const operand of e.es) expect(domainOf(operand, scope), 'boolean', '`count` is applied to')
      return range(0, e.es.length)
    case 'next':
      return domainOf(e.e, scope)
    case 'construct':
      return constructDomain(e, scope)
    default:
      return collectionDomain(e, scope)
  }
}

function collectionDomain(e: CollectionExpr, scope: Scope): Domain {
  switch (e.kind) {
    case 'contains':
    case 'insert':
    case 'remove': {
      const set = expect(domainOf(e.set, scope), 'set', `\`${e.kind}\` is applied to`)
      join(set.element, domainOf(e.element, scope))
      return e.kind === 'contains' ? booleanDomain : set
    }
    case 'combine':
    case 'subset': {
      const left = expect(domainOf(e.left, scope), 'set', 'a set operator is applied to')
      const right = expect(domainOf(e.right, scope), 'set', 'a set operator is applied to')
      if (!equalDomains(left, right)) throw new DomainError('MC202', 'the two sets have different elements')
      return e.kind === 'subset' ? booleanDomain : left
    }
    case 'size': {
      const d = domainOf(e.of, scope)
      if (d.kind === 'set') return range(0, cardinality(d.element))
      return range(0, expect(d, 'sequence', 'a size is taken of').capacity)
    }
    case 'last':
      return expect(domainOf(e.of, scope), 'sequence', '`last` is taken of').element
    case 'append': {
      const d = expect(domainOf(e.sequence, scope), 'sequence', '`append` is applied to')
      join(d.element, domainOf(e.element, scope))
      return d
    }
    case 'rest':
    case 'front':
      return expect(domainOf(e.of, scope), 'sequence', `\`${e.kind}\` is taken of`)
  }
}

function elementDomain(e: Extract<Expr, { kind: 'index' }>, scope: Scope): Domain {
  const d = domainOf(e.of, scope)
  const index = domainOf(e.index, scope)
  if (d.kind === 'sequence') {
    expect(index, 'range', 'the index of a sequence is')
    return d.element
  }
  const array = expect(d, 'array', 'an element is taken of')
  if (array.index.kind !== index.kind)
    throw new DomainError('MC202', `an array by ${array.index.kind} is indexed by ${index.kind}`)
  return array.element
}

function constructDomain(e: Extract<Expr, { kind: 'construct' }>, scope: Scope): Domain {
  const parts = partDomains(e.domain)
  if (parts.length !== e.items.length)
    throw new DomainError('MC202', `${parts.length} parts are wanted, ${e.items.length} given`)
  for (const [i, item] of e.items.entries()) {
    const part = parts[i]
    if (part !== undefined) join(part, domainOf(item, scope))
  }
  return e.domain
}

/** Domains of the parts of a record or an array, in order. */
export function partDomains(d: Composite): readonly Domain[] {
  if (d.kind === 'record') return d.fields.map((field) => field.domain)
  return keysOf(d.index).map(() => d.element)
}

function arithmeticDomain(
  operator: ArithmeticOperator,
  l: { readonly min: number; readonly max: number },
  r: { readonly min: number; readonly max: number },
): Domain {
  switch (operator) {
    case 'plus':
      return range(l.min + r.min, l.max + r.max)
    case 'minus':
      return range(l.min - r.max, l.max - r.min)
    case 'times': {
      const corners = [l.min * r.min, l.min * r.max, l.max * r.min, l.max * r.max]
      return range(Math.min(...corners), Math.max(...corners))
    }
    case 'div': {
      // Quotients grow or fall from one divisor to the next, but for 0.
      const divisors = [r.min, -1, 1, r.max].filter((n) => n !== 0 && n >= r.min && n <= r.max)
      const corners = divisors.flatMap((n) => [Math.floor(l.min / n), Math.floor(l.max / n)])
      return corners.length === 0 ? range(0, 0) : range(Math.min(...corners), Math.max(...corners))
    }
    case 'mod':
      return range(Math.min(0, r.min + 1), Math.max(0, r.max - 1))
    case 'min':
      return range(Math.min(l.min, r.min), Math.min(l.max, r.max))
    case 'max':
      return range(Math.max(l.min, r.min), Math.max(l.max, r.max))
  }
}

/** The smallest domain that holds the values of both. Throws MC202 when the kinds differ. */
export function join(left: Domain, right: Domain): Domain {
  if (left === right) return left
  if (left.kind === 'range' && right.kind === 'range')
    return range(Math.min(left.min, right.min), Math.max(left.max, right.max))
  if (left.kind === 'enumeration' && right.kind === 'enumeration') {
    const more = right.values.filter((v) => !left.values.includes(v))
    if (more.length === right.values.length && left.values.length > 0) {
      throw new DomainError('MC202', `no label of {${left.values.join(', ')}} occurs in {${right.values.join(', ')}}`)
    }
    return more.length === 0 ? left : { kind: 'enumeration', values: [...left.values, ...more] }
  }
  if (left.kind !== right.kind)
    throw new DomainError('MC202', `${aKind(right.kind)} is given where ${aKind(left.kind)} is wanted`)
  if (equalDomains(left, right)) return left
  return joinParts(left, right)
}

function joinParts(left: Domain, right: Domain): Domain {
  if (left.kind === 'record' && right.kind === 'record') {
    const names = (d: typeof left): string => d.fields.map((field) => field.name).join(', ')
    if (names(left) !== names(right))
      throw new DomainError('MC202', `records of {${names(left)}} and {${names(right)}} do not fit`)
    return {
      kind: 'record',
      fields: left.fields.map((field, i) => ({
        name: field.name,
        domain: join(field.domain, right.fields[i]?.domain ?? field.domain),
      })),
    }
  }
  if (left.kind === 'array' && right.kind === 'array' && equalDomains(left.index, right.index)) {
    return { kind: 'array', index: left.index, element: join(left.element, right.element) }
  }
  if (left.kind === 'sequence' && right.kind === 'sequence') {
    return {
      kind: 'sequence',
      element: join(left.element, right.element),
      capacity: Math.max(left.capacity, right.capacity),
    }
  }
  throw new DomainError('MC202', `two different ${left.kind} domains do not fit`)
}

function known(d: Domain | undefined, what: string): Domain {
  if (d === undefined) throw new DomainError('MC201', `${what} does not exist`)
  return d
}

function expect<K extends Domain['kind']>(d: Domain, kind: K, what: string): Extract<Domain, { kind: K }> {
  if (!isKind(d, kind)) throw new DomainError('MC202', `${what} ${aKind(d.kind)} where ${aKind(kind)} is wanted`)
  return d
}

function isKind<K extends Domain['kind']>(d: Domain, kind: K): d is Extract<Domain, { kind: K }> {
  return d.kind === kind
}
