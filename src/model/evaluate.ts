/**
 * The reference evaluator: it defines what expressions and statements mean. Small, slow and obvious; it shares no
 * code with the compiler, and every trace is certified by it.
 *
 * An expression that is used several times has one value in a state: what is large is evaluated once for each environment.
 *
 * Order of evaluation: operands left to right; an assignment reads its value first and then the indices of its
 * place, left to right. A guard's own conjuncts come first, in order; those of declared limits after them.
 */

import { containsValue, keysOf, valuesOf } from './domain.ts'
import { domainOf, type Scope, scopeOf } from './domain-of.ts'
import type {
  CollectionExpr,
  CompareOperator,
  Domain,
  Expr,
  Model,
  Place,
  Property,
  Source,
  Statement,
  Value,
} from './ir.ts'
import { partCount } from './operands.ts'
import { printExpr } from './print.ts'
import type { State } from './trace.ts'
import { equalValues, isListValue, isRecordValue, showValue } from './values.ts'

/** A run-time mistake of the model: a verdict with a trace, not a crash. */
export class ModelError extends Error {
  readonly kind: 'out of domain' | 'index' | 'overflow' | 'empty' | 'division'
  /** Of the innermost statement in which it was met; null outside of statements. */
  readonly source: Source | null
  constructor(kind: ModelError['kind'], message: string, source: Source | null = null) {
    super(message)
    this.name = 'ModelError'
    this.kind = kind
    this.source = source
  }
  /** The same, met in this statement. */
  metIn({ source }: Statement): ModelError {
    return new ModelError(this.kind, this.message, source)
  }
  /** The same, met while this property was judged. */
  raisedBy({ name }: Property): ModelError {
    return new ModelError(this.kind, `${this.message}, in the property \`${name}\``, this.source)
  }
}

/** A state in which expressions are evaluated, with its successor inside step properties. */
export interface Environment {
  readonly scope: Scope
  readonly state: State
  readonly next: Environment | null
  /** Values of large expressions in this state. */
  readonly known: Map<Expr, Value>
}

export function environmentOf(model: Model, state: State, next: State | null = null): Environment {
  const after = next === null ? null : environmentOf(model, next)
  return { scope: scopeOf(model), state, next: after, known: new Map() }
}

/** An expression of so many parts may be used so often that evaluating it each time takes for ever. */
const large = 16

/** Throws `ModelError`. */
export function evaluate(e: Expr, env: Environment): Value {
  if (partCount(e) < large) return evaluateAnew(e, env)
  const value = env.known.get(e) ?? evaluateAnew(e, env)
  env.known.set(e, value)
  return value
}

function evaluateAnew(e: Expr, env: Environment): Value {
  switch (e.kind) {
    case 'literal':
      return e.value
    case 'variable':
      return present(env.state[e.name])
    case 'field':
      return fieldOf(evaluate(e.of, env), e.name)
    case 'index':
      return elementAt(domainOf(e.of, env.scope), evaluate(e.of, env), evaluate(e.index, env), () =>
        named(e.of, 'what is indexed'),
      )
    case 'not':
      return !evaluate(e.e, env)
    case 'and':
      return e.es.every((operand) => evaluate(operand, env))
    case 'or':
      return e.es.some((operand) => evaluate(operand, env))
    case 'implies':
      return !evaluate(e.left, env) || evaluate(e.right, env)
    case 'equal':
      return equalValues(evaluate(e.left, env), evaluate(e.right, env))
    case 'compare':
      return compare(e.operator, evaluateNumber(e.left, env), evaluateNumber(e.right, env))
    case 'arithmetic':
      return calculate(e, evaluateNumber(e.left, env), evaluateNumber(e.right, env))
    case 'conditional':
      return evaluate(e.condition, env) ? evaluate(e.then, env) : evaluate(e.otherwise, env)
    case 'count':
      return e.es.map((operand) => evaluate(operand, env)).filter((v) => v === true).length
    case 'construct':
      return construct(
        e.domain,
        e.items.map((item) => evaluate(item, env)),
      )
    case 'next':
      return evaluate(e.e, present(env.next))
    default:
      return evaluateCollection(e, env)
  }
}

