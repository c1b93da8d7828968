/**
 * Random expressions as a spec writes them, each with its value beside it, which plain JavaScript computes from what the operators are said to
 * mean. The kinds of values are domains of the model; nothing else is shared.
 */

import {
  all,
  any,
  count,
  type Expr,
  exists,
  forall,
  ifElse,
  implies,
  not,
  type Predicate,
} from '../../src/language/index.ts'
import { containsValue, keysOf, valuesOf } from '../../src/model/domain.ts'
import type { Domain, Value } from '../../src/model/ir.ts'
import { canonicalJson } from '../../src/model/values.ts'
import type { Choices } from './choices.ts'
import { randomDomain, randomScalar, randomValue } from './random-domain.ts'

/** An expression or a plain value. Null: it raises a model error. */
export interface Said {
  readonly e: unknown
  readonly v: Value | null
}

export interface Place extends Said {
  readonly d: Domain
}

type List = readonly Value[]
type SetDomain = Extract<Domain, { kind: 'set' }>

const truth: Domain = { kind: 'boolean' }

const same = (x: Value, y: Value): boolean => canonicalJson(x) === canonicalJson(y)
const has = (list: Value, x: Value): boolean => (list as List).some((y) => same(x, y))

/** Whether all values of the one are values of the other. */
function fits(d: Domain, wanted: Domain): boolean {
  if (d.kind === 'range' && wanted.kind === 'range') return wanted.min <= d.min && d.max <= wanted.max
  return canonicalJson(d) === canonicalJson(wanted)
}

const inOrder = (d: Domain, list: Value): Value => valuesOf(d).filter((x) => has(list, x))

/** What only has a value where all of its operands have one. */
function strictly<V extends Value>(operands: readonly Said[], value: (...values: V[]) => Value | null): Value | null {
  const values = operands.map(({ v }) => v)
  return values.some((v) => v === null) ? null : value(...(values as V[]))
}

/** From left to right, until one is `decisive`. */
function inTurn(decisive: boolean, parts: readonly (Value | null)[]): Value | null {
  return parts.find((v) => v !== !decisive) === undefined ? !decisive : (parts.find((v) => v !== !decisive) ?? null)
}

type Members = Readonly<Record<string, unknown>>
type Methods = Readonly<Record<string, (...operands: unknown[]) => unknown>>

const member = (e: unknown, name: string | number): unknown => (e as Members)[name]
const call = (e: unknown, name: string, ...operands: unknown[]): unknown => (e as Methods)[name]?.(...operands)

const arithmetic: { readonly [name: string]: (x: number, y: number) => number | null } = {
  plus: (x, y) => x + y,
  minus: (x, y) => x - y,
  times: (x, y) => x * y,
  div: (x, y) => (y === 0 ? null : Math.floor(x / y)),
  mod: (x, y) => (y === 0 ? null : x - y * Math.floor(x / y)),
  min: Math.min,
  max: Math.max,
}

const comparisons: { readonly [name: string]: (x: number, y: number) => boolean } = {
  lt: (x, y) => x < y,
  le: (x, y) => x <= y,
  gt: (x, y) => x > y,
  ge: (x, y) => x >= y,
}

const ofSets: { readonly [name: string]: (x: List, y: List) => List } = {
  union: (x, y) => [...x, ...y],
  intersect: (x, y) => x.filter((one) => has(y, one)),
  except: (x, y) => x.filter((one) => !has(y, one)),
}

/** Thrown where nothing fits; another expression is tried then. */
export class NothingFits extends Error {}

/** Says expressions over some variables, each with the value that it has in one state. */
export class Speaker {
  readonly #c: Choices
  readonly #places: readonly Place[]

  constructor(c: Choices, places: readonly Place[]) {
    this.#c = c
    this.#places = places
  }

  /** Of a kind that some variable or a part of one has, or of another. */
  any(depth: number): Place {
    const d = this.#c.chance(50) ? truth : this.#kind()
    return { ...this.expression(d, depth), d }
  }

