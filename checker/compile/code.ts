/**
 * Code of an expression: JavaScript text for every leaf of its value. Numbers are themselves, labels ordinals, booleans
 * JavaScript booleans, sets masks. Composite values are never built: `last(frames).pc` becomes the text that picks
 * one leaf, so that nothing is allocated and short circuit is JavaScript's own.
 *
 * A run-time error is the call `fail()`, which throws; whether a text contains one decides if its user needs a `try`.
 */

import { cardinality, keysOf } from '../../src/model/domain-of.ts'
import type { Domain, Value } from '../../src/model/ir.ts'
import { equalValues, isListValue, isRecordValue } from '../../src/model/values.ts'
import { ordinalOf, type Slot } from './layout.ts'

export type Code =
  | { readonly kind: 'scalar'; readonly text: string; readonly domain: Domain }
  | { readonly kind: 'parts'; readonly parts: readonly Code[]; readonly domain: Domain }
  | { readonly kind: 'set'; readonly masks: readonly string[]; readonly domain: Extract<Domain, { kind: 'set' }> }
  | {
      readonly kind: 'sequence'
      readonly length: string
      readonly parts: readonly Code[]
      readonly domain: Extract<Domain, { kind: 'sequence' }>
    }

/** Text that reads a word of the state. */
export type ReadWord = (word: number) => string

export const failText = 'fail()'

export function canFail(code: Code): boolean {
  return leavesOf(code).some((text) => text.includes(failText))
}

/** All texts of a value, in order. */
export function leavesOf(code: Code): readonly string[] {
  switch (code.kind) {
    case 'scalar':
      return [code.text]
    case 'parts':
      return code.parts.flatMap(leavesOf)
    case 'set':
      return code.masks
    case 'sequence':
      return [code.length, ...code.parts.flatMap(leavesOf)]
  }
}

function mapLeaves(code: Code, change: (text: string) => string): Code {
  switch (code.kind) {
    case 'scalar':
      return { ...code, text: change(code.text) }
    case 'parts':
      return { ...code, parts: code.parts.map((part) => mapLeaves(part, change)) }
    case 'set':
      return { ...code, masks: code.masks.map(change) }
    case 'sequence':
      return { ...code, length: change(code.length), parts: code.parts.map((part) => mapLeaves(part, change)) }
  }
}

/** Leaf by leaf, `pick` of the texts of several values of the same shape. */
export function combineLeaves(codes: readonly Code[], pick: (texts: readonly string[]) => string): Code {
  const [first, ...others] = codes
  if (first === undefined) throw new Error('combineLeaves: nothing to combine')
  const columns = others.map(leavesOf)
  let leaf = 0
  return mapLeaves(first, (text) => {
    const texts = [text, ...columns.map((column) => column[leaf] ?? failText)]
    leaf++
    return pick(texts)
  })
}

/** A leaf's raw bits. */
export function bitsText(
  read: ReadWord,
  leaf: { readonly word: number; readonly shift: number; readonly width: number },
): string {
  const { word, shift, width } = leaf
  if (width === 0) return '0'
  if (width === 32) return read(word)
  if (shift === 0) return `(${read(word)} & ${2 ** width - 1})`
  if (shift + width === 32) return `(${read(word)} >>> ${shift})`
  return `(${read(word)} >>> ${shift} & ${2 ** width - 1})`
}

/** The value stored in a slot. */
export function readSlot(read: ReadWord, slot: Slot): Code {
  switch (slot.kind) {
    case 'scalar':
      return {
        kind: 'scalar',
        domain: slot.domain,
        text: scalarText(bitsText(read, slot.leaf), slot.domain, slot.leaf.width),
      }
    case 'parts':
      return { kind: 'parts', domain: slot.domain, parts: slot.parts.map((part) => readSlot(read, part)) }
    case 'set':
      return { kind: 'set', domain: slot.domain, masks: slot.masks.map((mask) => bitsText(read, mask)) }
    case 'sequence':
      return {
        kind: 'sequence',
        domain: slot.domain,
        length: bitsText(read, slot.length),
        parts: slot.parts.map((part) => readSlot(read, part)),
      }
  }
}

function scalarText(bits: string, d: Domain, width: number): string {
  if (d.kind === 'boolean') return `(${bits} !== 0)`
  if (d.kind !== 'range') return bits
  const ordinal = width === 32 ? `(${bits} >>> 0)` : bits
  if (d.min === 0) return ordinal
  return width === 0 ? String(d.min) : `(${ordinal} + ${d.min})`
}