function evaluateCollection(e: CollectionExpr, env: Environment): Value {
  switch (e.kind) {
    case 'contains':
      return includes(evaluateList(e.set, env), evaluate(e.element, env))
    case 'insert':
    case 'remove': {
      const d = domainOf(e.set, env.scope)
      const members = evaluateList(e.set, env)
      const element = evaluate(e.element, env)
      if (d.kind === 'set') demandIn(d.element, element, () => named(e.set, 'a set'))
      const others = members.filter((v) => !equalValues(v, element))
      return inDomainOrder(d, e.kind === 'insert' ? [...others, element] : others)
    }
    case 'combine': {
      const left = evaluateList(e.left, env)
      const right = evaluateList(e.right, env)
      if (e.operator === 'intersection') return left.filter((v) => includes(right, v))
      if (e.operator === 'difference') return left.filter((v) => !includes(right, v))
      return inDomainOrder(domainOf(e.left, env.scope), [...left, ...right.filter((v) => !includes(left, v))])
    }
    case 'subset': {
      const left = evaluateList(e.left, env)
      const right = evaluateList(e.right, env)
      return left.every((v) => includes(right, v))
    }
    case 'size':
      return evaluateList(e.of, env).length
    case 'last':
      return nonEmpty(e.of, env).at(-1) ?? false
    case 'append': {
      const d = domainOf(e.sequence, env.scope)
      const items = evaluateList(e.sequence, env)
      const element = evaluate(e.element, env)
      if (d.kind !== 'sequence') throw new Error('append: not a sequence')
      const name = (): string => named(e.sequence, 'a sequence')
      demandIn(d.element, element, name)
      if (items.length >= d.capacity) throw new ModelError('overflow', `${name()} is full: at most ${d.capacity} fit`)
      return [...items, element]
    }
    case 'rest':
      return nonEmpty(e.of, env).slice(1)
    case 'front':
      return nonEmpty(e.of, env).slice(0, -1)
  }
}

function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('evaluate: the model was not validated')
  return value
}

function evaluateNumber(e: Expr, env: Environment): number {
  const value = evaluate(e, env)
  if (typeof value !== 'number') throw new Error('evaluate: a number was expected')
  return value
}

function evaluateList(e: Expr, env: Environment): readonly Value[] {
  const value = evaluate(e, env)
  if (!isListValue(value)) throw new Error('evaluate: a set or a sequence was expected')
  return value
}

function fieldOf(value: Value, name: string): Value {
  return present(isRecordValue(value) ? value[name] : undefined)
}

/** `name` is asked for where there is none. */
function elementAt(d: Domain, value: Value, key: Value, name: () => string): Value {
  const element = elementIn(d, value, key)
  if (element === undefined) throw new ModelError('index', `${name()} has no element ${showValue(key)}`)
  return element
}

function elementIn(d: Domain, value: Value, key: Value): Value | undefined {
  if (isRecordValue(value)) return typeof key === 'string' && Object.hasOwn(value, key) ? value[key] : undefined
  const offset = d.kind === 'array' && d.index.kind === 'range' ? d.index.min : 0
  return isListValue(value) && typeof key === 'number' ? value[key - offset] : undefined
}

function construct(d: Domain, items: readonly Value[]): Value {
  const names = d.kind === 'record' ? d.fields.map((field) => field.name) : d.kind === 'array' ? keysOf(d.index) : []
  const parts =
    d.kind === 'record'
      ? d.fields.map((field) => field.domain)
      : items.map(() => present(d.kind === 'array' ? d.element : null))
  for (const [i, item] of items.entries()) demandIn(present(parts[i]), item, () => `part \`${names[i]}\``)
  if (d.kind === 'array' && d.index.kind === 'range') return items
  return Object.fromEntries(names.map((name, i) => [name, present(items[i])]))
}