  /** No plain value: something that has members. */
  expression(d: Domain, depth: number): Said {
    for (let tries = 0; tries < 12; tries++) {
      const said = this.#said(d, depth)
      if (typeof said.e === 'object' && said.e !== null && 'ir' in said.e) return said
    }
    throw new NothingFits()
  }

  #kind(): Domain {
    return this.#c.chance(70) ? this.#c.pick(this.#parts()).d : randomDomain(this.#c, 1)
  }

  #setKind(): SetDomain {
    const known = this.#parts().flatMap(({ d }) => (d.kind === 'set' ? [d] : []))
    return known.length > 0 ? this.#c.pick(known) : { kind: 'set', element: randomScalar(this.#c) }
  }

  #parts(): readonly Place[] {
    return this.#places.flatMap((place) => this.#partsOf(place))
  }

  /** A variable, and some parts of it. */
  #partsOf(place: Place): readonly Place[] {
    const { e, v, d } = place
    const c = this.#c
    const part = (of: Domain, read: unknown, value: (whole: never) => Value | undefined): readonly Place[] =>
      this.#partsOf({ d: of, e: read, v: v === null ? null : (value(v as never) ?? null) })
    switch (d.kind) {
      case 'record':
        return [
          place,
          ...d.fields.flatMap(({ name, domain }) => part(domain, member(e, name), (v: Members) => v[name] as Value)),
        ]
      case 'array': {
        const keys = keysOf(d.index)
        const i = c.below(keys.length)
        const key = keys[i] ?? 0
        const read = c.chance(50) ? member(e, key) : call(e, 'at', key)
        return [place, ...part(d.element, read, (v: Members) => (d.index.kind === 'range' ? v[i] : v[key]) as Value)]
      }
      case 'sequence': {
        const i = c.below(d.capacity)
        return [
          place,
          ...c.pick([
            () => part(d.element, member(e, 'head'), (v: List) => v[0]),
            () => part(d.element, member(e, 'last'), (v: List) => v.at(-1)),
            () => part(d.element, call(e, 'at', i), (v: List) => v[i]),
          ])(),
        ]
      }
      default:
        return [place]
    }
  }

  #said(d: Domain, depth: number): Said {
    switch (this.#c.below(depth <= 0 ? 2 : 6)) {
      case 0:
        return this.#plain(d)
      case 1: {
        const found = this.#parts().filter((one) => fits(one.d, d))
        return found.length > 0 ? this.#c.pick(found) : this.#plain(d)
      }
      case 2:
        return this.#conditional(d, depth - 1)
      default:
        return this.#made(d, depth - 1)
    }
  }

  #plain(d: Domain): Said {
    const v = randomValue(this.#c, d)
    return { e: v, v }
  }

  #conditional(d: Domain, depth: number): Said {
    const condition = this.#said(truth, depth)
    const [then, otherwise] = [this.expression(d, depth), this.#said(d, depth)]
    return {
      e: ifElse(condition.e as Predicate, then.e as Expr<number>, otherwise.e as number),
      v: condition.v === null ? null : condition.v === true ? then.v : otherwise.v,
    }
  }

  /** By what makes values of this kind. */
  #made(d: Domain, depth: number): Said {
    switch (d.kind) {
      case 'boolean':
        return this.#truth(depth)
      case 'range': {
        const { e, v } = this.#number(depth)
        const bounded = call(call(e, 'max', d.min), 'min', d.max)
        return { e: bounded, v: v === null ? null : Math.min(d.max, Math.max(d.min, Number(v))) }
      }
      case 'enumeration':
        return this.#said(d, 0)
      case 'record':
      case 'array':
        return this.#whole(d, depth)
      case 'set':
        return this.#set(d, depth)
      case 'sequence':
        return this.#sequence(d, depth)
    }
  }

  #whole(d: Extract<Domain, { kind: 'record' | 'array' }>, depth: number): Said {
    const parts: readonly (readonly [string | number, Domain])[] =
      d.kind === 'record'
        ? d.fields.map(({ name, domain }) => [name, domain] as const)
        : keysOf(d.index).map((key) => [key, d.element] as const)
    const said = parts.map(([name, part]) => [name, this.#said(part, depth)] as const)
    const isList = d.kind === 'array' && d.index.kind === 'range'
    const put = (values: readonly unknown[]): unknown =>
      isList ? values : Object.fromEntries(said.map(([name], i) => [name, values[i]] as const).reverse())
    return {
      e: put(said.map(([, { e }]) => e)),
      v: strictly(
        said.map(([, one]) => one),
        (...values) => put(values) as Value,
      ),
    }
  }

  #number(depth: number): Said {
    const c = this.#c
    const digit = (): Domain => ({ kind: 'range', min: c.pick([-3, 0, 1]), max: c.pick([2, 3, 5]) })
    if (c.chance(15)) return this.#quantified('count', depth)
    if (c.chance(20)) {
      const set = this.expression(this.#setKind(), depth)
      return { e: member(set.e, 'size'), v: strictly<Value[]>([set], (x) => x.length) }
    }
    const [name, meaning] = c.pick(Object.entries(arithmetic))
    const [x, y] = [this.expression(digit(), depth), this.#said(digit(), depth)]
    return { e: call(x.e, name, y.e), v: strictly([x, y], meaning) }
  }

  #set(d: SetDomain, depth: number): Said {
    const c = this.#c
    if (c.chance(25)) {
      const said = c.times(0, 3, () => this.#said(d.element, depth))
      return { e: said.map(({ e }) => e), v: strictly(said, (...values) => inOrder(d.element, values)) }
    }
    const set = this.expression(d, depth)
    if (c.chance(40)) {
      const [name, op] = c.pick([
        ['with', 'union'],
        ['without', 'except'],
      ] as const)
      const x = this.#said(d.element, depth)
      const put = (members: List, one: Value): Value | null =>
        containsValue(d.element, one) ? inOrder(d.element, ofSets[op]?.(members, [one]) ?? []) : null
      return { e: call(set.e, name, x.e), v: strictly<never>([set, x], put) }
    }
    const [name, meaning] = c.pick(Object.entries(ofSets))
    const other = this.#said(d, depth)
    const value = (x: List, y: List): Value => inOrder(d.element, meaning(x, y))
    return { e: call(set.e, name, other.e), v: strictly<never>([set, other], value) }
  }

  #sequence(d: Extract<Domain, { kind: 'sequence' }>, depth: number): Said {
    const c = this.#c
    if (c.chance(25)) {
      const said = c.times(0, d.capacity, () => this.#said(d.element, depth))
      return { e: said.map(({ e }) => e), v: strictly(said, (...values) => values) }
    }
    const sequence = this.expression(d, depth)
    if (c.chance(40)) {
      const x = this.#said(d.element, depth)
      const append = (list: List, one: Value): Value | null => (list.length < d.capacity ? [...list, one] : null)
      return { e: call(sequence.e, 'append', x.e), v: strictly<never>([sequence, x], append) }
    }
    const [name, start, end] = c.pick([
      ['rest', 1, undefined],
      ['front', 0, -1],
    ] as const)
    const cut = (list: List): Value | null => (list.length === 0 ? null : list.slice(start, end))
    return { e: member(sequence.e, name), v: strictly<never>([sequence], cut) }
  }

  #truth(depth: number): Said {
    const c = this.#c
    const some = (): readonly Said[] => c.times(0, 3, () => this.#said(truth, depth))
    switch (c.below(9)) {
      case 0:
      case 1: {
        const said = some()
        const predicates = said.map(({ e }) => e as Predicate)
        const values = said.map(({ v }) => v)
        return c.chance(50)
          ? { e: all(c.chance(50) ? predicates : [predicates]), v: inTurn(false, values) }
          : { e: any(...predicates), v: inTurn(true, values) }
      }
      case 2: {
        const x = this.#said(truth, depth)
        return { e: not(x.e as Predicate), v: strictly<boolean>([x], (value) => !value) }
      }
      case 3: {
        const [x, y] = [this.#said(truth, depth), this.#said(truth, depth)]
        return { e: implies(x.e as Predicate, y.e as Predicate), v: x.v === true ? y.v : x.v === null ? null : true }
      }
      case 4:
        return this.#equality(depth)
      case 5: {
        const digits: Domain = { kind: 'range', min: -1, max: 3 }
        const [name, meaning] = c.pick(Object.entries(comparisons))
        const [x, y] = [this.expression(digits, depth), this.#said(digits, depth)]
        return { e: call(x.e, name, y.e), v: strictly([x, y], meaning) }
      }
      case 6:
        return this.#membership(depth)
      default:
        return this.#quantified(c.pick(['forall', 'exists']), depth)
    }
  }

  #equality(depth: number): Said {
    const d = this.#kind()
    const [x, y] = [this.expression(d, depth), this.#said(d, depth)]
    const isNegated = this.#c.chance(40)
    return {
      e: call(x.e, isNegated ? 'isNot' : 'is', y.e),
      v: strictly([x, y], (left: Value, right: Value) => same(left, right) !== isNegated),
    }
  }

  #membership(depth: number): Said {
    const collections = this.#parts().flatMap(({ d }) => (d.kind === 'set' || d.kind === 'sequence' ? [d] : []))
    if (collections.length === 0) return this.#equality(depth)
    const d = this.#c.pick(collections)
    const whole = this.expression(d, depth)
    if (d.kind === 'set' && this.#c.chance(50)) {
      const other = this.#said(d, depth)
      const isSubset = (x: List, y: List): boolean => x.every((one) => has(y, one))
      return { e: call(whole.e, 'subsetOf', other.e), v: strictly<never>([whole, other], isSubset) }
    }
    const x = this.#said(d.element, depth)
    // Elements of a sequence are compared one by one: of none nothing is asked.
    const isNone = d.kind === 'sequence' && canonicalJson(whole.v) === '[]'
    return { e: call(whole.e, 'has', x.e), v: isNone ? false : strictly([whole, x], has) }
  }

  #quantified(what: 'forall' | 'exists' | 'count', depth: number): Said {
    const unit = what === 'forall'
    const values: (Value | null)[] = []
    const [items, isMember] = this.#items(depth)
    const e = { forall, exists, count }[what](items as readonly unknown[], (item) => {
      const body = this.#said(truth, depth)
      const member = isMember(item as Value)
      values.push(isPlainly(body.e, unit) ? unit : member === null ? null : member ? body.v : unit)
      return body.e as Predicate
    })
    if (what !== 'count') return { e, v: inTurn(!unit, values) }
    return { e, v: values.includes(null) ? null : values.filter((v) => v === true).length }
  }

  /** What is ranged over, and which of it counts. */
  #items(depth: number): readonly [unknown, (item: Value) => boolean | null] {
    const c = this.#c
    const always = (): boolean => true
    switch (c.below(6)) {
      case 0:
        return [c.times(0, 3, (i) => `item ${i}`), always]
      case 1:
        return [c.below(4), always]
      case 2:
        return [{ ir: randomScalar(c) }, always]
      default: {
        const { e, v } = this.expression(this.#setKind(), depth)
        return [e, (item) => (v === null ? null : has(v, item))]
      }
    }
  }
}

/** What is known to be so while the model is built is left out, with all that it stands beside. */
function isPlainly(e: unknown, value: boolean): boolean {
  if (typeof e === 'boolean') return e === value
  const { ir } = e as Expr<boolean>
  return ir.kind === 'literal' && ir.value === value
}
