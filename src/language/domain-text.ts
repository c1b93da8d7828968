/**
 * Plain values brought into the form the model keeps them in, and domains as text for messages.
 */

import { valuesOf } from '../model/domain.ts'
import type { Domain, Value } from '../model/ir.ts'
import { equalValues, isListValue, isRecordValue, showValue } from '../model/values.ts'

/** Puts sets in domain order without repeats, wherever they stand, and fields in theirs. Leaves wrong values as they are. */
export function inOrder(value: Value, domain: Domain): Value {
  return throughParts(inOrder, value, domain)
}

/** The same of an initial value, where one value fills an array. */
export function normalise(value: Value, domain: Domain): Value {
  return throughParts(normalise, domain.kind === 'array' ? filled(value, domain) : value, domain)
}

function throughParts(part: typeof inOrder, value: Value, domain: Domain): Value {
  switch (domain.kind) {
    case 'boolean':
    case 'range':
    case 'enumeration':
      return value
    case 'record':
      return throughFields(part, value, new Map(domain.fields.map((field) => [field.name, field.domain])))
    case 'array': {
      const { index, element } = domain
      if (index.kind === 'enumeration')
        return throughFields(part, value, new Map(index.values.map((label) => [label, element])))
      return isListValue(value) ? value.map((v) => part(v, element)) : value
    }
    case 'set': {
      if (!isListValue(value)) return value
      const members = value.map((v) => part(v, domain.element))
      const sorted = valuesOf(domain.element).filter((v) => members.some((m) => equalValues(m, v)))
      return members.every((m) => sorted.some((v) => equalValues(m, v))) ? sorted : members
    }
    case 'sequence':
      return isListValue(value) ? value.map((v) => part(v, domain.element)) : value
  }
}

function throughFields(part: typeof inOrder, value: Value, domains: ReadonlyMap<string, Domain>): Value {
  if (!isRecordValue(value)) return value
  const known = [...domains].flatMap(([name, domain]): readonly (readonly [string, Value])[] => {
    const given = Object.hasOwn(value, name) ? value[name] : undefined
    return given === undefined ? [] : [[name, part(given, domain)]]
  })
  return Object.fromEntries([...known, ...Object.entries(value).filter(([name]) => !domains.has(name))])
}

/** An array of which each element, or all by one, was given. */
function filled(value: Value, { index, element }: Extract<Domain, { kind: 'array' }>): Value {
  if (index.kind === 'range') {
    const length = index.max - index.min + 1
    const isPerKey = isListValue(value) && value.length === length && !isWholeElement(value, element)
    return isPerKey ? value : Array.from({ length }, () => value)
  }
  const isPerKey = isRecordValue(value) && index.values.every((label) => Object.hasOwn(value, label))
  return isPerKey ? value : Object.fromEntries(index.values.map((label) => [label, value]))
}

/** A list can be the start of one element only if elements are lists and its items are not. */
function isWholeElement(value: readonly Value[], element: Domain): boolean {
  if (element.kind === 'set' || element.kind === 'sequence') return !value.every(isListValue)
  return element.kind === 'array' && element.index.kind === 'range' && !value.every(isListValue)
}

/** A value in a message: what is a label is told from a number. */
export function quoted(value: Value): string {
  if (isListValue(value)) return `[${value.map(quoted).join(', ')}]`
  return typeof value === 'string' ? `'${value}'` : showValue(value)
}

export function showDomain(d: Domain): string {
  switch (d.kind) {
    case 'boolean':
      return 'bool'
    case 'range':
      return `${d.min} … ${d.max}`
    case 'enumeration':
      return `{${d.values.join(', ')}}`
    case 'record':
      return `record {${d.fields.map((field) => field.name).join(', ')}}`
    case 'array':
      return `each ${d.index.kind === 'enumeration' ? d.index.values.join(', ') : `${d.index.min} … ${d.index.max}`} of ${showDomain(d.element)}`
    case 'set':
      return `set of ${showDomain(d.element)}`
    case 'sequence':
      return `sequence of at most ${d.capacity} ${showDomain(d.element)}`
  }
}