function includes(members: readonly Value[], element: Value): boolean {
  return members.some((v) => equalValues(v, element))
}

function inDomainOrder(d: Domain, members: readonly Value[]): readonly Value[] {
  if (d.kind !== 'set') throw new Error('evaluate: a set was expected')
  return valuesOf(d.element).filter((v) => includes(members, v))
}

function nonEmpty(e: Expr, env: Environment): readonly Value[] {
  const items = evaluateList(e, env)
  if (items.length === 0) throw new ModelError('empty', `${named(e, 'a sequence')} is empty`)
  return items
}

/** Longer expressions would hide what is said of them. */
const longestName = 40

function named(e: Expr, otherwise: string): string {
  const text = printExpr(e)
  return text.length <= longestName ? `\`${text}\`` : otherwise
}

/** `name` is asked for where it does not fit. */
function demandIn(d: Domain, value: Value, name: () => string): void {
  if (!containsValue(d, value)) throw new ModelError('out of domain', `${showValue(value)} does not fit into ${name()}`)
}

function compare(operator: CompareOperator, left: number, right: number): boolean {
  switch (operator) {
    case 'lt':
      return left < right
    case 'le':
      return left <= right
    case 'gt':
      return left > right
    case 'ge':
      return left >= right
  }
}

/** Adding 0 turns the -0 of JavaScript into 0. */
function calculate(e: Extract<Expr, { kind: 'arithmetic' }>, left: number, right: number): number {
  switch (e.operator) {
    case 'plus':
      return left + right
    case 'minus':
      return left - right
    case 'times':
      return left * right + 0
    case 'div':
    case 'mod': {
      if (right === 0) {
        const name = e.right.kind === 'literal' ? '0' : `${named(e.right, 'something')}, which is 0`
        throw new ModelError('division', `${left} is divided by ${name}`)
      }
      const quotient = Math.floor(left / right) + 0
      return e.operator === 'div' ? quotient : left - quotient * right
    }
    case 'min':
      return Math.min(left, right)
    case 'max':
      return Math.max(left, right)
  }
}

/** The state with the value stored at a place. Throws `ModelError` for a bad index or a value outside the domain. */
export function assign(place: Place, value: Value, env: Environment): State {
  const steps: (string | Expr)[] = []
  let root: Expr = place
  while (root.kind === 'field' || root.kind === 'index') {
    steps.unshift(root.kind === 'field' ? root.name : root.index)
    root = root.of
  }
  if (root.kind !== 'variable') throw new Error('assign: not a place')
  const d = present(env.scope.get(root.name))
  const keys = steps.map((one) => (typeof one === 'string' ? one : evaluate(one, env)))
  const whole = present(env.state[root.name])
  return { ...env.state, [root.name]: replaced(d, whole, keys, value, root.name) }
}

/** `place`: in words. */
function replaced(d: Domain, old: Value, keys: readonly Value[], value: Value, place: string): Value {
  const [key, ...deeper] = keys
  if (key === undefined) {
    demandIn(d, value, () => `\`${place}\``)
    return value
  }
  const part = d.kind === 'record' ? fieldOf(old, String(key)) : elementAt(d, old, key, () => `\`${place}\``)
  const partDomain =
    d.kind === 'record'
      ? d.fields.find((field) => field.name === key)?.domain
      : d.kind === 'array' || d.kind === 'sequence'
        ? d.element
        : null
  const changed = replaced(present(partDomain), part, deeper, value, `${place}.${showValue(key)}`)
  if (isRecordValue(old)) return { ...old, [String(key)]: changed }
  const offset = d.kind === 'array' && d.index.kind === 'range' ? d.index.min : 0
  return isListValue(old) ? old.with(Number(key) - offset, changed) : changed
}
