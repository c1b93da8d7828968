/**
 * Expression objects: an IR node, its domain, and the operators that its kind has.
 */

import { containsValue, keysOf, zeroValue } from '../model/domain.ts'
import { DomainError, domainHints, domainOf, partDomains } from '../model/domain-of.ts'
import type {
  ArithmeticOperator,
  CompareOperator,
  Composite,
  Domain,
  Expr as ExprIr,
  SetOperator,
  Value,
} from '../model/ir.ts'
import { deepest, depthOf, isPlace } from '../model/operands.ts'
import { inOrder, quoted, showDomain } from './domain-text.ts'
import type { Expr, ListChoice, ListOf } from './kinds.ts'
import { mistake } from './mistakes.ts'
import { lastPrototype } from './unknown-member.ts'

/** What every expression object is at run time, whatever its kind. */
export interface AnyExpr {
  readonly ir: ExprIr
  readonly domain: Domain
}

export function isExpr(value: unknown): value is AnyExpr {
  return typeof value === 'object' && value !== null && 'ir' in value && 'domain' in value
}

/** Names that the language itself puts on records and arrays. */
export const reservedNames: ReadonlySet<string> = new Set(['ir', 'domain', 'is', 'isNot', 'isPlace', 'at', 'then'])

class Base implements AnyExpr {
  readonly ir: ExprIr
  readonly domain: Domain
  constructor(ir: ExprIr, domain: Domain) {
    this.ir = ir
    this.domain = domain
  }
  get isPlace(): boolean {
    return isPlace(this.ir)
  }
  is(other: unknown): AnyExpr {
    return node({ kind: 'equal', left: this.ir, right: coerce(other, this.domain) })
  }
  isNot(other: unknown): AnyExpr {
    return node({ kind: 'not', e: this.is(other).ir })
  }
  /** JavaScript's own operators would compare or add the object, silently. */
  [Symbol.toPrimitive](wanted: string): string | number {
    mistake('MC109', "JavaScript's operators do not work on expressions", 'Use .plus(…), .lt(…), .is(…) and so on.')
    return wanted === 'string' ? '' : 0
  }
}

Object.setPrototypeOf(Base.prototype, lastPrototype)

class NumberExpr extends Base {
  #calculate(operator: ArithmeticOperator, other: unknown): AnyExpr {
    return node({ kind: 'arithmetic', operator, left: this.ir, right: coerce(other) })
  }
  #compare(operator: CompareOperator, other: unknown): AnyExpr {
    return node({ kind: 'compare', operator, left: this.ir, right: coerce(other) })
  }
  plus(other: unknown): AnyExpr {
    return this.#calculate('plus', other)
  }
  minus(other: unknown): AnyExpr {
    return this.#calculate('minus', other)
  }
  times(other: unknown): AnyExpr {
    return this.#calculate('times', other)
  }
  div(other: unknown): AnyExpr {
    return this.#calculate('div', other)
  }
  mod(other: unknown): AnyExpr {
    return this.#calculate('mod', other)
  }
  min(other: unknown): AnyExpr {
    return this.#calculate('min', other)
  }
  max(other: unknown): AnyExpr {
    return this.#calculate('max', other)
  }
  lt(other: unknown): AnyExpr {
    return this.#compare('lt', other)
  }
  le(other: unknown): AnyExpr {
    return this.#compare('le', other)
  }
  gt(other: unknown): AnyExpr {
    return this.#compare('gt', other)
  }
  ge(other: unknown): AnyExpr {
    return this.#compare('ge', other)
  }
}

class RecordExpr extends Base {
  constructor(ir: ExprIr, domain: Extract<Domain, { kind: 'record' }>) {
    super(ir, domain)
    for (const field of domain.fields) {
      definePart(this, field.name, () => make({ kind: 'field', of: ir, name: field.name }, field.domain))
    }
  }
}

