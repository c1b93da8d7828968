/**
 * What the builder of a model returns, and how it is read: in a spec that was not type-checked it may be anything.
 */

import { aKind } from '../model/domain.ts'
import { domainOf } from '../model/domain-of.ts'
import type { Expr as ExprIr, Source } from '../model/ir.ts'
import type { ActionHandle } from './action.ts'
import { type AnyExpr, coerce, declared, isExpr, isList, nameOf, returned } from './expression.ts'
import type { FairnessList } from './fairness.ts'
import { isFormula, type Predicate } from './formula.ts'
import { demandKeys, fatalMistake, mistake } from './mistakes.ts'
import type { Property } from './property.ts'
import type { Selected } from './selection.ts'
import type { Statements } from './statement.ts'
import type { ThreadHandle } from './thread.ts'

type Handles<T> = T | { readonly [id: string]: T } | readonly Handles<T>[]

/** What the builder of a model returns. Variables are those that `state` and `threads` declared meanwhile. */
export interface Definition {
  /** Run from the declared initial values; every outcome is an initial state. */
  readonly initially?: Statements
  readonly threads?: Handles<ThreadHandle>
  readonly actions?: Handles<ActionHandle>
  readonly fairness?: FairnessList
  /** States where one of these fails are counted and judged, but not expanded. */
  readonly within?: { readonly [name: string]: Predicate }
  /** Where the model may stop, besides states in which all threads have finished. */
  readonly terminal?: Predicate
  /** Deadlock is judged without being asked for. */
  readonly properties?: { readonly [name: string]: Property }
  /** Properties known to be violated: `deadlock` and messages of checks can be named too. */
  readonly expectViolated?: readonly string[]
  /** What reports and the explorer draw as coloured strips under the lanes, by the name of the strip. */
  readonly strips?: { readonly [name: string]: AnyExpr }
  /** Sets of labels that are all alike, as threads or elements of arrays: `--reduce symmetry` searches one order of each. */
  readonly interchangeable?: readonly (readonly string[])[]
}

const definitionKeys = {
  initially: true,
  threads: true,
  actions: true,
  fairness: true,
  within: true,
  terminal: true,
  properties: true,
  expectViolated: true,
  strips: true,
  interchangeable: true,
} as const

/** MC107 for what is no record of these parts. */
export function demandDefinition(name: string, definition: Definition, source: Source): void {
  const isObject = typeof definition === 'object' && definition !== null
  if (!isObject || isExpr(definition) || isList(definition) || definition instanceof Promise) {
    const hint = 'Return { threads, properties: { … } }.'
    fatalMistake('MC107', `the builder of '${name}' returns ${returned(definition)}`, hint, source)
  }
  demandKeys(`what the builder of '${name}' returns`, definition, definitionKeys, source)
}

/**
 * Under one key of a definition there are threads only, under the other actions, here in order. MC107 for one under the other's key, MC109 for what
 * is neither.
 */
export function handlesOf<T extends Selected>(
  key: 'threads' | 'actions',
  handles: Handles<T> | undefined,
): readonly T[] {
  return flattenHandles(handles).filter((one) => {
    const belongs = 'thread' in one ? 'threads' : 'actions'
    if (belongs === key) return true
    mistake('MC107', `'${one.selectionName}' is returned as \`${key}\``, `Return it as \`${belongs}\`.`)
    return false
  })
}

function flattenHandles<T extends { readonly selectionName: string }>(handles: Handles<T> | undefined): readonly T[] {
  if (handles === undefined) return []
  if (typeof handles !== 'object' || handles === null || isOther(handles)) {
    mistake('MC109', `${nameOf(handles)} is neither a thread nor an action`, 'Return what `threads` or `action` gave.')
    return []
  }
  if (isHandle<T>(handles)) return [handles]
  return Object.values(handles).flatMap((one: Handles<T>) => flattenHandles(one))
}

/** What a spec makes besides, and is no list or record of handles. */
function isOther(handles: object): boolean {
  if (isExpr(handles) || isFormula(handles)) return true
  return 'statement' in handles && 'kind' in Object(handles.statement)
}

function isHandle<T extends { readonly selectionName: string }>(handles: Handles<T>): handles is T {
  return 'selectionName' in handles && typeof handles.selectionName === 'string'
}

/** What a builder returned as a predicate: by then no line of the spec is being run, so the model is the place. MC109, MC202. */
export function predicateOf(value: Predicate | undefined, name: string, source: Source): ExprIr {
  if (isExpr(value)) {
    const { kind } = domainOf(coerce(value), declared)
    if (kind === 'boolean') return coerce(value)
    mistake('MC202', `${name} is ${aKind(kind)}, and no predicate`, 'Compare it with something.', source)
    return coerce(false)
  }
  if (typeof value === 'boolean') return coerce(value)
  mistake('MC109', `${name} is ${nameOf(value)}, and no predicate`, 'Give a boolean, or compare something.', source)
  return coerce(false)
}

const examples = {
  properties: "properties: { 'stays low': always(n.lt(3)) }",
  within: 'within: { small: n.lt(3) }',
  strips: 'strips: { level: n }',
} as const

/** What stands under a key of a definition, by name. MC109 for what has no names. */
export function namedParts<T>(
  key: keyof typeof examples,
  parts: { readonly [name: string]: T },
  source: Source,
): readonly [string, T][] {
  if (typeof parts === 'object' && parts !== null && !Array.isArray(parts) && !isExpr(parts) && !isFormula(parts)) {
    return Object.entries(parts)
  }
  mistake('MC109', `\`${key}\` is ${nameOf(parts)}`, `Name each: ${examples[key]}.`, source)
  return []
}
