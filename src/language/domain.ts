/**
 * Domains: the finite sets that variables range over.
 */

import { cardinality, containsValue, int32, maxMembers, zeroValue } from '../model/domain.ts'
import type { Domain as DomainIr, IndexDomain, Value } from '../model/ir.ts'
import { normalise, showDomain } from './domain-text.ts'
import { nameOf, reservedNames, shown } from './expression.ts'
import type { ArrayOf, Plain, RecordOf, SequenceOf, SetOf, Start } from './kinds.ts'
import { demandName, fatalMistake, mistake } from './mistakes.ts'

export interface Domain<T> {
  readonly ir: DomainIr
  /** Declares a variable of this domain with its initial value. MC102 if the value lies outside. */
  starts(value: Start<T>): Declared<T>
  readonly plain?: Plain<T>
  readonly kind?: T
}

/** A domain with an initial value: what `state` and `locals` are made of. */
export interface Declared<T> {
  readonly domain: DomainIr
  readonly initial: Value
  readonly kind?: T
}

function domain<T>(ir: DomainIr): Domain<T> {
  return {
    ir,
    starts: (value) => {
      const initial = normalise(value as Value, ir)
      if (containsValue(ir, initial)) return { domain: ir, initial }
      const message = `${shown(initial)} is not a value of ${showDomain(ir)}`
      mistake('MC102', message, 'Start the variable inside its domain.')
      return { domain: ir, initial: zeroValue(ir) }
    },
  }
}

/** Of a part. MC109 for what is no domain, in a spec that was not type-checked. */
function irOf(part: Domain<unknown>): DomainIr {
  if (typeof part === 'object' && part !== null && 'starts' in part) return part.ir
  if (typeof part === 'object' && part !== null && 'initial' in part)
    mistake('MC109', 'a part of a variable starts by itself', 'Write .starts(…) once, after the domain of the whole.')
  else mistake('MC109', `${nameOf(part)} is no domain`, 'Give bool, range(…), oneOf(…) and so on.')
  return bool.ir
}

function demand(isFine: boolean, message: string, hint: string): void {
  if (!isFine) mistake('MC103', message, hint)
}

export const bool: Domain<boolean> = domain({ kind: 'boolean' })

/** The integers min … max, both included. MC103 when empty or beyond 32 bits. */
export function range(min: number, max: number): Domain<number> {
  if (!Number.isInteger(min) || !Number.isInteger(max)) {
    mistake('MC103', `range(${shown(min)}, ${shown(max)}) is not made of integers`, 'Give integers.')
    return domain({ kind: 'range', min: 0, max: 0 })
  }
  demand(!(min > max), `range(${min}, ${max}) is empty`, 'Give the smaller bound first.')
  demand(!(min < int32.min || max > int32.max), `range(${min}, ${max}) exceeds 32 bits`, 'Use a smaller range.')
  return domain(nearest(min, max))
}

/** After a mistake, what may have been meant. */
function nearest(min: number, max: number): Extract<DomainIr, { kind: 'range' }> {
  const [low, high] = [min, max]
    .map((bound) => Math.min(int32.max, Math.max(int32.min, Math.floor(bound) || 0)))
    .sort((left, right) => left - right)
  return { kind: 'range', min: low ?? 0, max: high ?? 0 }
}

/**
 * One of several labels. MC103 when there are none, MC101 when one occurs twice. The type of the whole list is inferred: that of its elements
 * would be `string` for a constant among them (`const nil = 'nil'`), where the domain is a part of another.
 */
export function oneOf<const L extends readonly string[]>(labels: L): Domain<L[number]> {
  if (!Array.isArray(labels)) fatalMistake('MC109', `${shown(labels)} is no list of labels`, "Write oneOf(['a', 'b']).")
  demand(labels.length > 0, 'oneOf([]) is empty', 'Give at least one label.')
  return domain({ kind: 'enumeration', values: labels.length > 0 ? distinct(labels) : ['none'] })
}

/** MC101 for a label that occurs twice, MC107 for an empty one. */
function distinct(labels: readonly string[]): readonly string[] {
  const twice = labels.find((label, i) => labels.indexOf(label) !== i)
  if (twice !== undefined) mistake('MC101', `the label '${twice}' occurs twice`, 'Remove one of them.')
  demandNames('a label', labels)
  return [...new Set(labels)]
}

function demandNames(what: string, names: readonly string[]): void {
  for (const name of names) demandName(what, name)
}