class ArrayExpr extends Base {
  readonly #element: Domain
  readonly #index: Domain
  constructor(ir: ExprIr, domain: Extract<Domain, { kind: 'array' }>) {
    super(ir, domain)
    this.#element = domain.element
    this.#index = domain.index
    for (const key of keysOf(domain.index)) definePart(this, String(key), () => this.at(key))
  }
  at(key: unknown): AnyExpr {
    return make({ kind: 'index', of: this.ir, index: coerce(key, this.#index) }, this.#element)
  }
}

class SetExpr extends Base {
  readonly #element: Domain
  constructor(ir: ExprIr, domain: Extract<Domain, { kind: 'set' }>) {
    super(ir, domain)
    this.#element = domain.element
  }
  #combine(operator: SetOperator, other: unknown): AnyExpr {
    return node({ kind: 'combine', operator, left: this.ir, right: coerce(other, this.domain) })
  }
  get size(): AnyExpr {
    return node({ kind: 'size', of: this.ir }, this.domain)
  }
  has(e: unknown): AnyExpr {
    return node({ kind: 'contains', set: this.ir, element: coerce(e, this.#element) })
  }
  with(e: unknown): AnyExpr {
    return node({ kind: 'insert', set: this.ir, element: coerce(e, this.#element) })
  }
  without(e: unknown): AnyExpr {
    return node({ kind: 'remove', set: this.ir, element: coerce(e, this.#element) })
  }
  union(other: unknown): AnyExpr {
    return this.#combine('union', other)
  }
  intersect(other: unknown): AnyExpr {
    return this.#combine('intersection', other)
  }
  except(other: unknown): AnyExpr {
    return this.#combine('difference', other)
  }
  subsetOf(other: unknown): AnyExpr {
    return node({ kind: 'subset', left: this.ir, right: coerce(other, this.domain) })
  }
}

class SequenceExpr extends Base {
  readonly #element: Domain
  constructor(ir: ExprIr, domain: Extract<Domain, { kind: 'sequence' }>) {
    super(ir, domain)
    this.#element = domain.element
  }
  get length(): AnyExpr {
    return node({ kind: 'size', of: this.ir })
  }
  get head(): AnyExpr {
    return this.at(0)
  }
  get last(): AnyExpr {
    return make({ kind: 'last', of: this.ir }, this.#element)
  }
  get rest(): AnyExpr {
    return make({ kind: 'rest', of: this.ir }, this.domain)
  }
  get front(): AnyExpr {
    return make({ kind: 'front', of: this.ir }, this.domain)
  }
  at(position: unknown): AnyExpr {
    return make({ kind: 'index', of: this.ir, index: coerce(position) }, this.#element)
  }
  has(e: unknown): AnyExpr {
    const wanted = coerce(e, this.#element)
    const capacity = this.domain.kind === 'sequence' ? this.domain.capacity : 0
    const isAt = (i: number): ExprIr => ({
      kind: 'and',
      es: [
        { kind: 'compare', operator: 'gt', left: this.length.ir, right: coerce(i) },
        { kind: 'equal', left: this.at(i).ir, right: wanted },
      ],
    })
    return node({ kind: 'or', es: Array.from({ length: capacity }, (_, i) => isAt(i)) })
  }
  append(e: unknown): AnyExpr {
    return make({ kind: 'append', sequence: this.ir, element: coerce(e, this.#element) }, this.domain)
  }
}

function definePart(target: object, name: string, part: () => AnyExpr): void {
  Object.defineProperty(target, name, { get: part, enumerable: true })
}

/** The expression object of an IR node whose domain is known. */
export function make(ir: ExprIr, domain: Domain): AnyExpr {
  switch (domain.kind) {
    case 'boolean':
    case 'enumeration':
      return new Base(ir, domain)
    case 'range':
      return new NumberExpr(ir, domain)
    case 'record':
      return new RecordExpr(ir, domain)
    case 'array':
      return new ArrayExpr(ir, domain)
    case 'set':
      return new SetExpr(ir, domain)
    case 'sequence':
      return new SequenceExpr(ir, domain)
  }
}

/** Variables' domains while the model is being built, by name: where `node` looks them up. */
export let declared = new Map<string, Domain>()

/** From now on those of another model: domains of expressions are remembered by the map. Returns what it was. */
export function declareIn(domains: Map<string, Domain>): Map<string, Domain> {
  const before = declared
  declared = domains
  return before
}

/** The expression object of an IR node; its domain follows from its operands. MC201, MC202, MC203. */
export function node(ir: ExprIr, domain?: Domain): AnyExpr {
  if (depthOf(ir) > deepest) return tooDeep(ir, domain)
  try {
    const found = domainOf(ir, declared)
    return make(ir, domain !== undefined && found.kind === domain.kind ? domain : found)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    mistake(error.code, error.message, domainHints[error.code])
    return standIn(ir, domain)
  }
}

/** MC208. What it is part of is not as deep, so that it is said once. */
function tooDeep(ir: ExprIr, domain: Domain | undefined): AnyExpr {
  const message = `more than ${deepest} operators are within each other here`
  mistake('MC208', message, 'Join parts of about equal length, or let a step set a variable first, and read that.')
  return standIn(ir, domain)
}

/** After a mistake: something of the kind that the operator has, so that one mistake is not reported as many. */
function standIn(ir: ExprIr, domain: Domain | undefined): AnyExpr {
  const number: Domain = { kind: 'range', min: 0, max: 0 }
  const isNumber = ir.kind === 'arithmetic' || ir.kind === 'size' || ir.kind === 'count'
  const found: Domain = isNumber ? number : (domain ?? { kind: 'boolean' })
  return make(anyOf(found), found)
}

/** In place of a value that was mistaken: one that is right. */
function anyOf(domain: Domain): ExprIr {
  return { kind: 'literal', domain, value: zeroValue(domain) }
}

/** The typed face of an expression object. */
export function typed<T>(e: AnyExpr): Expr<T> {
  return e as unknown as Expr<T>
}

/**
 * IR of an operand. A plain value takes the domain it is used with; a number stands for itself.
 * MC102 for a value outside that domain, MC109 for what is no value at all.
 */
export function coerce(value: unknown, domain?: Domain): ExprIr {
  if (isExpr(value)) return value.ir
  if (typeof value === 'boolean') return { kind: 'literal', domain: { kind: 'boolean' }, value }
  if (typeof value === 'number') return { kind: 'literal', domain: { kind: 'range', min: value, max: value }, value }
  if (domain !== undefined && hasExprInside(value)) return collected(value, domain)
  if (domain === undefined && typeof value === 'string') {
    return { kind: 'literal', domain: { kind: 'enumeration', values: [value] }, value }
  }
  return literal(value, domain)
}

function literal(value: unknown, domain: Domain | undefined): ExprIr {
  const plain = value as Value
  if (domain === undefined || value === null || value === undefined || typeof value === 'function') {
    const list = Array.isArray(value) ? 'Join conditions with all(…) or any(…).' : null
    const hint = list ?? uncalled(value) ?? 'Use an expression, a boolean, a number or a label.'
    mistake('MC109', `${nameOf(value)} is not a value`, hint)
    return anyOf(domain ?? { kind: 'boolean' })
  }
  const sorted = inOrder(plain, domain)
  if (!containsValue(domain, sorted)) {
    mistake('MC102', `${shown(value)} is not a value of ${showDomain(domain)}`, 'Check its spelling and bounds.')
    return anyOf(domain)
  }
  return { kind: 'literal', domain, value: sorted }
}

/** What was given, in the words of a message. */
export function nameOf(value: unknown): string {
  if (typeof value === 'function') return value.name === '' ? 'a function' : `the function ${value.name}`
  if (isExpr(value)) return 'an expression'
  if (typeof value === 'object' && value !== null && 'starts' in value) return 'a domain'
  if (typeof value === 'object' && value !== null && 'statement' in value) return 'a statement'
  if (typeof value === 'object' && value !== null && 'temporal' in value) return 'a temporal formula'
  if (typeof value === 'object' && value !== null && 'kind' in value && 'label' in value)
    return `the line '${value.label}'`
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isListChoice(value)) return 'a choice between lists'
  if (value instanceof Promise) return 'a promise (leave out `async`)'
  if (typeof value === 'object' && value !== null && 'selectionName' in value) return `'${value.selectionName}'`
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Set || value instanceof Map) return `a ${value.constructor.name} of JavaScript`
  return `an object ${Object.keys(value).length === 0 ? 'without keys' : `of ${Object.keys(value).join(', ')}`}`
}

/** The same of what a function returned. */
export const returned = (value: unknown): string => (value === undefined ? 'nothing' : nameOf(value))

/** What to do about a function where what it returns is wanted; null: it is none. */
export const uncalled = (value: unknown): string | null =>
  typeof value === 'function' ? 'Call it, and give what it returns.' : null

/** A value in a message, or in words what is none. */
export const shown = (value: unknown): string => (isPlain(value) ? quoted(value) : nameOf(value))

function isPlain(value: unknown): value is Value {
  if (typeof value !== 'object' || value === null) return ['boolean', 'number', 'string'].includes(typeof value)
  const isRecord = Object.getPrototypeOf(value) === Object.prototype
  return (Array.isArray(value) || isRecord) && Object.values(value).every(isPlain)
}

function hasExprInside(value: unknown): boolean {
  if (isExpr(value)) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasExprInside)
}

function isListChoice(value: unknown): value is ListChoice<unknown> {
  return typeof value === 'object' && value !== null && 'condition' in value && isExpr(value.condition)
}

/** What becomes a sequence or a set where it is known which one is wanted. */
export function isList(value: unknown): value is ListOf<unknown> {
  return Array.isArray(value) || isListChoice(value)
}

/** Of operands. A set or a sequence is put together one element after the other. */
function collected(value: unknown, domain: Domain): ExprIr {
  if (isListChoice(value)) {
    const [then, otherwise] = [coerce(value.then, domain), coerce(value.otherwise, domain)]
    return node({ kind: 'conditional', condition: value.condition.ir, then, otherwise }).ir
  }
  if (domain.kind === 'record' || domain.kind === 'array') return constructOf(value, domain)
  if ((domain.kind !== 'set' && domain.kind !== 'sequence') || !Array.isArray(value)) return literal(value, domain)
  const parts = value.map((element) => coerce(element, domain.element))
  const none: ExprIr = { kind: 'literal', domain, value: [] }
  return parts.reduce(
    (e: ExprIr, element): ExprIr =>
      domain.kind === 'set' ? { kind: 'insert', set: e, element } : { kind: 'append', sequence: e, element },
    none,
  )
}

function constructOf(value: unknown, domain: Composite): ExprIr {
  const names = domain.kind === 'record' ? domain.fields.map((field) => field.name) : keysOf(domain.index)
  const parts = partDomains(domain)
  const given = new Map(Object.entries(value as object))
  const offset = domain.kind === 'array' && domain.index.kind === 'range' ? domain.index.min : 0
  const items = names.map((name, i) => {
    const key = typeof name === 'number' ? String(name - offset) : name
    if (!given.has(key)) {
      mistake('MC102', `part \`${name}\` of ${showDomain(domain)} is missing`, 'Give every part.')
      return anyOf(parts[i] ?? domain)
    }
    return coerce(given.get(key), parts[i])
  })
  return { kind: 'construct', domain, items }
}
