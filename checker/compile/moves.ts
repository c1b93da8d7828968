/**
 * Values as bits that move from words to words. Neighbours that stay neighbours — the fields of a record that is saved, of a frame that is
 * pushed or popped — are one move: a shift and a mask for all of them instead of two of each for each.
 */

import type { Domain } from '../../src/model/ir.ts'
import { bitsText, ordinalText, type Texts } from './code.ts'
import { fieldTextOf } from './field-text.ts'
import type { Leaf } from './layout.ts'
import { leavesOf, mapLeaves } from './shaped.ts'

/** Raw bits, and the place for them. */
export interface Move {
  readonly to: Leaf
  readonly bits: Bits
}

/** What bits there are, as far as it helps to know. */
type Bits =
  | { readonly kind: 'constant'; readonly value: number }
  /** As many bits of a word as the place has, from `shift` on. */
  | { readonly kind: 'field'; readonly word: string; readonly shift: number }
  | { readonly kind: 'choice'; readonly test: string; readonly yes: Bits; readonly no: Bits }
  | { readonly kind: 'other'; readonly text: string }

/** As many as it takes for all leaves of the value. */
export function movesOf(value: Texts, leaves: readonly Leaf[]): readonly Move[] {
  const moves: Move[] = []
  for (const [i, raw] of rawLeaves(value).entries()) {
    const to = leaves[i]
    if (to === undefined) throw new Error('emit: a value of more leaves than its place')
    addMove(moves, { to, bits: bitsOf(raw, to.width) })
  }
  return moves
}

/** One more, or a longer last one. */
export function addMove(moves: Move[], move: Move): void {
  const last = moves.at(-1)
  const both = last === undefined ? null : joined(last, move)
  if (both === null) moves.push(move)
  else moves[moves.length - 1] = both
}

/** The bits of this text, which stands for them whatever it reads. */
export function moveOf(to: Leaf, text: string): Move {
  return { to, bits: bitsOf({ text, domain: null }, to.width) }
}

export function bitsTextOf({ to, bits }: Move): string {
  return textOf(bits, to.width)
}

/** The raw bits of every leaf of a value. */
export function rawTexts(value: Texts): readonly string[] {
  return rawLeaves(value).map(({ text, domain }) => (domain === null ? text : ordinalText(text, domain)))
}

/** The text of a leaf; of a scalar of this domain, or of raw bits. */
interface Raw {
  readonly text: string
  readonly domain: Domain | null
}

function rawLeaves(value: Texts): readonly Raw[] {
  return leavesOf(mapLeaves(value, (text, domain): Raw => ({ text, domain })))
}

function bitsOf({ text, domain }: Raw, width: number): Bits {
  const least = domain?.kind === 'range' ? domain.min : 0
  const other: Bits = { kind: 'other', text: domain === null ? text : ordinalText(text, domain) }
  const constant = /^\(?(-?\d+)\)?$/.exec(other.text)
  if (constant !== null)
    return { kind: 'constant', value: (Number(constant[1]) & (width === 32 ? -1 : 2 ** width - 1)) >>> 0 }
  const field = fieldTextOf(text)
  if (field !== null) {
    const { word, shift, mask, rest } = field
    const isWhole = mask === undefined ? shift + width === 32 : Number(mask) === 2 ** width - 1
    const isRaw =
      rest === undefined ? least === 0 : rest === ` + ${least}` || (domain?.kind === 'boolean' && width === 1)
    return isWhole && isRaw ? { kind: 'field', word, shift } : other
  }
  const choice = choiceOf(text)
  if (choice === null) return other
  const [yes, no] = [bitsOf({ text: choice.yes, domain }, width), bitsOf({ text: choice.no, domain }, width)]
  return yes.kind === 'other' || no.kind === 'other' ? other : { kind: 'choice', test: choice.test, yes, no }
}

/** Null: they are no neighbours, in what is moved or where it is moved to. */
function joined(low: Move, high: Move): Move | null {
  const { word, shift, width } = low.to
  if (high.to.word !== word || high.to.shift !== shift + width) return null
  const bits = joinedBits(low.bits, high.bits, width)
  return bits === null ? null : { to: { word, shift, width: width + high.to.width }, bits }
}

/** `width`: of the low ones. */
function joinedBits(low: Bits, high: Bits, width: number): Bits | null {
  if (low.kind === 'constant' && high.kind === 'constant')
    return { kind: 'constant', value: low.value + high.value * 2 ** width }
  if (low.kind === 'field' && high.kind === 'field')
    return low.word === high.word && low.shift + width === high.shift ? low : null
  if (low.kind !== 'choice' || high.kind !== 'choice' || low.test !== high.test) return null
  const yes = joinedBits(low.yes, high.yes, width)
  const no = joinedBits(low.no, high.no, width)
  return yes === null || no === null ? null : { kind: 'choice', test: low.test, yes, no }
}

function textOf(bits: Bits, width: number): string {
  switch (bits.kind) {
    case 'constant':
      // Words have a sign.
      return String(bits.value < 2 ** 31 ? bits.value : bits.value | 0)
    case 'field':
      return bitsText(() => bits.word, { word: 0, shift: bits.shift, width })
    case 'choice':
      return `(${bits.test} ? ${textOf(bits.yes, width)} : ${textOf(bits.no, width)})`
    case 'other':
      return bits.text
  }
}

interface Choice {
  readonly test: string
  readonly yes: string
  readonly no: string
}

/** The parts of `(test ? yes : no)`, with or without the parentheses; null: it is none. */
function choiceOf(text: string): Choice | null {
  if (!text.includes('?')) return null
  const isInside = text.startsWith('(') && text.endsWith(')')
  const [from, to] = isInside ? [1, text.length - 1] : [0, text.length]
  let depth = 0
  let question = -1
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i)
    if (c === open) depth++
    else if (c === close && depth-- === 0) return null
    else if (depth === 0 && c === asks && question < 0) question = i
    // Chains have their next test after the colon: `a ? b : c ? d : e`.
    else if (depth === 0 && c === colon && question >= 0)
      return {
        test: text.slice(from, question - 1),
        yes: text.slice(question + 2, i - 1),
        no: text.slice(i + 2, to),
      }
  }
  return null
}

const [open, close, asks, colon] = [...'()?:'].map((c) => c.charCodeAt(0)) as [number, number, number, number]
