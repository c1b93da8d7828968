/**
 * Membership in sets, which are masks of 32 members a word. A member that is known while code is generated costs one test of
 * one word: no list of words is made, and no position computed.
 */

import { cardinality } from '../../src/model/domain-of.ts'
import type { Domain } from '../../src/model/ir.ts'
import { type Code, convert, ordinalText } from './code.ts'

type SetCode = Extract<Code, { kind: 'set' }>

const isKnown = (ordinal: string): boolean => /^\d+$/.test(ordinal)

/** Text of whether the set has this element. What may go wrong with either is the caller's to add. */
export function containsText(set: SetCode, element: Code): string {
  const ordinal = memberOrdinal(convert(element, set.domain.element, 'NaN'), set.domain.element)
  if (isKnown(ordinal)) return `((${set.masks[Number(ordinal) >>> 5]} >>> ${Number(ordinal) & 31} & 1) !== 0)`
  // Each word but the last has its test; JavaScript shifts by the low five bits.
  const word = set.masks.reduceRight((rest, mask, m) => `(${ordinal} < ${(m + 1) * 32} ? ${mask} : ${rest})`)
  return `hasBit(${word}, ${ordinal})`
}

export function changedSet(kind: 'insert' | 'remove', set: SetCode, element: Code): Code {
  const member = convert(element, set.domain.element)
  const ordinal = memberOrdinal(member, set.domain.element)
  const masks = set.masks.map((mask, m) => {
    if (isKnown(ordinal) && Number(ordinal) >>> 5 !== m) return mask
    const one = isKnown(ordinal) || set.masks.length === 1 ? bit(ordinal) : `bitOf(${ordinal}, ${m})`
    return kind === 'insert' ? `(${mask} | ${one})` : `(${mask} & ~(${one}))`
  })
  return { ...set, masks, wrong: [...new Set([...set.wrong, ...member.wrong])] }
}

const bit = (ordinal: string): string => `1 << ${isKnown(ordinal) ? Number(ordinal) & 31 : ordinal}`

/** Position of a member in the canonical order of its domain: mixed radix, first field most significant. */
function memberOrdinal(member: Code, d: Domain): string {
  if (member.kind === 'scalar') return ordinalText(member.text, d)
  if (member.kind !== 'parts' || d.kind !== 'record') throw new Error('emit: a member is no scalar')
  return d.fields.reduce((text, field, i) => {
    const own = memberOrdinal(member.parts[i] ?? member, field.domain)
    if (text === '') return own
    const count = cardinality(field.domain)
    return isKnown(text) && isKnown(own) ? String(Number(text) * count + Number(own)) : `(${text} * ${count} + ${own})`
  }, '')
}
