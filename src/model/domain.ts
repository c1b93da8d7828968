/**
 * Domains: how large they are, and what they contain.
 */

import type { Domain, IndexDomain, Value } from './ir.ts'
import { equalValues, isRecordValue } from './values.ts'

/** Numbers lie between these. */
export const int32 = { min: -(2 ** 31), max: 2 ** 31 - 1 } as const

/** A set has a bit for each value that may be a member. */
export const maxMembers = 1024

/** Number of values; may be larger than 2^53, then it is only an estimate. */
export function cardinality(d: Domain): number {
  switch (d.kind) {
    case 'boolean':
      return 2
    case 'range':
      return Math.max(0, d.max - d.min + 1)
    case 'enumeration':
      return d.values.length
    case 'record':
      return d.fields.reduce((n, field) => n * cardinality(field.domain), 1)
    case 'array':
      return cardinality(d.element) ** cardinality(d.index)
    case 'set':
      return 2 ** cardinality(d.element)
    case 'sequence': {
      let sum = 0
      for (let length = 0; length <= d.capacity; length++) sum += cardinality(d.element) ** length
      return sum
    }
  }
}

/** All values of a finite domain, in canonical order. Only for small domains (set elements, choices). */
export function valuesOf(d: Domain): readonly Value[] {
  switch (d.kind) {
    case 'boolean':
      return [false, true]
    case 'range':
      return Array.from({ length: d.max - d.min + 1 }, (_, i) => d.min + i)
    case 'enumeration':
      return d.values
    case 'record':
      return d.fields.reduce<readonly { readonly [name: string]: Value }[]>(
        (parts, field) => parts.flatMap((part) => valuesOf(field.domain).map((v) => ({ ...part, [field.name]: v }))),
        [{}],
      )
    case 'array':
    case 'set':
    case 'sequence':
      throw new Error(`valuesOf: ${d.kind} domains are not enumerated`)
  }
}

/** The keys of an array's index: labels or numbers. */
export function keysOf(index: IndexDomain): readonly (string | number)[] {
  return index.kind === 'enumeration'
    ? index.values
    : Array.from({ length: index.max - index.min + 1 }, (_, i) => index.min + i)
}

/** False, the least number, the first label; composites of these; empty sets and sequences. */
export function zeroValue(d: Domain): Value {
  switch (d.kind) {
    case 'boolean':
      return false
    case 'range':
      return d.min
    case 'enumeration':
      return d.values[0] ?? ''
    case 'record':
      return Object.fromEntries(d.fields.map((field) => [field.name, zeroValue(field.domain)]))
    case 'array':
      return d.index.kind === 'range'
        ? keysOf(d.index).map(() => zeroValue(d.element))
        : Object.fromEntries(d.index.values.map((label) => [label, zeroValue(d.element)]))
    case 'set':
    case 'sequence':
      return []
  }
}

export function containsValue(d: Domain, value: Value): boolean {
  switch (d.kind) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'range':
      return typeof value === 'number' && Number.isInteger(value) && value >= d.min && value <= d.max
    case 'enumeration':
      return typeof value === 'string' && d.values.includes(value)
    case 'record':
      return hasParts(
        value,
        d.fields.map((field) => [field.name, field.domain]),
      )
    case 'array':
      if (d.index.kind === 'enumeration')
        return hasParts(
          value,
          d.index.values.map((label) => [label, d.element]),
        )
      return (
        Array.isArray(value) && value.length === cardinality(d.index) && value.every((v) => containsValue(d.element, v))
      )
    case 'set':
      return Array.isArray(value) && value.every((v) => containsValue(d.element, v))
    case 'sequence':
      return Array.isArray(value) && value.length <= d.capacity && value.every((v) => containsValue(d.element, v))
  }
}

function hasParts(value: Value, parts: readonly (readonly [string, Domain])[]): boolean {
  if (!isRecordValue(value) || Object.keys(value).length !== parts.length) return false
  return parts.every(([name, d]) => {
    const part = value[name]
    return part !== undefined && containsValue(d, part)
  })
}

/** The same values, written in the same way: parts and labels in the same order. */
export function equalDomains(left: Domain, right: Domain): boolean {
  if (left === right) return true
  switch (left.kind) {
    case 'boolean':
      return right.kind === 'boolean'
    case 'range':
      return right.kind === 'range' && left.min === right.min && left.max === right.max
    case 'enumeration':
      return right.kind === 'enumeration' && equalValues(left.values, right.values)
    case 'record':
      return (
        right.kind === 'record' &&
        left.fields.length === right.fields.length &&
        left.fields.every(({ name, domain }, i) => {
          const field = right.fields[i]
          return field?.name === name && equalDomains(domain, field.domain)
        })
      )
    case 'array':
      return (
        right.kind === 'array' && equalDomains(left.index, right.index) && equalDomains(left.element, right.element)
      )
    case 'set':
      return right.kind === 'set' && equalDomains(left.element, right.element)
    case 'sequence':
      return right.kind === 'sequence' && left.capacity === right.capacity && equalDomains(left.element, right.element)
  }
}

/** The labels of every enumeration in a domain. */
export function labelSetsOf(d: Domain): readonly (readonly string[])[] {
  switch (d.kind) {
    case 'boolean':
    case 'range':
      return []
    case 'enumeration':
      return [d.values]
    case 'record':
      return d.fields.flatMap((field) => labelSetsOf(field.domain))
    case 'array':
      return [...labelSetsOf(d.index), ...labelSetsOf(d.element)]
    case 'set':
    case 'sequence':
      return labelSetsOf(d.element)
  }
}

/** A value of a kind of domain, in words. */
export function aKind(kind: Domain['kind']): string {
  const words = { boolean: 'a boolean', range: 'a number', enumeration: 'a label', array: 'an array' } as const
  return kind === 'record' || kind === 'set' || kind === 'sequence' ? `a ${kind}` : words[kind]
}
