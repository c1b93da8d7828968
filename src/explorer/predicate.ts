/**
 * A condition on states, as somebody types it: `daif.A and current = T2`, `at(T1, ERET)`, `preemptCount.T1 + 1 > 2`.
 *
 * It is read into an expression of the model and never run as code. Names are the model's own; a word that is no variable
 * is a label, whose domain is that of what it is compared with.
 *
 *   implies := or ('=>' implies)?          or := and ('or' and)*            and := not ('and' not)*
 *   not := 'not' not | compared            compared := sum (('=' | '!=' | '<' | '<=' | '>' | '>=' | 'in') sum)?
 *   sum := atom (('+' | '-') atom)*        atom := place | number | label | 'text' | '(' implies ')' | call
 *   call := 'at' '(' thread ',' label ')' | 'nesting' '(' thread ')'
 */

import * as E from 'fp-ts/Either'
import { DomainError, domainOf, type Scope, scopeOf } from '../model/domain-of.ts'
import type { CompareOperator, Domain, Expr, Model, Thread } from '../model/ir.ts'
import { comingNext, disjunction } from '../model/ways.ts'
import { Cursor, Unreadable } from './cursor.ts'

/** What is wrong, and where: an offset into the text. */
export interface Misread {
  readonly message: string
  readonly at: number
}

/** `Left` for text that is no condition on the states of this model. */
export function parsePredicate(model: Model, text: string): E.Either<Misread, Expr> {
  if (text.length > longest) return E.left({ message: `a condition has at most ${longest} characters`, at: longest })
  try {
    return E.right(new Reader(model, text).read())
  } catch (error) {
    if (error instanceof Unreadable) return E.left({ message: error.message, at: error.at })
    throw error
  }
}

const longest = 2000
const deepest = 60

/** A label has no domain of its own. */
type Operand = Expr | { readonly kind: 'label'; readonly text: string }

/** An operand and where it stands. */
interface Read {
  readonly operand: Operand
  readonly at: number
}

const comparisons: { readonly [symbol: string]: CompareOperator } = { '<=': 'le', '>=': 'ge', '<': 'lt', '>': 'gt' }

/** Recursive descent: a method for each rule. */
class Reader {
  readonly #model: Model
  readonly #scope: Scope
  readonly #cursor: Cursor
  /** Longest first: a name may be the beginning of another. */
  readonly #variables: readonly string[]
  #depth = 0

  constructor(model: Model, text: string) {
    this.#model = model
    this.#scope = scopeOf(model)
    this.#cursor = new Cursor(text)
    this.#variables = model.variables.map((one) => one.name).sort((left, right) => right.length - left.length)
  }

  read(): Expr {
    const e = this.#boolean(this.#implies())
    this.#cursor.end()
    return e
  }

