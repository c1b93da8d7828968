/**
 * An outcome in the making: which words differ from the old state, and the lines that made them so.
 *
 * What is stored into fields of one word is gathered into a single mask-and-or.
 */

import type { Expr } from '../../src/model/ir.ts'
import { fresh, type Line, type Lines } from './block.ts'
import { type Reader, readerAfter } from './emit-expr.ts'
import type { Layout, Leaf } from './layout.ts'
import { addMove, bitsTextOf, type Move } from './moves.ts'

/** What an outcome needs besides its words. */
export interface EffectContext {
  readonly scope: Reader['scope']
  readonly layout: Layout
  /** Text of an unchanged word. */
  readonly readOld: (word: number) => string
  /** Lines that write a successor whose words are these texts. */
  readonly writeSuccessor: (words: readonly string[]) => Lines
  /** Lines that count a transition which raised an error. */
  readonly countError: Lines
  readonly checkCounter: (message: string) => string
  /** Whether those lines have the texts of words more than once. */
  readonly repeatsWords: boolean
}

/**
 * Checks that failed on the way count when the outcome is written, for an outcome that raises an error fails none.
 */
export interface Outcome {
  readonly context: EffectContext
  /** Words that differ from the old state: their local variable. */
  readonly names: Map<number, string>
  /** What is not yet stored into its word. */
  readonly pending: Map<number, Pending>
  /** By counter of a check: the variable that is true when it failed. */
  readonly failed: Map<string, string>
  /** What was emitted so far. */
  readonly lines: Line[]
}

/** Bits under the mask are replaced: by constants, or by what does not change until it is stored. */
interface Pending {
  mask: number
  constants: number
  readonly moves: Move[]
}

export function newOutcome(context: EffectContext): Outcome {
  return { context, names: new Map(), pending: new Map(), failed: new Map(), lines: [] }
}

/** A reader of the words as they are now, for expressions that are evaluated now; reading a word first stores what is pending for it. */
export function readerOf(outcome: Outcome, es: readonly Expr[] = []): Reader {
  return readerAfter(outcome.lines, es, {
    shared: null,
    scope: outcome.context.scope,
    layout: outcome.context.layout,
    next: null,
    read: (word) => {
      flush(outcome, word)
      return wordText(outcome, word)
    },
  })
}

export function wordText(outcome: Outcome, word: number): string {
  return outcome.names.get(word) ?? outcome.context.readOld(word)
}

/** Another way starts from the same words: copies of them, declared by the first lines. Nothing may be pending. */
export function copyOf(outcome: Outcome): Outcome {
  const copy = newOutcome(outcome.context)
  for (const [word, name] of outcome.names) copy.names.set(word, declared(copy, 't', name))
  for (const [counter, name] of outcome.failed) copy.failed.set(counter, declared(copy, 'failed', name))
  return copy
}

function declared(outcome: Outcome, prefix: string, value: string): string {
  const name = fresh(prefix)
  outcome.lines.push(`let ${name} = ${value}`)
  return name
}

/** Declares the variable of a word, before a block that may change it. */
export function claimWord(outcome: Outcome, word: number): void {
  if (outcome.names.has(word)) return
  outcome.names.set(word, declared(outcome, 't', outcome.context.readOld(word)))
}

/** Declares that a check has not failed; returns the variable that tells. */
export function claimCheck(outcome: Outcome, message: string): string {
  const counter = outcome.context.checkCounter(message)
  const name = outcome.failed.get(counter) ?? declared(outcome, 'failed', 'false')
  outcome.failed.set(counter, name)
  return name
}

/** What is read before anything is written, as a variable; plain constants need none. */
export function hoist(outcome: Outcome, text: string): string {
  if (/^\(?-?\d+\)?$/.test(text)) return text.replace(/[()]/g, '')
  const name = fresh('v')
  outcome.lines.push(`const ${name} = ${text}`)
  return name
}

/** Stores what is pending: for one word, or for all. */
export function flush(outcome: Outcome, only?: number): void {
  if (only === undefined) for (const word of [...outcome.pending.keys()]) flush(outcome, word)
  else if (outcome.pending.has(only)) {
    const text = finalText(outcome, only)
    outcome.pending.delete(only)
    const name = outcome.names.get(only)
    if (name !== undefined) outcome.lines.push(`${name} = ${text}`)
    else outcome.names.set(only, declared(outcome, 't', text))
  }
}

/** A word with what is pending for it. */
export function finalText(outcome: Outcome, word: number): string {
  const old = wordText(outcome, word)
  const pending = outcome.pending.get(word)
  if (pending === undefined) return old
  const { mask, constants, moves } = pending
  const moved = moves.map((move) => {
    const text = bitsTextOf(move)
    return move.to.shift === 0 ? text : `${text} << ${move.to.shift}`
  })
  const kept = mask === -1 ? [] : [`${old} & ${~mask}`]
  const parts = [...kept, ...(constants === 0 ? [] : [String(constants)]), ...moved]
  // A whole word that is stored from an ordinal may have 2^31 and more of them: words have signs.
  const isWhole = parts.length === 1 && moved.length === 1
  return [...parts, ...(isWhole ? ['0'] : [])].join(' | ') || '0'
}

function maskOf(leaf: Leaf): number {
  return leaf.width === 32 ? -1 : ((2 ** leaf.width - 1) << leaf.shift) | 0
}

/** Adds it to what is pending for its word. */
export function store(outcome: Outcome, move: Move): void {
  const { to, bits } = move
  if (to.width === 0) return
  const mask = maskOf(to)
  // What is moved would be mixed with what replaces it.
  if (outcome.pending.get(to.word)?.moves.some((one) => (maskOf(one.to) & mask) !== 0) === true) flush(outcome, to.word)
  const pending = outcome.pending.get(to.word) ?? { mask: 0, constants: 0, moves: [] }
  outcome.pending.set(to.word, pending)
  pending.mask |= mask
  pending.constants &= ~mask
  if (bits.kind === 'constant') {
    pending.constants |= (bits.value << to.shift) & mask
    return
  }
  addMove(pending.moves, move)
  if (readsVariables(bitsTextOf(move))) flush(outcome, to.word)
}

/** Words of the state, and what is computed ahead, stay as they are; variables of words that differ are set again. */
export function readsVariables(text: string): boolean {
  return /\bt\d/.test(text)
}
