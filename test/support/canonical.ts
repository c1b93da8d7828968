/**
 * The canonical encoding of a state and the digest over it, written down once more, apart from the checker: ordinals in
 * declaration order, each in the fewest bits, none across a 32-bit word.
 */

import { cardinality, keysOf, valuesOf } from '../../src/model/domain.ts'
import type { Domain, Model, Value } from '../../src/model/ir.ts'
import type { State } from '../../src/model/trace.ts'
import { equalValues, isListValue, isRecordValue } from '../../src/model/values.ts'

interface Ordinal {
  readonly width: number
  readonly value: number
}

function widthOf(count: number): number {
  return count <= 1 ? 0 : Math.ceil(Math.log2(count))
}

function listOf(value: Value | undefined): readonly Value[] {
  return value !== undefined && isListValue(value) ? value : []
}

function partOf(value: Value | undefined, key: string | number, offset: number): Value | undefined {
  if (value === undefined) return undefined
  return isRecordValue(value) ? value[key] : listOf(value)[Number(key) - offset]
}

/** Ordinals of all leaves. A missing value (an element beyond a sequence's length) is all zero. */
function ordinals(d: Domain, value: Value | undefined): readonly Ordinal[] {
  switch (d.kind) {
    case 'boolean':
      return [{ width: 1, value: value === true ? 1 : 0 }]
    case 'range':
      return [{ width: widthOf(cardinality(d)), value: value === undefined ? 0 : Number(value) - d.min }]
    case 'enumeration':
      return [{ width: widthOf(d.values.length), value: Math.max(0, d.values.indexOf(String(value))) }]
    case 'record':
      return d.fields.flatMap((field) => ordinals(field.domain, partOf(value, field.name, 0)))
    case 'array': {
      const offset = d.index.kind === 'range' ? d.index.min : 0
      return keysOf(d.index).flatMap((key) => ordinals(d.element, partOf(value, key, offset)))
    }
    case 'set': {
      const isMember = valuesOf(d.element).map((v) => listOf(value).some((member) => equalValues(member, v)))
      const masks: Ordinal[] = []
      for (let from = 0; from < isMember.length; from += 32) {
        const bits = isMember.slice(from, from + 32)
        masks.push({ width: bits.length, value: bits.reduce((sum, is, i) => sum + (is ? 2 ** i : 0), 0) })
      }
      return masks
    }
    case 'sequence':
      return [
        { width: widthOf(d.capacity + 1), value: listOf(value).length },
        ...Array.from({ length: d.capacity }, (_, i) => ordinals(d.element, listOf(value)[i])).flat(),
      ]
  }
}

/** The words of a state, each 0 … 2^32-1. */
export function canonicalWords(model: Model, state: State): readonly number[] {
  const words = [0]
  let used = 0
  for (const { width, value } of model.variables.flatMap((v) => ordinals(v.domain, state[v.name]))) {
    if (used + width > 32) {
      words.push(0)
      used = 0
    }
    const last = words.length - 1
    if (width > 0) words[last] = (words[last] ?? 0) + value * 2 ** used
    used += width
  }
  return words
}

/** Negative, 0 or positive: by the words, the first that differs decides. */
export function compareWords(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((word, w) => word !== right[w])
  return at === -1 ? 0 : (left[at] ?? 0) - (right[at] ?? 0)
}

const seeds = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]
const multipliers = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f]

const shiftXor = (h: number, by: number): number => h ^ (h >>> by)

/** Four hashes of each state, added up over all states. */
export function digestOf(model: Model, states: readonly State[]): string {
  const lanes = seeds.map((seed, lane) =>
    states.reduce((sum, state) => {
      const mixed = canonicalWords(model, state).reduce(
        (h, word) => shiftXor(Math.imul(h ^ word, multipliers[lane] ?? 0), 15),
        seed,
      )
      return (sum + Math.imul(shiftXor(Math.imul(mixed, 0x2c1b3c6d), 12), 0x297a2d39)) >>> 0
    }, 0),
  )
  return lanes.map((lane) => lane.toString(16).padStart(8, '0')).join('')
}
