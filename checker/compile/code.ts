/**
 * Code of an expression: JavaScript text for every leaf of its value. Numbers are themselves, labels ordinals, booleans
 * JavaScript booleans, sets masks. Composite values are never built: `last(frames).pc` becomes the text that picks
 * one leaf, so that nothing is allocated and short circuit is JavaScript's own.
 *
 * What may raise a model error stands apart, in `wrong`: conditions under which the value does not exist. So a part of
 * a value can be used without evaluating the rest, and still every error of the rest is raised. The call
 * `fail()` throws; whether a text contains one decides if its user needs a `try`.
 */

import { cardinality, equalDomains, keysOf } from '../../src/model/domain.ts'
import type { Composite, Domain, Value } from '../../src/model/ir.ts'
import { isListValue, isRecordValue } from '../../src/model/values.ts'
import { type Leaf, ordinalOf, type Slot } from './layout.ts'
import { leavesOf, mapLeaves, type Shaped } from './shaped.ts'

/** The texts of a value. */
export type Texts = Shaped<string>

/** `wrong`: any of these true, in this order, is a model error, and the texts mean nothing. */
export type Code = Texts & { readonly wrong: readonly string[] }

/** Text that reads a word of the state. */
export type ReadWord = (word: number) => string

export const failText = 'fail()'

/** Whether evaluating a text can raise a model error. Of leaves, only connectives can: they check within. */
export function mayFail(text: string): boolean {
  return text.includes(failText)
}

/** Parts of a whole have no errors of their own. */
function wrongOf(value: Texts | Code): readonly string[] {
  return 'wrong' in value ? value.wrong : []
}

/** The value with these conditions added before its own; each is tested once. */
export function unless(wrong: readonly string[], value: Texts | Code): Code {
  if (wrong.length === 0) return 'wrong' in value ? value : { ...value, wrong }
  return { ...value, wrong: [...new Set([...wrong, ...wrongOf(value)])] }
}

/** Of a scalar. */
export function textOf(texts: Texts): string {
  if (texts.kind !== 'scalar') throw new Error('emit: a scalar was expected')
  return texts.leaf
}

/** One text that checks first. */
export function checkedText(code: Code): string {
  const text = textOf(code)
  return code.wrong.length === 0 ? text : `(${code.wrong.join(' || ')} ? ${failText} : ${text})`
}

/** Conditions that evaluate what would otherwise be left out, for the errors that it may raise. */
export function errorsOf(values: readonly (Texts | Code)[]): readonly string[] {
  return values.flatMap((value) => [
    ...wrongOf(value),
    ...leavesOf(value)
      .filter(mayFail)
      .map((text) => `(${text}, false)`),
  ])
}

/** A whole made from parts: what is wrong with a part is wrong with the whole. */
export function wholeOf(parts: readonly Code[], domain: Composite): Code {
  return unless(
    parts.flatMap((part) => part.wrong),
    { kind: 'parts', domain, parts: parts.map(({ wrong, ...part }) => part) },
  )
}

/** Leaf by leaf, `pick` of the texts of several values of the same shape. */
export function combineLeaves(values: readonly Texts[], pick: (texts: readonly string[]) => string): Texts {
  const [first, ...others] = values
  if (first === undefined) throw new Error('combineLeaves: nothing to combine')
  const columns = others.map((value) => leavesOf(value))
  let leaf = 0
  return mapLeaves(first, (text) => {
    const texts = [text, ...columns.map((column) => column[leaf] ?? failText)]
    leaf++
    return pick(texts)
  })
}

/** A leaf's raw bits. */
export function bitsText(read: ReadWord, { word, shift, width }: Leaf): string {
  if (width === 0) return '0'
  if (width === 32) return read(word)
  if (shift === 0) return `(${read(word)} & ${2 ** width - 1})`
  if (shift + width === 32) return `(${read(word)} >>> ${shift})`
  return `(${read(word)} >>> ${shift} & ${2 ** width - 1})`
}

/** The value stored in a slot. */
export function readSlot(read: ReadWord, slot: Slot): Code {
  const texts = mapLeaves(slot, (leaf, domain) => {
    const bits = bitsText(read, leaf)
    return domain === null ? bits : scalarText(bits, domain, leaf.width)
  })
  return unless([], texts)
}

function scalarText(bits: string, d: Domain, width: number): string {
  if (d.kind === 'boolean') return `(${bits} !== 0)`
  if (d.kind !== 'range') return bits
  const ordinal = width === 32 ? `(${bits} >>> 0)` : bits
  if (d.min === 0) return ordinal
  return width === 0 ? String(d.min) : `(${ordinal} + ${d.min})`
}

export function scalarCode(domain: Domain, text: string, wrong: readonly string[] = []): Code {
  return { kind: 'scalar', domain, leaf: text, wrong }
}

