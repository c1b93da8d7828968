/**
 * Statements to code: assignments change words held in local variables; a finished outcome is written as a successor.
 *
 * Constants stored into fields of one word are gathered into a single mask-and-or. After a nondeterministic choice the
 * rest of the effect is emitted once for each alternative, on its own copy of the words.
 */

import type { Expr, Place, Statement } from '../../src/model/ir.ts'
import { bitsText, type Code, convert, failText, leavesOf, mayFail, ordinalText, scalarCode } from './code.ts'
import { comment } from './comment.ts'
import { emitExpr, type Reader, scalar } from './emit-expr.ts'
import type { Layout, Leaf, Slot } from './layout.ts'

/** What an outcome needs besides its words. */
export interface EffectContext {
  readonly scope: Reader['scope']
  readonly layout: Layout
  /** Text of an unchanged word. */
  readonly readOld: (word: number) => string
  /** Lines that write a successor whose words are these texts. */
  readonly writeSuccessor: (words: readonly string[]) => readonly string[]
  /** Lines that count a transition which raised an error. */
  readonly countError: readonly string[]
  readonly checkCounter: (message: string) => string
}

/**
 * Words that differ from the old state: their local variable, and constants not yet stored into it. Checks that failed
 * on the way count when the outcome is written, for an outcome that raises an error fails none.
 */
interface Words {
  readonly names: Map<number, string>
  readonly pending: Map<number, { mask: number; bits: number }>
  /** By counter of a check: the variable that is true when it failed. */
  readonly failed: Map<string, string>
}

let serial = 0

/** Names of generated variables are unique within one emission. */
export function resetNames(): void {
  serial = 0
}

function fresh(prefix: string): string {
  return `${prefix}${serial++}`
}

/** Lines of an effect with everything that follows it. */
export function emitEffect(statements: readonly Statement[], context: EffectContext): readonly string[] {
  return emitPath(statements, { names: new Map(), pending: new Map(), failed: new Map() }, context)
}

/** One way through the effect, guarded against errors if anything on it can raise one. */
function emitPath(statements: readonly Statement[], words: Words, context: EffectContext): readonly string[] {
  const lines = emitSequence(statements, words, context)
  return guarded(lines, context.countError)
}

/** Lines that do something else if they raise a model error. */
export function guarded(lines: readonly string[], onError: readonly string[]): readonly string[] {
  if (!lines.some(mayFail)) return lines
  return [
    'try {',
    ...indent(lines),
    '} catch (error) {',
    '  if (error !== raised) throw error',
    ...indent(onError),
    '}',
  ]
}

