/**
 * Plain values brought into the form the model keeps them in, and domains as text for messages.
 */

import { valuesOf } from '../model/domain.ts'
import type { Domain, Value } from '../model/ir.ts'
import { equalValues, isListValue, isRecordValue, showValue } from '../model/values.ts'

/** Fills arrays from one element, and puts sets in domain order without repeats. Leaves wrong values as they are. */
export function normalise(value: Value, domain: Domain): Value {
  switch (domain.kind) {
    case 'boolean':
    case 'range':
    case 'enumeration':
      return value
    case 'record':
      if (!isRecordValue(value)) return value
      return Object.fromEntries(
        Object.entries(value).map(([name, part]) => {
          const field = domain.fields.find((candidate) => candidate.name === name)
          return [name, field === undefined ? part : normalise(part, field.domain)]
        }),
      )
    case 'array':
      return normaliseArray(value, domain)
    case 'set': {
      if (!isListValue(value)) return value
      const members = value.map((v) => normalise(v, domain.element))
      const sorted = valuesOf(domain.element).filter((v) => members.some((m) => equalValues(m, v)))
      return members.every((m) => sorted.some((v) => equalValues(m, v))) ? sorted : members
    }
    case 'sequence':
      return isListValue(value) ? value.map((v) => normalise(v, domain.element)) : value
  }
}

function normaliseArray(value: Value, domain: Extract<Domain, { kind: 'array' }>): Value {
  const { index, element } = domain
  if (index.kind === 'range') {
    const length = index.max - index.min + 1
    const isPerKey = isListValue(value) && value.length === length && !isWholeElement(value, element)
    return Array.from({ length }, (_, i) => normalise(isPerKey ? (value[i] ?? false) : value, element))
  }
  const isPerKey = isRecordValue(value) && index.values.every((label) => Object.hasOwn(value, label))
  return Object.fromEntries(
    index.values.map((label) => [label, normalise(isPerKey ? (value[label] ?? false) : value, element)]),
  )
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