/** Code of a constant. */
export function literalCode(d: Domain, value: Value): Code {
  switch (d.kind) {
    case 'boolean':
      return scalarCode(d, String(value === true))
    case 'range':
      return scalarCode(d, Number(value) < 0 ? `(${String(value)})` : String(value))
    case 'enumeration':
      return scalarCode(d, String(ordinalOf(d, value)))
    case 'record':
      return wholeOf(
        d.fields.map((field) => literalCode(field.domain, partOf(value, field.name))),
        d,
      )
    case 'array':
      return wholeOf(
        keysOf(d.index).map((key, i) =>
          literalCode(d.element, isListValue(value) ? (value[i] ?? false) : partOf(value, String(key))),
        ),
        d,
      )
    case 'set': {
      const words = new Int32Array(Math.ceil(cardinality(d.element) / 32))
      for (const member of isListValue(value) ? value : []) {
        const ordinal = ordinalOf(d.element, member)
        words[ordinal >>> 5] = (words[ordinal >>> 5] ?? 0) | (1 << (ordinal & 31))
      }
      const masks = Array.from(words, (word) => (word < 0 ? `(${word})` : String(word)))
      return { kind: 'set', domain: d, masks, wrong: [] }
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
        wrong: [],
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
      return scalarCode(d, 'false')
    case 'range':
      return literalCode(d, d.min)
    case 'enumeration':
      return scalarCode(d, '0')
    case 'record':
      return wholeOf(
        d.fields.map((field) => zeroCode(field.domain)),
        d,
      )
    case 'array':
      return wholeOf(
        keysOf(d.index).map(() => zeroCode(d.element)),
        d,
      )
    case 'set':
    case 'sequence':
      return literalCode(d, [])
  }
}

/** The number that a text is, where it is known while code is generated; null where it depends on the state. */
export function knownNumber(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null
}

/** The part with this ordinal, where that is known. */
export function knownPart<T>(parts: readonly T[], ordinal: string): T | undefined {
  const known = knownNumber(ordinal)
  return known === null ? undefined : parts[known]
}

/** Bits of a scalar, from its text. */
export function ordinalText(text: string, d: Domain): string {
  if (d.kind === 'boolean') return text === 'true' ? '1' : text === 'false' ? '0' : `(${text} ? 1 : 0)`
  if (d.kind === 'range' && d.min !== 0) {
    return /^\(?-?\d+\)?$/.test(text) ? String(Number(text.replace(/[()]/g, '')) - d.min) : `(${text} - ${d.min})`
  }
  return text
}

/**
 * A value as a value of another domain of its kind: labels are renumbered, and what may lie outside is wrong; or, if
 * `outside` is given, that text stands for a leaf that lies outside.
 */
export function convert(code: Texts | Code, to: Domain, outside: string | null = null): Code {
  const wrong = wrongOf(code)
  if (code.kind === 'scalar') return unless(wrong, convertScalar(code.leaf, code.domain, to, outside))
  if (code.kind === 'parts' && (to.kind === 'record' || to.kind === 'array')) {
    const domains = to.kind === 'record' ? to.fields.map((field) => field.domain) : code.parts.map(() => to.element)
    const parts = code.parts.map((part, i) => convert(part, domains[i] ?? part.domain, outside))
    return unless(wrong, wholeOf(parts, to))
  }
  if (code.kind === 'sequence' && to.kind === 'sequence') return unless(wrong, convertSequence(code, to, outside))
  return unless(wrong, code)
}

function convertScalar(text: string, from: Domain, to: Domain, outside: string | null): Code {
  if (from.kind === 'range' && to.kind === 'range') {
    const tests = [from.min < to.min ? `${text} < ${to.min}` : '', from.max > to.max ? `${text} > ${to.max}` : '']
    return elsewhere(
      to,
      text,
      tests.filter((test) => test !== ''),
      outside,
    )
  }
  if (from.kind !== 'enumeration' || to.kind !== 'enumeration' || haveSameLabels(from, to)) return scalarCode(to, text)
  const numbers = from.values.map((label) => to.values.indexOf(label))
  const missing = numbers.flatMap((number, i) => (number === -1 ? [`${text} === ${i}`] : []))
  return elsewhere(to, renumberedText(text, numbers), missing, outside)
}

type Labels = Extract<Domain, { kind: 'enumeration' }>

/** In the same order. Most are the very same domain. */
function haveSameLabels(one: Labels, other: Labels): boolean {
  return one.values === other.values || one.values.join('\n') === other.values.join('\n')
}

function elsewhere(to: Domain, text: string, tests: readonly string[], outside: string | null): Code {
  if (tests.length === 0) return scalarCode(to, text)
  return outside === null
    ? scalarCode(to, text, tests)
    : scalarCode(to, `(${tests.join(' || ')} ? ${outside} : ${text})`)
}

/** Labels that do not exist in the other domain get any number: they are wrong. */
function renumberedText(text: string, numbers: readonly number[]): string {
  const known = knownNumber(text)
  if (known !== null) return String(Math.max(0, numbers[known] ?? 0))
  if (numbers.every((number, i) => number === i)) return text
  const kept = numbers.map((number, i) => ({ number, i })).filter(({ number }) => number !== -1)
  const last = kept.at(-1)?.number ?? 0
  return `(${kept
    .slice(0, -1)
    .map(({ number, i }) => `${text} === ${i} ? ${number} : `)
    .join('')}${last})`
}

/** Elements beyond the length stay zero, and nothing is wrong with them. */
function convertSequence(
  code: Extract<Texts, { kind: 'sequence' }>,
  to: Extract<Domain, { kind: 'sequence' }>,
  outside: string | null,
): Code {
  if (equalDomains(code.domain, to)) return unless([], code)
  const { length } = code
  const wrong = [...errorsOf(code.parts.slice(to.capacity))]
  if (code.domain.capacity > to.capacity) wrong.push(`${length} > ${to.capacity}`)
  const parts = Array.from({ length: to.capacity }, (_, i) => {
    const part = code.parts[i]
    const zero = zeroCode(to.element)
    if (part === undefined) return zero
    const converted = convert(part, to.element, outside)
    wrong.push(...converted.wrong.map((test) => `${i} < ${length} && (${test})`))
    return combineLeaves([converted, zero], ([own = '0', none]) =>
      own === none ? own : `(${i} < ${length} ? ${own} : ${none})`,
    )
  })
  return unless(wrong, { kind: 'sequence', domain: to, length, parts })
}
