/**
 * Where each part of a state lives: leaves in declaration order, each in the fewest bits, none across a 32-bit word.
 *
 * This packing is also the canonical encoding that the digest is taken over: it follows from the declared domains
 * alone. Should the packing ever change for speed, the digest must go on using this one.
 */

import { cardinality, keysOf, valuesOf } from '../../src/model/domain.ts'
import type { Composite, Domain, Model, Value } from '../../src/model/ir.ts'
import type { State } from '../../src/model/trace.ts'
import { equalValues, isListValue, isRecordValue } from '../../src/model/values.ts'
import type { Shaped } from './shaped.ts'

/** Bits `shift` … `shift + width - 1` of word `word` hold an ordinal, a mask or a length. Width 0: always 0. */
export interface Leaf {
  readonly word: number
  readonly shift: number
  readonly width: number
}

/** Where each leaf of a variable, or of a part of one, lives. */
export type Slot = Shaped<Leaf>

export interface Layout {
  readonly stateWords: number
  readonly stateBits: number
  readonly slots: ReadonlyMap<string, Slot>
  /** Packs a state, [stateWords]. Throws if a value is outside its domain. */
  encode(state: State): Int32Array
  decode(words: Int32Array, base: number): State
}

/** Bits that tell `count` values apart. */
export function bitsFor(count: number): number {
  return count <= 1 ? 0 : 32 - Math.clz32(count - 1)
}

interface Cursor {
  word: number
  bit: number
  used: number
}

function take(cursor: Cursor, width: number): Leaf {
  if (cursor.bit + width > 32) {
    cursor.word++
    cursor.bit = 0
  }
  const leaf = { word: cursor.word, shift: cursor.bit === 32 ? 0 : cursor.bit, width }
  cursor.bit += width
  cursor.used += width
  return leaf
}

function place(d: Domain, cursor: Cursor): Slot {
  switch (d.kind) {
    case 'boolean':
    case 'range':
    case 'enumeration':
      return { kind: 'scalar', leaf: take(cursor, bitsFor(cardinality(d))), domain: d }
    case 'record':
      return { kind: 'parts', parts: d.fields.map((field) => place(field.domain, cursor)), domain: d }
    case 'array':
      return { kind: 'parts', parts: keysOf(d.index).map(() => place(d.element, cursor)), domain: d }
    case 'set': {
      const masks: Leaf[] = []
      for (let left = cardinality(d.element); left > 0; left -= 32) masks.push(take(cursor, Math.min(32, left)))
      return { kind: 'set', masks, domain: d }
    }
    case 'sequence': {
      const length = take(cursor, bitsFor(d.capacity + 1))
      return {
        kind: 'sequence',
        length,
        parts: Array.from({ length: d.capacity }, () => place(d.element, cursor)),
        domain: d,
      }
    }
  }
}

export function layoutOf(model: Model): Layout {
  const cursor: Cursor = { word: 0, bit: 0, used: 0 }
  const slots = new Map(model.variables.map((v) => [v.name, place(v.domain, cursor)]))
  const stateWords = cursor.word + 1
  return {
    stateWords,
    stateBits: cursor.used,
    slots,
    encode: (state) => {
      const words = new Int32Array(stateWords)
      for (const [name, slot] of slots) encodeSlot(slot, state[name] ?? false, words)
      return words
    },
    decode: (words, base) =>
      Object.fromEntries([...slots].map(([name, slot]) => [name, decodeSlot(slot, words, base)])),
  }
}

function put(words: Int32Array, leaf: Leaf, bits: number): void {
  words[leaf.word] = (words[leaf.word] ?? 0) | (leaf.width === 0 ? 0 : bits << leaf.shift)
}

function get(words: Int32Array, base: number, leaf: Leaf): number {
  if (leaf.width === 0) return 0
  return (((words[base + leaf.word] ?? 0) >>> leaf.shift) & (leaf.width === 32 ? -1 : 2 ** leaf.width - 1)) >>> 0
}

/** Position of a scalar value in its domain. */
export function ordinalOf(d: Domain, value: Value): number {
  if (d.kind === 'range') return Number(value) - d.min
  if (d.kind === 'boolean') return value === true ? 1 : 0
  if (d.kind === 'enumeration') return d.values.indexOf(String(value))
  return valuesOf(d).findIndex((v) => equalValues(v, value))
}

function valueAt(d: Domain, ordinal: number): Value {
  if (d.kind === 'range') return d.min + ordinal
  if (d.kind === 'boolean') return ordinal === 1
  if (d.kind === 'enumeration') return d.values[ordinal] ?? ''
  return valuesOf(d)[ordinal] ?? false
}

function encodeSlot(slot: Slot, value: Value, words: Int32Array): void {
  switch (slot.kind) {
    case 'scalar': {
      const ordinal = ordinalOf(slot.domain, value)
      if (ordinal < 0) throw new Error('encode: a value lies outside its domain')
      put(words, slot.leaf, ordinal)
      return
    }
    case 'parts': {
      const values = isRecordValue(value)
        ? partNames(slot.domain).map((name) => value[name] ?? false)
        : isListValue(value)
          ? value
          : []
      for (const [i, part] of slot.parts.entries()) encodeSlot(part, values[i] ?? false, words)
      return
    }
    case 'set':
      for (const member of isListValue(value) ? value : []) {
        const ordinal = ordinalOf(slot.domain.element, member)
        const mask = slot.masks[ordinal >>> 5]
        if (mask !== undefined) put(words, mask, 1 << (ordinal & 31))
      }
      return
    case 'sequence': {
      const items = isListValue(value) ? value : []
      put(words, slot.length, items.length)
      for (const [i, item] of items.entries()) {
        const part = slot.parts[i]
        if (part !== undefined) encodeSlot(part, item, words)
      }
    }
  }
}

function partNames(d: Composite): readonly string[] {
  return d.kind === 'record' ? d.fields.map((field) => field.name) : keysOf(d.index).map(String)
}

function decodeSlot(slot: Slot, words: Int32Array, base: number): Value {
  switch (slot.kind) {
    case 'scalar':
      return valueAt(slot.domain, get(words, base, slot.leaf))
    case 'parts': {
      const values = slot.parts.map((part) => decodeSlot(part, words, base))
      if (slot.domain.kind === 'array' && slot.domain.index.kind === 'range') return values
      return Object.fromEntries(partNames(slot.domain).map((name, i) => [name, values[i] ?? false]))
    }
    case 'set': {
      const { element } = slot.domain
      return slot.masks.flatMap((mask, m) => {
        const bits = get(words, base, mask)
        return Array.from({ length: mask.width }, (_, b) => b)
          .filter((b) => ((bits >>> b) & 1) === 1)
          .map((b) => valueAt(element, m * 32 + b))
      })
    }
    case 'sequence':
      return slot.parts.slice(0, get(words, base, slot.length)).map((part) => decodeSlot(part, words, base))
  }
}