export function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`)
}

function emitSequence(statements: readonly Statement[], words: Words, context: EffectContext): string[] {
  const lines: string[] = []
  for (const [i, statement] of statements.entries()) {
    const rest = statements.slice(i + 1)
    if (statement.kind === 'choose') {
      const ways = emitChoose(statement, rest, words, context, lines)
      return [...lines, ...ways]
    }
    if (statement.kind === 'when' && hasChoice(statement)) {
      const condition = readingText(statement.condition, words, context, lines)
      lines.push(...flush(words, context))
      return [
        ...lines,
        `if (${condition}) {`,
        ...indent(emitCopy([...statement.then, ...rest], words, context)),
        '} else {',
        ...indent(emitCopy([...statement.otherwise, ...rest], words, context)),
        '}',
      ]
    }
    emitStatement(statement, words, context, lines)
  }
  lines.push(...flush(words, context))
  const texts = Array.from({ length: context.layout.stateWords }, (_, w) => words.names.get(w) ?? context.readOld(w))
  const counts = [...words.failed].map(([counter, name]) => `if (${name}) ${counter}++`)
  return [...lines, ...counts, ...context.writeSuccessor(texts)]
}

function hasChoice(statement: Statement): boolean {
  if (statement.kind === 'choose') return true
  return statement.kind === 'when' && [...statement.then, ...statement.otherwise].some(hasChoice)
}

/** The rest of the effect on a copy of the words, so that another way starts from the same. */
function emitCopy(statements: readonly Statement[], words: Words, context: EffectContext): readonly string[] {
  const copy: Words = { names: new Map(), pending: new Map(), failed: new Map() }
  const copied = <K>(from: Map<K, string>, to: Map<K, string>, prefix: string): readonly string[] =>
    [...from].map(([key, name]) => {
      const own = fresh(prefix)
      to.set(key, own)
      return `let ${own} = ${name}`
    })
  const lines = [...copied(words.names, copy.names, 't'), ...copied(words.failed, copy.failed, 'failed')]
  return [...lines, ...emitPath(statements, copy, context)]
}

function emitChoose(
  statement: Extract<Statement, { kind: 'choose' }>,
  rest: readonly Statement[],
  words: Words,
  context: EffectContext,
  before: string[],
): readonly string[] {
  before.push(...flush(words, context))
  return statement.alternatives.flatMap(({ value, given, then }) => {
    const body = emitCopy([...then, ...rest], words, context)
    const title = comment(`${statement.name} = ${JSON.stringify(value)}`)
    if (given === null) return [`{ ${title}`, ...indent(body), '}']
    const condition = readingText(given, words, context, before)
    const lines = [`if (${condition}) { ${title}`, ...indent(body), '}']
    return mayFail(condition) ? guarded(lines, context.countError) : lines
  })
}

/** A reader of the words as they are now; reading a word first stores what is pending for it. */
function readerOf(words: Words, context: EffectContext, lines: string[]): Reader {
  return {
    scope: context.scope,
    layout: context.layout,
    next: null,
    read: (word) => {
      lines.push(...flush(words, context, word))
      return words.names.get(word) ?? context.readOld(word)
    },
  }
}

function readingText(e: Expr, words: Words, context: EffectContext, lines: string[]): string {
  return scalar(e, readerOf(words, context, lines))
}

function emitStatement(statement: Statement, words: Words, context: EffectContext, lines: string[]): void {
  switch (statement.kind) {
    case 'assign':
      emitAssign(statement.place, statement.e, words, context, lines)
      return
    case 'check': {
      const condition = readingText(statement.condition, words, context, lines)
      const counter = context.checkCounter(statement.message)
      lines.push(...declareCheck(counter, words), `if (!${condition}) ${words.failed.get(counter)} = true`)
      return
    }
    case 'when': {
      const condition = readingText(statement.condition, words, context, lines)
      claimWords([...statement.then, ...statement.otherwise], words, context, lines)
      lines.push(`if (${condition}) {`, ...indent(emitBlock(statement.then, words, context)))
      if (statement.otherwise.length > 0)
        lines.push('} else {', ...indent(emitBlock(statement.otherwise, words, context)))
      lines.push('}')
      return
    }
    case 'choose':
      throw new Error('emit: a choice is emitted with what follows it')
  }
}

function emitBlock(statements: readonly Statement[], words: Words, context: EffectContext): readonly string[] {
  const lines: string[] = []
  for (const statement of statements) emitStatement(statement, words, context, lines)
  lines.push(...flush(words, context))
  return lines
}

/** Declares the variables of all words that a block may change and of its checks, before the block. */
function claimWords(statements: readonly Statement[], words: Words, context: EffectContext, lines: string[]): void {
  lines.push(...flush(words, context))
  for (const statement of statements) {
    if (statement.kind === 'when') claimWords([...statement.then, ...statement.otherwise], words, context, lines)
    if (statement.kind === 'check') lines.push(...declareCheck(context.checkCounter(statement.message), words))
    if (statement.kind !== 'assign') continue
    for (const leaf of slotLeaves(rootSlot(statement.place, context.layout)))
      lines.push(...declareWord(leaf.word, words, context))
  }
}

function declareCheck(counter: string, words: Words): readonly string[] {
  if (words.failed.has(counter)) return []
  const name = fresh('failed')
  words.failed.set(counter, name)
  return [`let ${name} = false`]
}

function declareWord(word: number, words: Words, context: EffectContext): readonly string[] {
  if (words.names.has(word)) return []
  const name = fresh('t')
  words.names.set(word, name)
  return [`let ${name} = ${context.readOld(word)}`]
}

/** Stores pending constants: of one word, or of all. */
function flush(words: Words, context: EffectContext, only?: number): readonly string[] {
  return [...words.pending].flatMap(([word, { mask, bits }]) => {
    if (only !== undefined && word !== only) return []
    words.pending.delete(word)
    return store(word, mask, bits === 0 ? '' : String(bits), words, context)
  })
}

function store(word: number, mask: number, value: string, words: Words, context: EffectContext): readonly string[] {
  const old = words.names.get(word)
  const rest = mask === -1 ? '' : `${old ?? context.readOld(word)} & ${~mask}`
  const text = [rest, value].filter((part) => part !== '').join(' | ') || '0'
  if (old !== undefined) return [`${old} = ${text}`]
  const name = fresh('t')
  words.names.set(word, name)
  return [`let ${name} = ${text}`]
}

function maskOf(leaf: Leaf): number {
  return leaf.width === 32 ? -1 : ((2 ** leaf.width - 1) << leaf.shift) | 0
}

function storeLeaf(leaf: Leaf, text: string, words: Words, context: EffectContext, lines: string[]): void {
  if (leaf.width === 0) return
  const mask = maskOf(leaf)
  const pending = words.pending.get(leaf.word) ?? { mask: 0, bits: 0 }
  if (/^-?\d+$/.test(text)) {
    const bits = (Number(text) << leaf.shift) & mask
    words.pending.set(leaf.word, { mask: pending.mask | mask, bits: (pending.bits & ~mask) | bits })
    return
  }
  words.pending.delete(leaf.word)
  const constant = pending.bits & ~mask
  const value = `${constant === 0 ? '' : `${constant} | `}${leaf.shift === 0 ? text : `${text} << ${leaf.shift}`}`
  lines.push(...store(leaf.word, pending.mask | mask, value, words, context))
}

function rootSlot(place: Place, layout: Layout): Slot {
  let root: Expr = place
  while (root.kind === 'field' || root.kind === 'index') root = root.of
  const slot = root.kind === 'variable' ? layout.slots.get(root.name) : undefined
  if (slot === undefined) throw new Error('emit: an assignment to no variable')
  return slot
}

/** Leaves of a slot, in the order of `leavesOf` its code. */
function slotLeaves(slot: Slot): readonly Leaf[] {
  switch (slot.kind) {
    case 'scalar':
      return [slot.leaf]
    case 'parts':
      return slot.parts.flatMap(slotLeaves)
    case 'set':
      return slot.masks
    case 'sequence':
      return [slot.length, ...slot.parts.flatMap(slotLeaves)]
  }
}

/** Raw bits of every leaf of a value. */
function leafBits(code: Code): readonly string[] {
  switch (code.kind) {
    case 'scalar':
      return [ordinalText(code.text, code.domain)]
    case 'parts':
      return code.parts.flatMap(leafBits)
    case 'set':
      return code.masks
    case 'sequence':
      return [code.length, ...code.parts.flatMap(leafBits)]
  }
}

/** The value first, completely; then the place. */
function emitAssign(place: Place, e: Expr, words: Words, context: EffectContext, lines: string[]): void {
  const reader = readerOf(words, context, lines)
  const keys: Code[] = []
  let root: Expr = place
  const fields: (string | null)[] = []
  while (root.kind === 'field' || root.kind === 'index') {
    if (root.kind === 'index') keys.unshift(emitExpr(root.index, reader))
    fields.unshift(root.kind === 'field' ? root.name : null)
    root = root.of
  }
  const slot = rootSlot(place, context.layout)
  const value = convert(emitExpr(e, reader), domainAt(slot, fields))
  lines.push(...failIf(value.wrong))
  const texts = hoist(leafBits(value), lines)
  lines.push(...failIf(keys.flatMap((key) => key.wrong)))
  const ordinals = hoist(
    keys.map((key) => leavesOf(key)[0] ?? '0'),
    lines,
  )
  const found = keys.map((key, i) => scalarCode(key.domain, ordinals[i] ?? '0'))
  storeAt(slot, fields, found, texts, words, context, lines)
}

function failIf(wrong: readonly string[]): readonly string[] {
  return wrong.length === 0 ? [] : [`if (${wrong.join(' || ')}) ${failText}`]
}

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

/** Everything is read before anything is written; plain constants need no variable. */
function hoist(texts: readonly string[], lines: string[]): readonly string[] {
  return texts.map((text) => {
    if (/^\(?-?\d+\)?$/.test(text)) return text.replace(/[()]/g, '')
    const name = fresh('v')
    lines.push(`const ${name} = ${text}`)
    return name
  })
}

function storeAt(
  slot: Slot,
  fields: readonly (string | null)[],
  keys: readonly Code[],
  texts: readonly string[],
  words: Words,
  context: EffectContext,
  lines: string[],
): void {
  const [field, ...deeper] = fields
  if (field === undefined) {
    for (const [i, leaf] of slotLeaves(slot).entries()) storeLeaf(leaf, texts[i] ?? '0', words, context, lines)
    return
  }
  if (field !== null) {
    storeAt(partSlot(slot, field), deeper, keys, texts, words, context, lines)
    return
  }
  const [key, ...otherKeys] = keys
  if (key === undefined || (slot.kind !== 'parts' && slot.kind !== 'sequence'))
    throw new Error('emit: an index too few')
  storeElement({ slot, deeper, otherKeys, key, texts }, words, context, lines)
}

interface ElementStore {
  readonly slot: Extract<Slot, { kind: 'parts' | 'sequence' }>
  readonly deeper: readonly (string | null)[]
  readonly otherKeys: readonly Code[]
  readonly key: Code
  readonly texts: readonly string[]
}

/** An element chosen at run time: a case for each. All other indices were refused before. */
function storeElement(target: ElementStore, words: Words, context: EffectContext, lines: string[]): void {
  const { slot, deeper, otherKeys, texts } = target
  const ordinal = checkedOrdinal(target, words, context, lines)
  const constant = /^\d+$/.test(ordinal) ? slot.parts[Number(ordinal)] : undefined
  if (constant !== undefined) {
    storeAt(constant, deeper, otherKeys, texts, words, context, lines)
    return
  }
  const [at] = hoist([ordinal], lines)
  lines.push(...flush(words, context))
  for (const leaf of slot.parts.flatMap(slotLeaves)) lines.push(...declareWord(leaf.word, words, context))
  for (const [i, part] of slot.parts.entries()) {
    const own: string[] = []
    storeAt(part, deeper, otherKeys, texts, words, context, own)
    own.push(...flush(words, context))
    const head = i === 0 ? 'if' : '} else if'
    lines.push(i === slot.parts.length - 1 && i > 0 ? '} else {' : `${head} (${at} === ${i}) {`, ...indent(own))
  }
  lines.push('}')
}

/** The position of an element, after the lines that refuse what lies outside. */
function checkedOrdinal({ slot, key }: ElementStore, words: Words, context: EffectContext, lines: string[]): string {
  if (slot.kind === 'parts' && slot.domain.kind === 'array') {
    const code = convert(key, slot.domain.index)
    lines.push(...failIf(code.wrong))
    return ordinalText(leavesOf(code)[0] ?? '0', slot.domain.index)
  }
  const [text = '0'] = leavesOf(key)
  const length = slot.kind === 'sequence' ? bitsText(readerOf(words, context, lines).read, slot.length) : '0'
  lines.push(...failIf([`${text} < 0`, `${text} >= ${length}`]))
  return text
}
