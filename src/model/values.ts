/**
 * Values as plain data: equality, order and text.
 */

import type { Value } from './ir.ts'

export function isRecordValue(value: Value): value is { readonly [name: string]: Value } {
  return typeof value === 'object' && !Array.isArray(value)
}

export function isListValue(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

/** Structural equality. Sets are kept in domain order, so lists compare element by element. */
export function equalValues(left: Value, right: Value): boolean {
  if (left === right) return true
  if (isListValue(left) && isListValue(right)) {
    return left.length === right.length && left.every((v, i) => equalValues(v, right[i] ?? false))
  }
  if (isRecordValue(left) && isRecordValue(right)) {
    const names = Object.keys(left)
    return (
      names.length === Object.keys(right).length &&
      names.every((name) => {
        const l = left[name]
        const r = right[name]
        return l !== undefined && r !== undefined && equalValues(l, r)
      })
    )
  }
  return false
}

/**
 * Short text of a value. A record of booleans with one-letter names is written as flags: `DA..` has D and A set.
 */
export function showValue(value: Value): string {
  if (isListValue(value)) return `[${value.map(showValue).join(', ')}]`
  if (!isRecordValue(value)) return String(value)
  const entries = Object.entries(value)
  if (entries.length > 1 && entries.every(([name, v]) => name.length === 1 && typeof v === 'boolean')) {
    return entries.map(([name, v]) => (v === true ? name : '.')).join('')
  }
  return `{${entries.map(([name, v]) => `${name}: ${showValue(v)}`).join(', ')}}`
}

/** JSON with the keys of every object sorted, without the places in the spec. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (key, v: unknown) => {
    if (key === 'source') return undefined
    if (typeof v !== 'object' || v === null || Array.isArray(v)) return v
    return Object.fromEntries(Object.entries(v).sort(([left], [right]) => (left < right ? -1 : 1)))
  })
}