/** Code of a constant. */
export function literalCode(d: Domain, value: Value): Code {
  switch (d.kind) {
    case 'boolean':
      return { kind: 'scalar', domain: d, text: String(value === true) }
    case 'range':
      return { kind: 'scalar', domain: d, text: Number(value) < 0 ? `(${String(value)})` : String(value) }
    case 'enumeration':
      return { kind: 'scalar', domain: d, text: String(ordinalOf(d, value)) }
    case 'record':
      return {
        kind: 'parts',
        domain: d,
        parts: d.fields.map((field) => literalCode(field.domain, partOf(value, field.name))),
      }
    case 'array':
      return {
        kind: 'parts',
        domain: d,
        parts: keysOf(d.index).map((key, i) =>
          literalCode(d.element, isListValue(value) ? (value[i] ?? false) : partOf(value, String(key))),
        ),
      }
    case 'set': {
      const words = new Int32Array(Math.ceil(cardinality(d.element) / 32))
      for (const member of isListValue(value) ? value : []) {
        const ordinal = ordinalOf(d.element, member)
        words[ordinal >>> 5] = (words[ordinal >>> 5] ?? 0) | (1 << (ordinal & 31))
      }
      return { kind: 'set', domain: d, masks: Array.from(words, (word) => (word < 0 ? `(${word})` : String(word))) }
    }
    case 'sequence': {
      const items = isListValue(value) ? value : []
      return {
        kind: 'sequence',
        domain: d,
        length: String(items.length),
        parts: Array.from({ length: d.capacity }, (_, i) => {
          const item = items[i]
          return item === undefined ? zeroCode(d.element) : literalCode(d.element, item)
        }),
      }
    }
  }
}

function partOf(value: Value, name: string): Value {
  return isRecordValue(value) ? (value[name] ?? false) : false
}

/** The value whose bits are all zero. */
export function zeroCode(d: Domain): Code {
  switch (d.kind) {
    case 'boolean':
      return { kind: 'scalar', domain: d, text: 'false' }
    case 'range':
      return literalCode(d, d.min)
    case 'enumeration':
      return { kind: 'scalar', domain: d, text: '0' }
    case 'record':
      return { kind: 'parts', domain: d, parts: d.fields.map((field) => zeroCode(field.domain)) }
    case 'array':
      return { kind: 'parts', domain: d, parts: keysOf(d.index).map(() => zeroCode(d.element)) }
    case 'set':
    case 'sequence':
      return literalCode(d, [])
  }
}

/** Bits of a scalar, from its text. */
export function ordinalText(text: string, d: Domain): string {
  if (d.kind === 'boolean') return text === 'true' ? '1' : text === 'false' ? '0' : `(${text} ? 1 : 0)`
  if (d.kind === 'range' && d.min !== 0) {
    return /^\(?-?\d+\)?$/.test(text) ? String(Number(text.replace(/[()]/g, '')) - d.min) : `(${text} - ${d.min})`
  }
  return text
}

function holds(outer: Domain, inner: Domain): boolean {
  if (outer.kind === 'range' && inner.kind === 'range') return outer.min <= inner.min && inner.max <= outer.max
  return equalValues(JSON.parse(JSON.stringify(outer)), JSON.parse(JSON.stringify(inner)))
}

/**
 * A value as a value of another domain of its kind: labels are renumbered, and what may lie outside is checked.
 * Where it lies outside, `outside` is the text of the whole leaf.
 */
export function convert(code: Code, to: Domain, outside: string = failText): Code {
  if (code.kind === 'scalar')
    return { kind: 'scalar', domain: to, text: convertScalar(code.text, code.domain, to, outside) }
  if (code.kind === 'parts' && (to.kind === 'record' || to.kind === 'array')) {
    const domains = to.kind === 'record' ? to.fields.map((field) => field.domain) : code.parts.map(() => to.element)
    return {
      kind: 'parts',
      domain: to,
      parts: code.parts.map((part, i) => convert(part, domains[i] ?? part.domain, outside)),
    }
  }
  if (code.kind === 'sequence' && to.kind === 'sequence') return convertSequence(code, to, outside)
  return code
}

function convertScalar(text: string, from: Domain, to: Domain, outside: string): string {
  if (from.kind === 'range' && to.kind === 'range') {
    if (holds(to, from)) return text
    const tests = [from.min < to.min ? `${text} < ${to.min}` : '', from.max > to.max ? `${text} > ${to.max}` : '']
    return `(${tests.filter((test) => test !== '').join(' || ')} ? ${outside} : ${text})`
  }
  if (from.kind !== 'enumeration' || to.kind !== 'enumeration' || from.values.join('\n') === to.values.join('\n'))
    return text
  const numbers = from.values.map((label) => to.values.indexOf(label))
  if (/^\d+$/.test(text)) {
    const number = numbers[Number(text)] ?? -1
    return number === -1 ? outside : String(number)
  }
  return `(${numbers.map((number, i) => `${text} === ${i} ? ${number === -1 ? outside : number} : `).join('')}${failText})`
}

function convertSequence(
  code: Extract<Code, { kind: 'sequence' }>,
  to: Extract<Domain, { kind: 'sequence' }>,
  outside: string,
): Code {
  const parts = Array.from({ length: to.capacity }, (_, i) => {
    const part = code.parts[i]
    return part === undefined ? zeroCode(to.element) : convert(part, to.element, outside)
  })
  const length =
    code.domain.capacity > to.capacity ? `(${code.length} > ${to.capacity} ? ${outside} : ${code.length})` : code.length
  return { kind: 'sequence', domain: to, length, parts }
}