  #implies(): Read {
    return this.#deeper(() => {
      const left = this.#or()
      if (this.#cursor.take('=>') === null) return left
      const e: Expr = { kind: 'implies', left: this.#boolean(left), right: this.#boolean(this.#implies()) }
      return { operand: e, at: left.at }
    })
  }

  #or(): Read {
    return this.#joined('or', ['or', '||'], () => this.#and())
  }

  #and(): Read {
    return this.#joined('and', ['and', '&&'], () => this.#not())
  }

  #joined(kind: 'and' | 'or', symbols: readonly string[], part: () => Read): Read {
    const first = part()
    if (this.#cursor.take(...symbols) === null) return first
    const es = [this.#boolean(first)]
    do es.push(this.#boolean(part()))
    while (this.#cursor.take(...symbols) !== null)
    return { operand: { kind, es }, at: first.at }
  }

  #not(): Read {
    const { at } = this.#cursor
    if (this.#cursor.take('not', '!') === null) return this.#compared()
    return this.#deeper(() => ({ operand: { kind: 'not', e: this.#boolean(this.#not()) }, at }))
  }

  #compared(): Read {
    const left = this.#sum()
    const { at } = this.#cursor
    const symbol = this.#cursor.take('!=', '==', '=>', '=', '<=', '>=', '<', '>', 'in')
    if (symbol === null) return left
    if (symbol === '=>') {
      this.#cursor.back(at)
      return left
    }
    const right = this.#sum()
    return { operand: this.#checked(this.#comparison(symbol, left, right), left.at), at: left.at }
  }

  #comparison(symbol: string, left: Read, right: Read): Expr {
    if (symbol === 'in') {
      const set = this.#whole(right)
      const d = this.#domain(set, right.at)
      if (d.kind !== 'set') return this.#cursor.fail('a set is wanted here', right.at)
      return { kind: 'contains', set, element: this.#labelled(left, d.element) }
    }
    const operator = comparisons[symbol]
    if (operator !== undefined) {
      return { kind: 'compare', operator, left: this.#whole(left), right: this.#whole(right) }
    }
    const [known, other] = left.operand.kind === 'label' ? [right, left] : [left, right]
    const place = this.#whole(known)
    const value = this.#labelled(other, this.#domain(place, known.at))
    const e = this.#checked({ kind: 'equal', left: place, right: value }, left.at)
    return symbol === '!=' ? { kind: 'not', e } : e
  }

  #sum(): Read {
    const first = this.#atom()
    let { operand } = first
    for (let symbol = this.#cursor.take('+', '-'); symbol !== null; symbol = this.#cursor.take('+', '-')) {
      const left = this.#whole({ operand, at: first.at })
      const operator = symbol === '+' ? 'plus' : 'minus'
      operand = this.#checked({ kind: 'arithmetic', operator, left, right: this.#whole(this.#atom()) }, first.at)
    }
    return { operand, at: first.at }
  }

  #atom(): Read {
    const cursor = this.#cursor
    const { at } = cursor
    if (cursor.take('(') !== null) {
      const inside = this.#implies()
      cursor.want(')')
      return inside
    }
    const name = cursor.take(...this.#variables)
    if (name !== null) return { operand: this.#parts({ kind: 'variable', name }, at), at }
    const number = cursor.number()
    if (number !== null) return { operand: integer(number), at }
    const call = cursor.take('at', 'nesting')
    if (call !== null && cursor.take('(') !== null) return { operand: this.#called(call), at }
    cursor.back(at)
    const text = cursor.word()
    if (text === 'true' || text === 'false') {
      return { operand: { kind: 'literal', domain: { kind: 'boolean' }, value: text === 'true' }, at }
    }
    return { operand: { kind: 'label', text }, at }
  }

  /** `.field`, `.label` of an array and `[index]`, as many as follow. */
  #parts(place: Expr, at: number): Expr {
    const cursor = this.#cursor
    const d = this.#domain(place, at)
    if (cursor.isNext('.')) {
      cursor.want('.')
      const label: Read = { at: cursor.at, operand: { kind: 'label', text: cursor.word() } }
      const isArray = d.kind === 'array' && d.index.kind === 'enumeration'
      const e: Expr = isArray
        ? { kind: 'index', of: place, index: this.#labelled(label, d.index) }
        : { kind: 'field', of: place, name: label.operand.kind === 'label' ? label.operand.text : '' }
      return this.#parts(this.#checked(e, label.at), at)
    }
    if (cursor.isNext('[')) {
      cursor.want('[')
      const index = this.#deeper(() => this.#sum())
      cursor.want(']')
      const e = d.kind === 'array' ? this.#labelled(index, d.index) : this.#whole(index)
      return this.#parts(this.#checked({ kind: 'index', of: place, index: e }, index.at), at)
    }
    return place
  }

  #called(name: string): Expr {
    const cursor = this.#cursor
    const { at } = cursor
    const id = cursor.word()
    const thread = this.#model.threads.find((one) => one.name === id)
    if (thread === undefined) return cursor.fail(`there is no thread \`${id}\``, at)
    if (name === 'at') cursor.want(',')
    const e = name === 'at' ? this.#atLabel(thread) : nestingOf(thread)
    cursor.want(')')
    return e
  }

  #atLabel(thread: Thread): Expr {
    const { at } = this.#cursor
    const label = this.#cursor.word()
    const counter: Expr = { kind: 'variable', name: thread.counter }
    const { locations } = thread
    const ways = { counter, counterDomain: this.#domain(counter, at), locations }
    const places = comingNext(ways, (way) => way.kind === 'step' && way.label === label)
    if (places.length === 0) return this.#cursor.fail(`${thread.name} has no step \`${label}\``, at)
    return disjunction(places)
  }

  #deeper(read: () => Read): Read {
    if (++this.#depth > deepest) this.#cursor.fail('the condition is nested too deep')
    const found = read()
    this.#depth--
    return found
  }

  #domain(e: Expr, at: number): Domain {
    try {
      return domainOf(e, this.#scope)
    } catch (error) {
      if (error instanceof DomainError) return this.#cursor.fail(error.message, at)
      throw error
    }
  }

  #checked(e: Expr, at: number): Expr {
    this.#domain(e, at)
    return e
  }

  #whole({ operand, at }: Read): Expr {
    return operand.kind === 'label' ? this.#cursor.fail(`there is no variable \`${operand.text}\``, at) : operand
  }

  #boolean(read: Read): Expr {
    const e = this.#whole(read)
    return this.#domain(e, read.at).kind === 'boolean' ? e : this.#cursor.fail('a condition is wanted here', read.at)
  }

  /** A label takes the domain it is compared with; one that the domain does not have is a slip. */
  #labelled({ operand, at }: Read, d: Domain): Expr {
    if (operand.kind !== 'label') return operand
    if (d.kind !== 'enumeration') return this.#cursor.fail(`there is no variable \`${operand.text}\``, at)
    if (d.values.includes(operand.text)) return { kind: 'literal', domain: d, value: operand.text }
    const known = d.values.slice(0, 8).join(', ')
    return this.#cursor.fail(`\`${operand.text}\` is none of ${known}${d.values.length > 8 ? ', …' : ''}`, at)
  }
}

function nestingOf(thread: Thread): Expr {
  return thread.stack === null ? integer(0) : { kind: 'size', of: { kind: 'variable', name: thread.stack } }
}

function integer(value: number): Expr {
  return { kind: 'literal', domain: { kind: 'range', min: value, max: value }, value }
}
