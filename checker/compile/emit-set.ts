/**
 * Membership in sets, which are masks of 32 members a word. A member that is known while code is generated costs one test of
 * one word: no list of words is made, and no position computed.
 */

import { cardinality } from '../../src/model/domain.ts'
import type { Domain } from '../../src/model/ir.ts'
import { type Code, convert, errorsOf, knownNumber, ordinalText, type Texts } from './code.ts'

type SetCode = Extract<Code, { kind: 'set' }>

/** Position of a member in the canonical order of its domain, and between what it lies: the words that may hold it. */
interface Position {
  readonly text: string
  readonly least: number
  readonly most: number
}

const wordOf = (ordinal: number): number => ordinal >>> 5
const isKnown = ({ least, most }: Position): boolean => least === most

/** Text of whether the set has this element. What may go wrong with either is the caller's to add. */
export function containsText(set: SetCode, element: Code): string {
  const { wrong, ...own } = element
  // What lies outside the members' domain is no member. Errors of any part of the element come first.
  const { wrong: outside, ...member } = convert(own, set.domain.element)
  const position = positionOf(member, set.domain.element)
  const text = bitText(set, position)
  return outside.length === 0 ? text : `(!(${[...errorsOf([own]), ...outside].join(' || ')}) && ${text})`
}

/** Of a position inside the set's domain. */
function bitText({ masks }: SetCode, position: Position): string {
  const { text, least, most } = position
  if (isKnown(position)) return `((${masks[wordOf(least)] ?? '0'} >>> ${least & 31} & 1) !== 0)`
  // Each word but the last has its test; JavaScript shifts by the low five bits.
  const words = masks.slice(wordOf(least), wordOf(most) + 1)
  const word = words.reduceRight(
    (rest, mask, m) =>
      m === words.length - 1 ? mask : `(${text} < ${(wordOf(least) + m + 1) * 32} ? ${mask} : ${rest})`,
    '0',
  )
  return `((${word} >>> ${text} & 1) !== 0)`
}

export function changedSet(kind: 'insert' | 'remove', set: SetCode, element: Code): Code {
  const member = convert(element, set.domain.element)
  const position = positionOf(member, set.domain.element)
  const { text, least, most } = position
  const masks = set.masks.map((mask, m) => {
    if (m < wordOf(least) || m > wordOf(most)) return mask
    const bit = `1 << ${isKnown(position) ? least & 31 : text}`
    const one = wordOf(least) === wordOf(most) ? bit : `bitOf(${text}, ${m})`
    return kind === 'insert' ? `(${mask} | ${one})` : `(${mask} & ~(${one}))`
  })
  return { ...set, masks, wrong: [...new Set([...set.wrong, ...member.wrong])] }
}

/** Mixed radix, first field most significant. */
function positionOf(member: Texts, d: Domain): Position {
  if (member.kind === 'scalar') return scalarPosition(ordinalText(member.leaf, d), cardinality(d))
  if (member.kind !== 'parts' || d.kind !== 'record') throw new Error('emit: a member is no scalar')
  return d.fields.reduce<Position>((outer, field, i) => {
    const own = positionOf(member.parts[i] ?? member, field.domain)
    const count = cardinality(field.domain)
    const least = outer.least * count + own.least
    const most = outer.most * count + own.most
    if (least === most) return { text: String(least), least, most }
    const base = isKnown(outer) ? String(outer.least * count) : `${outer.text} * ${count}`
    return { text: base === '0' ? own.text : `(${base} + ${own.text})`, least, most }
  }, only(0))
}

const only = (ordinal: number): Position => ({ text: String(ordinal), least: ordinal, most: ordinal })

/** A text that is no number stands for any value of its domain. */
function scalarPosition(text: string, count: number): Position {
  const known = knownNumber(text)
  return known === null ? { text, least: 0, most: count - 1 } : only(known)
}
