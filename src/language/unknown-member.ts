/**
 * Members that an expression, or what is handed out by name, does not have. For JavaScript they are undefined, and what is made of them
 * fails later, elsewhere and in other words, or not at all.
 */

import type { Domain } from '../model/ir.ts'
import { nearest } from '../model/nearest.ts'
import type { ProblemCode } from '../model/problem.ts'
import { showDomain } from './domain-text.ts'
import { fatalMistake, isCollecting, mistake, suspect } from './mistakes.ts'

/** What JavaScript itself asks of any object: whether it is a promise, how it is written as JSON, and whether a module was another kind of one. */
const asked: ReadonlySet<string> = new Set(['then', 'toJSON', '__esModule'])

/** The last prototype of objects: nobody asks it for what an object has, so that it costs nothing there. */
function lastOf<T extends object>(unknown: (of: T, name: string) => unknown): object {
  return new Proxy(Object.prototype, {
    get: (target, name, of: T) =>
      typeof name === 'symbol' || name in target || asked.has(name) ? Reflect.get(target, name, of) : unknown(of, name),
  })
}

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

/** The last prototype of expressions. What is near stands in for a member that there is not. MC201. */
export const lastPrototype = lastOf(unknownMember)

/**
 * The last prototype of things that are handed out by name. `what`: as in "there is no thread". To ask for one that there is not may be
 * meant, as designs with other variables share their code: it is told where building then fails over what is undefined.
 */
export function lastOfNamed(code: ProblemCode, what: string): object {
  return lastOf((of, name) => {
    const known = Object.keys(of)
    const near = nearest(name, known)
    suspect(
      code,
      `${what} '${name}'`,
      near === null ? `There are: ${known.join(', ') || 'none'}.` : `Did you mean '${near}'?`,
    )
  })
}

/** These things, by their names. */
export function named<T extends object>(code: ProblemCode, what: string, things: T): T {
  return Object.setPrototypeOf(things, lastOfNamed(code, what))
}

/**
 * All that a spec can import, for one that imports it whole. MC402 for what there is not; what is near stands in. Nothing is told once
 * the spec has run: exports that are types are looked at then.
 */
export function importable<T extends object>(language: T): T {
  const last = lastOf((of: T, name) => {
    if (!isCollecting()) return undefined
    const near = nearest(name, Object.keys(of))
    const message = `modelcheck has no '${name}'`
    if (near === null) return fatalMistake('MC402', message, languageHint)
    mistake('MC402', message, `Did you mean '${near}'?`)
    return Reflect.get(of, near)
  })
  return Object.setPrototypeOf({ ...language }, last)
}

export const languageHint = 'docs/language.md has all that a spec can import.'

function unknownMember(of: { readonly domain: Domain }, name: string): unknown {
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
