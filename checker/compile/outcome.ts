/**
 * An outcome in the making: which words differ from the old state, and the lines that made them so.
 *
 * Constants stored into fields of one word are gathered into a single mask-and-or.
 */

import type { Expr } from '../../src/model/ir.ts'
import { fresh, type Line, type Lines } from './block.ts'
import { type Reader, readerAfter } from './emit-expr.ts'
import type { Layout, Leaf } from './layout.ts'

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
}

/**
 * Checks that failed on the way count when the outcome is written, for an outcome that raises an error fails none.
 */
export interface Outcome {
  readonly context: EffectContext
  /** Words that differ from the old state: their local variable. */
  readonly names: Map<number, string>
  /** Constants not yet stored into their words. */
  readonly pending: Map<number, { mask: number; bits: number }>
  /** By counter of a check: the variable that is true when it failed. */
  readonly failed: Map<string, string>
  /** What was emitted so far. */
  readonly lines: Line[]
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

/** Stores pending constants: of one word, or of all. */
export function flush(outcome: Outcome, only?: number): void {
  for (const [word, { mask, bits }] of [...outcome.pending]) {
    if (only !== undefined && word !== only) continue
    outcome.pending.delete(word)
    store(outcome, word, mask, bits === 0 ? '' : String(bits))
  }
}

function store(outcome: Outcome, word: number, mask: number, value: string): void {
  const rest = mask === -1 ? '' : `${wordText(outcome, word)} & ${~mask}`
  // A whole word that is stored from an ordinal may have 2^31 and more of them: words have signs.
  const whole = rest === '' && value !== '' && !/^-?\d+$/.test(value) ? '0' : ''
  const text = [rest, value, whole].filter((part) => part !== '').join(' | ') || '0'
  const old = outcome.names.get(word)
  if (old !== undefined) outcome.lines.push(`${old} = ${text}`)
  else outcome.names.set(word, declared(outcome, 't', text))
}

function maskOf(leaf: Leaf): number {
  return leaf.width === 32 ? -1 : ((2 ** leaf.width - 1) << leaf.shift) | 0
}

export function storeLeaf(outcome: Outcome, leaf: Leaf, text: string): void {
  if (leaf.width === 0) return
  const mask = maskOf(leaf)
  const pending = outcome.pending.get(leaf.word) ?? { mask: 0, bits: 0 }
  if (/^-?\d+$/.test(text)) {
    const bits = (Number(text) << leaf.shift) & mask
    outcome.pending.set(leaf.word, { mask: pending.mask | mask, bits: (pending.bits & ~mask) | bits })
    return
  }
  outcome.pending.delete(leaf.word)
  const constant = pending.bits & ~mask
  const value = `${constant === 0 ? '' : `${constant} | `}${leaf.shift === 0 ? text : `${text} << ${leaf.shift}`}`
  store(outcome, leaf.word, pending.mask | mask, value)
}