/** Labels from a prefix: `names('p', 3)` is p0, p1, p2. */
export function names(prefix: string, howMany: number): readonly string[] {
  return Array.from({ length: howMany }, (_, i) => `${prefix}${i}`)
}

type Kinds<F> = { readonly [K in keyof F]: F[K] extends Domain<infer T> ? T : never }

/** A record of named fields. MC101 for a field name that expressions need themselves. */
export function record<F extends { readonly [name: string]: Domain<unknown> }>(fields: F): Domain<RecordOf<Kinds<F>>> {
  demandFree(Object.keys(fields))
  demandNames('a field', Object.keys(fields))
  return domain({
    kind: 'record',
    fields: Object.entries(fields).map(([name, field]) => ({ name, domain: irOf(field) })),
  })
}

function demandFree(names: readonly string[]): void {
  const taken = names.find((name) => reservedNames.has(name))
  if (taken !== undefined) mistake('MC101', `'${taken}' is reserved by the language`, 'Choose another name.')
}

/** An array: an element for each label, for 0 … n-1, or for each number of a range. */
export function each<const L extends string, E>(keys: readonly L[], element: Domain<E>): Domain<ArrayOf<L, E>>
export function each<E>(keys: number | Domain<number>, element: Domain<E>): Domain<ArrayOf<number, E>>
export function each(keys: readonly string[] | number | Domain<number>, element: Domain<unknown>): Domain<never> {
  return domain(demandSmall({ kind: 'array', index: indexDomain(keys), element: irOf(element) }))
}

function indexDomain(keys: readonly string[] | number | Domain<number>): IndexDomain {
  if (typeof keys === 'number') {
    const isFine = Number.isInteger(keys) && keys > 0
    demand(isFine, `an array of ${keys} elements`, 'Give a positive number.')
    return { kind: 'range', min: 0, max: isFine ? keys - 1 : 0 }
  }
  if ('ir' in keys) {
    if (keys.ir.kind === 'range') return keys.ir
    mistake('MC103', 'arrays are indexed by labels or a range', 'Use range(…).')
    return { kind: 'range', min: 0, max: 0 }
  }
  demand(keys.length > 0, 'each([], …) has no elements', 'Give at least one label.')
  demandFree(keys)
  return { kind: 'enumeration', values: keys.length > 0 ? distinct(keys) : ['none'] }
}

/** Beyond it a state takes so many words that a search is hopeless, and building the model takes gigabytes. */
const maxParts = 2 ** 16

/** Scalars that a value is made of, a set's bits among them. */
function partsOf(d: DomainIr): number {
  switch (d.kind) {
    case 'record':
      return d.fields.reduce((sum, field) => sum + partsOf(field.domain), 0)
    case 'array':
      return cardinality(d.index) * partsOf(d.element)
    case 'sequence':
      return d.capacity * partsOf(d.element) + 1
    case 'set':
      return cardinality(d.element)
    default:
      return 1
  }
}

function demandSmall(ir: DomainIr): DomainIr {
  const parts = partsOf(ir)
  if (parts <= maxParts) return ir
  return fatalMistake('MC103', `a value of ${parts} parts is too large`, `At most ${maxParts} are possible.`)
}

/** A set of values of a finite domain, kept as a bit mask. MC103 beyond 1024 possible members. */
export function setOf<E>(element: Domain<E>): Domain<SetOf<E>> {
  const ir = irOf(element)
  const hasFixedSize = ['boolean', 'range', 'enumeration', 'record'].includes(ir.kind)
  demand(hasFixedSize, `a set of ${ir.kind}s is not supported`, 'Members are scalars or records of scalars.')
  const size = cardinality(ir)
  if (size > maxMembers)
    fatalMistake('MC103', `a set over ${size} possible members is too large`, `At most ${maxMembers} are possible.`)
  return domain({ kind: 'set', element: ir })
}

/** A sequence of at most `capacity` values: a queue or a stack. Appending to a full one is a model error. */
export function sequenceOf<E>(element: Domain<E>, capacity: number): Domain<SequenceOf<E>> {
  const isFine = Number.isInteger(capacity) && capacity > 0
  demand(isFine, `a sequence of at most ${capacity}`, 'Give a positive capacity.')
  return domain(demandSmall({ kind: 'sequence', element: irOf(element), capacity: isFine ? capacity : 1 }))
}
