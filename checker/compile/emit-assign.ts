/**
 * Assignments to code: the value first, completely; then the place, down to the leaves whose bits change.
 */

import type { Domain, Expr, Place } from '../../src/model/ir.ts'
import { indent } from './block.ts'
import { bitsText, type Code, convert, failText, knownPart, ordinalText, scalarCode, textOf } from './code.ts'
import { emitExpr } from './emit-expr.ts'
import type { Layout, Leaf, Slot } from './layout.ts'
import { bitsTextOf, type Move, moveOf, movesOf, rawTexts } from './moves.ts'
import { claimWord, flush, hoist, type Outcome, readerOf, readsVariables, store, wordText } from './outcome.ts'
import { leavesOf } from './shaped.ts'

/** The way from a slot to the part that is assigned: names of fields, null for an index, and the indices in order. */
interface Target {
  readonly slot: Slot
  readonly fields: readonly (string | null)[]
  readonly keys: readonly Code[]
}

/** The value first, completely; then the place. */
export function emitAssign(outcome: Outcome, place: Place, e: Expr): void {
  const indices: Expr[] = []
  let root: Expr = place
  const fields: (string | null)[] = []
  while (root.kind === 'field' || root.kind === 'index') {
    if (root.kind === 'index') indices.unshift(root.index)
    fields.unshift(root.kind === 'field' ? root.name : null)
    root = root.of
  }
  const reader = readerOf(outcome, [...indices, e])
  const keys = indices.map((index) => emitExpr(index, reader))
  const slot = rootSlot(place, outcome.context.layout)
  const value = convert(emitExpr(e, reader), domainAt(slot, fields))
  failIf(outcome, value.wrong)
  const target = { slot, fields, keys }
  const leaves = leavesAt(target)
  const wrongKeys = keys.flatMap((key) => key.wrong)
  if (leaves === null) {
    const texts = rawTexts(value).map((text) => hoist(outcome, text))
    failIf(outcome, wrongKeys)
    const found = keys.map((key) => scalarCode(key.domain, hoist(outcome, textOf(key))))
    storeAt(outcome, { ...target, keys: found }, texts)
    return
  }
  // What is pending for a word was stored if the value reads it, and is left to be gathered if not.
  const changes = movesOf(value, leaves).filter(
    (move) => bitsTextOf(move) !== bitsText((word) => wordText(outcome, word), move.to),
  )
  const moves = changes.length === 1 ? changes : changes.map((move) => unchanging(outcome, move))
  failIf(outcome, wrongKeys)
  for (const move of moves) store(outcome, move)
}

/** The bits as they are now, in a variable if they might change before they are stored. */
function unchanging(outcome: Outcome, move: Move): Move {
  const text = bitsTextOf(move)
  return readsVariables(text) ? moveOf(move.to, hoist(outcome, text)) : move
}

function failIf(outcome: Outcome, wrong: readonly string[]): void {
  if (wrong.length > 0) outcome.lines.push(`if (${wrong.join(' || ')}) ${failText}`)
}

function rootSlot(place: Place, layout: Layout): Slot {
  let root: Expr = place
  while (root.kind === 'field' || root.kind === 'index') root = root.of
  const slot = root.kind === 'variable' ? layout.slots.get(root.name) : undefined
  if (slot === undefined) throw new Error('emit: an assignment to no variable')
  return slot
}

/** The words that an assignment to this place may change. */
export function wordsOf(place: Place, layout: Layout): readonly number[] {
  return leavesOf(rootSlot(place, layout)).map((leaf) => leaf.word)
}

/** The leaves that a target leads to, if no index depends on the state. */
function leavesAt({ slot, fields, keys }: Target): readonly Leaf[] | null {
  const [field, ...deeper] = fields
  if (field === undefined) return leavesOf(slot)
  if (field !== null) return leavesAt({ slot: partSlot(slot, field), fields: deeper, keys })
  const [key, ...otherKeys] = keys
  if (key === undefined || slot.kind !== 'parts' || slot.domain.kind !== 'array') return null
  const part = knownPart(slot.parts, ordinalIn(convert(key, slot.domain.index), slot.domain.index))
  return part === undefined ? null : leavesAt({ slot: part, fields: deeper, keys: otherKeys })
}

const ordinalIn = (key: Code, index: Domain): string => ordinalText(textOf(key), index)

function domainAt(slot: Slot, fields: readonly (string | null)[]): Slot['domain'] {
  return fields.reduce<Slot>((found, name) => partSlot(found, name), slot).domain
}

function partSlot(slot: Slot, name: string | null): Slot {
  if (slot.kind !== 'parts' && slot.kind !== 'sequence') throw new Error('emit: a part of a scalar')
  const position =
    name === null || slot.domain.kind !== 'record' ? 0 : slot.domain.fields.findIndex((field) => field.name === name)
  const part = slot.parts[position]
  if (part === undefined) throw new Error(`emit: no part ${name}`)
  return part
}

/** Stores a text for each leaf in the part that the target leads to. */
function storeAt(outcome: Outcome, { slot, fields, keys }: Target, texts: readonly string[]): void {
  const [field, ...deeper] = fields
  if (field === undefined) {
    for (const [i, leaf] of leavesOf(slot).entries()) store(outcome, moveOf(leaf, texts[i] ?? '0'))
    return
  }
  if (field !== null) {
    storeAt(outcome, { slot: partSlot(slot, field), fields: deeper, keys }, texts)
    return
  }
  const [key, ...otherKeys] = keys
  if (key === undefined || (slot.kind !== 'parts' && slot.kind !== 'sequence'))
    throw new Error('emit: an index too few')
  const rest = { fields: deeper, keys: otherKeys }
  storeElement(outcome, checkedOrdinal(outcome, slot, key), { slot, ...rest }, texts)
}

type Elements = Extract<Slot, { kind: 'parts' | 'sequence' }>

/** An element chosen at run time: a case for each. All other indices were refused before. */
function storeElement(
  outcome: Outcome,
  ordinal: string,
  target: Target & { readonly slot: Elements },
  texts: readonly string[],
): void {
  const { parts } = target.slot
  const constant = knownPart(parts, ordinal)
  if (constant !== undefined) {
    storeAt(outcome, { ...target, slot: constant }, texts)
    return
  }
  const at = hoist(outcome, ordinal)
  flush(outcome)
  for (const leaf of parts.flatMap((part) => leavesOf(part))) claimWord(outcome, leaf.word)
  for (const [i, part] of parts.entries()) {
    const own = { ...outcome, lines: [] }
    storeAt(own, { ...target, slot: part }, texts)
    flush(own)
    const head = i === 0 ? 'if' : '} else if'
    const line = i === parts.length - 1 && i > 0 ? '} else {' : `${head} (${at} === ${i}) {`
    outcome.lines.push(line, ...indent(own.lines))
  }
  outcome.lines.push('}')
}

/** The position of an element, after the lines that refuse what lies outside. */
function checkedOrdinal(outcome: Outcome, slot: Elements, key: Code): string {
  if (slot.kind === 'parts' && slot.domain.kind === 'array') {
    const code = convert(key, slot.domain.index)
    failIf(outcome, code.wrong)
    return ordinalIn(code, slot.domain.index)
  }
  const text = textOf(key)
  const length = slot.kind === 'sequence' ? bitsText(readerOf(outcome).read, slot.length) : '0'
  failIf(outcome, [`${text} < 0`, `${text} >= ${length}`])
  return text
}
