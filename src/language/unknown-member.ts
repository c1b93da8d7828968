/**
 * Members that an expression does not have. For JavaScript they are undefined, and what is made of them fails later, elsewhere and in
 * other words, or not at all.
 */

import type { Domain } from '../model/ir.ts'
import { nearest } from '../model/nearest.ts'
import { showDomain } from './domain-text.ts'
import { fatalMistake, mistake } from './mistakes.ts'

/** What JavaScript itself asks of any object: whether it is a promise, and how it is written as JSON. */
const asked: ReadonlySet<string> = new Set(['then', 'toJSON'])

/** What members of the same meaning are called elsewhere. */
const otherWords: { readonly [name: string]: readonly string[] } = {
  equals: ['is'],
  eq: ['is'],
  notEquals: ['isNot'],
  ne: ['isNot'],
  neq: ['isNot'],
  lte: ['le'],
  gte: ['ge'],
  add: ['plus', 'with'],
  sub: ['minus'],
  mul: ['times'],
  delete: ['without'],
  includes: ['has'],
  contains: ['has'],
  push: ['append'],
  length: ['size'],
  size: ['length'],
}

/**
 * The last prototype of expressions: nobody asks it for what an object has, so that it costs nothing there. What is near stands in for a
 * member that there is not. MC201.
 */
export const lastPrototype = new Proxy(Object.prototype, {
  get: (target, name, of: { readonly domain: Domain }) =>
    typeof name === 'symbol' || name in target || asked.has(name) ? Reflect.get(target, name, of) : unknown(of, name),
})

function unknown(of: { readonly domain: Domain }, name: string): unknown {
  const known = membersOf(of)
  const near = otherWords[name]?.find((other) => known.includes(other)) ?? nearest(name, known)
  const message = `a value of ${showDomain(of.domain)} has no '${name}'`
  if (near === null) {
    const others = of.domain.kind === 'boolean' ? '; not(…), all(…), any(…) and implies(…) are functions' : ''
    return fatalMistake('MC201', message, `It has: ${known.join(', ')}${others}.`)
  }
  mistake('MC201', message, `Did you mean '${near}'?`)
  return Reflect.get(of, near)
}

/** What every expression has, and no spec asks for. */
const inner: ReadonlySet<string> = new Set(['ir', 'domain', 'isPlace', 'constructor'])

function membersOf(of: object): readonly string[] {
  const own = Object.getOwnPropertyNames(of).filter((name) => !inner.has(name))
  const above: unknown = Object.getPrototypeOf(of)
  return above === lastPrototype || typeof above !== 'object' || above === null ? own : [...own, ...membersOf(above)]
}
