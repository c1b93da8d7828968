/**
 * Expressions to code. One case for each node; the meaning of each is in the reference evaluator.
 */

import { domainOf, join, partDomains, type Scope } from '../../src/model/domain-of.ts'
import type { CollectionExpr, Expr } from '../../src/model/ir.ts'
import type { Line, Lines } from './block.ts'
import {
  type Code,
  checkedText,
  combineLeaves,
  convert,
  errorsOf,
  knownPart,
  literalCode,
  ordinalText,
  type ReadWord,
  readSlot,
  scalarCode,
  type Texts,
  textOf,
  unless,
  wholeOf,
  zeroCode,
} from './code.ts'
import { changedSet, containsText } from './emit-set.ts'
import { slotOf } from './field-tests.ts'
import { gathered } from './gather.ts'
import type { Layout } from './layout.ts'
import { pickText } from './pick.ts'
import { leavesOf } from './shaped.ts'
import { once, type Shared, sharedIn } from './shared.ts'

/** What expressions are emitted against. `next` reads the successor inside step properties. `shared`: null where nothing can be computed ahead. */
export interface Reader {
  readonly scope: Scope
  readonly layout: Layout
  readonly read: ReadWord
  readonly next: ReadWord | null
  readonly shared: Shared | null
}

const comparison = { lt: '<', le: '<=', gt: '>', ge: '>=' } as const

/** Text of a scalar expression; it raises what may go wrong. */
export function scalar(e: Expr, reader: Reader): string {
  return checkedText(emitExpr(e, reader))
}

/** A reader for expressions that are evaluated together, after the lines that it adds. */
export function readerAfter(lines: Line[], es: readonly Expr[], reader: Reader): Reader {
  const shared = sharedIn(es, lines)
  if (shared === null && reader.shared === null) return reader
  const own = { ...reader, shared }
  for (const e of shared?.next?.deep ?? []) emitExpr(e, nextOf(own))
  for (const e of shared?.deep ?? []) emitExpr(e, own)
  return own
}

function nextOf(reader: Reader): Reader {
  if (reader.next === null) throw new Error('emit: next outside a step property')
  return { ...reader, read: reader.next, next: null, shared: reader.shared?.next ?? null }
}

/** A line that uses a scalar expression, after those that compute what it uses several times. */
export function scalarLines(e: Expr, reader: Reader, line: (text: string) => string): Lines {
  const lines: Line[] = []
  const text = scalar(e, readerAfter(lines, [e], reader))
  return [...lines, line(text)]
}

function truth(text: string, wrong: readonly string[] = []): Code {
  return scalarCode({ kind: 'boolean' }, text, wrong)
}

/** Several operands that are all evaluated: their texts, and what may go wrong with any. */
function operands(
  es: readonly Expr[],
  reader: Reader,
): { readonly texts: readonly string[]; readonly wrong: readonly string[] } {
  // A call less between operators within each other than by `map`, and the stack is small.
  const codes: Code[] = []
  for (const e of es) codes.push(emitExpr(e, reader))
  return {
    texts: codes.map((code) => textOf(code)),
    wrong: [...new Set(codes.flatMap((code) => code.wrong))],
  }
}

/** `isAnew`: whether or not it is used several times. */
export function emitExpr(e: Expr, reader: Reader, isAnew = false): Code {
  const { shared } = reader
  if (!isAnew && shared?.usedAgain.has(e)) return once(e, shared, () => emitExpr(e, reader, true))
  switch (e.kind) {
    case 'literal':
      return literalCode(e.domain, e.value)
    case 'variable':
    case 'field':
    case 'index':
      return emitPart(e, reader)
    case 'construct': {
      const domains = partDomains(e.domain)
      const parts = e.items.map((item, i) => {
        const code = emitExpr(item, reader)
        return convert(code, domains[i] ?? code.domain)
      })
      return wholeOf(parts, e.domain)
    }
    case 'conditional':
      return conditionalCode(e, reader)
    case 'equal':
      return equalCode(emitExpr(e.left, reader), emitExpr(e.right, reader))
    case 'next':
      return emitExpr(e.e, nextOf(reader))
    case 'arithmetic':
    case 'count':
      return emitNumber(e, reader)
    case 'not':
    case 'and':
    case 'or':
    case 'implies':
    case 'compare':
      return emitTruth(e, reader)
    default:
      return emitCollection(e, reader)
  }
}

/** A part that is known now is read without the rest: a variable may have thousands. */
function emitPart(e: Extract<Expr, { kind: 'variable' | 'field' | 'index' }>, reader: Reader): Code {
  const slot = slotOf(e, reader.layout)
  if (slot !== null) return readSlot(reader.read, slot)
  if (e.kind === 'variable') throw new Error(`emit: no variable ${e.name}`)
  const of = emitExpr(e.of, reader)
  return e.kind === 'field' ? fieldCode(of, e.name) : indexCode(of, emitExpr(e.index, reader))
}

function emitTruth(e: Extract<Expr, { kind: 'not' | 'and' | 'or' | 'implies' | 'compare' }>, reader: Reader): Code {
  switch (e.kind) {
    case 'not': {
      const { texts, wrong } = operands([e.e], reader)
      return truth(negate(texts[0] ?? 'false'), wrong)
    }
    // Short circuit: an operand is checked only where it is evaluated.
    case 'and':
    case 'or':
      return truth(connect(e.kind, connected(e.kind, e.es, reader)))
    case 'implies':
      return truth(`(!${scalar(e.left, reader)} || ${scalar(e.right, reader)})`)
    case 'compare': {
      const { texts, wrong } = operands([e.left, e.right], reader)
      return truth(`(${texts.join(` ${comparison[e.operator]} `)})`, wrong)
    }
  }
}

/** The texts of a connective's operands. */
export function connected(kind: 'and' | 'or', es: readonly Expr[], reader: Reader): readonly string[] {
  return gathered(kind, es, reader.layout, {
    text: (e) => scalar(e, reader),
    ordinal: (variable) => {
      const slot = reader.layout.slots.get(variable)
      if (slot?.kind !== 'scalar') throw new Error(`emit: ${variable} is no scalar`)
      return ordinalText(textOf(readSlot(reader.read, slot)), slot.domain)
    },
    word: reader.read,
  })
}

function emitNumber(e: Extract<Expr, { kind: 'arithmetic' | 'count' }>, reader: Reader): Code {
  const d = domainOf(e, reader.scope)
  if (e.kind === 'count') {
    const { texts, wrong } = operands(e.es, reader)
    return scalarCode(d, `(${['0', ...texts.map((text) => `(${text} ? 1 : 0)`)].join(' + ')})`, wrong)
  }
  const { texts, wrong } = operands([e.left, e.right], reader)
  const [left, right] = texts
  switch (e.operator) {
    case 'plus':
      return scalarCode(d, `(${left} + ${right})`, wrong)
    case 'minus':
      return scalarCode(d, `(${left} - ${right})`, wrong)
    case 'times':
      return scalarCode(d, `(${left} * ${right})`, wrong)
    case 'min':
    case 'max':
      return scalarCode(d, `Math.${e.operator}(${left}, ${right})`, wrong)
    case 'div':
    case 'mod': {
      const divisor = domainOf(e.right, reader.scope)
      const isNeverZero = divisor.kind === 'range' && (divisor.min > 0 || divisor.max < 0)
      const text = `${e.operator === 'div' ? 'quotient' : 'modulo'}(${left}, ${right})`
      return scalarCode(d, text, isNeverZero ? wrong : [...wrong, `${right} === 0`])
    }
  }
}

function negate(text: string): string {
  const bit = /^\((.*) !== 0\)$/.exec(text)
  return bit === null || bit[1]?.includes('!== 0') === true ? `!${text}` : `(${bit[1]} === 0)`
}

function connect(kind: 'and' | 'or', texts: readonly string[]): string {
  if (texts.length === 0) return String(kind === 'and')
  return `(${texts.join(kind === 'and' ? ' && ' : ' || ')})`
}

function fieldCode(of: Code, name: string): Code {
  const { domain } = of
  if (of.kind !== 'parts' || domain.kind !== 'record') throw new Error('emit: a field of no record')
  const position = domain.fields.findIndex((field) => field.name === name)
  const part = of.parts[position]
  if (part === undefined) throw new Error(`emit: no field ${name}`)
  return unless([...of.wrong, ...errorsOf(of.parts.filter((_, i) => i !== position))], part)
}

function indexCode(of: Code, index: Code): Code {
  if (of.kind === 'sequence') {
    const { length, parts } = of
    const i = textOf(index)
    const isNatural = index.domain.kind === 'range' && index.domain.min >= 0
    const wrong = [...of.wrong, ...index.wrong, ...(isNatural ? [] : [`${i} < 0`]), `${i} >= ${length}`]
    return unless([...wrong, ...errorsOf(parts)], pickPart(parts, i))
  }
  if (of.kind !== 'parts' || of.domain.kind !== 'array') throw new Error('emit: an element of no array')
  const key = convert(index, of.domain.index)
  const ordinal = ordinalText(textOf(key), of.domain.index)
  return unless([...of.wrong, ...key.wrong, ...errorsOf(of.parts)], pickPart(of.parts, ordinal))
}

/** The part with this ordinal, which is known to be in range. */
function pickPart(parts: readonly Texts[], ordinal: string): Texts {
  return knownPart(parts, ordinal) ?? combineLeaves(parts, (texts) => pickText(texts, ordinal))
}

/** Both values are evaluated as a whole before they are compared. */
function equalCode(left: Code, right: Code): Code {
  const wrong = left.kind === 'scalar' ? [...left.wrong, ...right.wrong] : errorsOf([left, right])
  return truth(equalText(left, right), [...new Set(wrong)])
}

function equalText(left: Texts, right: Texts): string {
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    if (left.domain.kind === 'enumeration') return `(${left.leaf} === ${textOf(convert(right, left.domain, '-1'))})`
    if (right.leaf === 'true') return left.leaf
    if (right.leaf === 'false') return negate(left.leaf)
    return `(${left.leaf} === ${right.leaf})`
  }
  if (left.kind === 'parts' && right.kind === 'parts') {
    return connect(
      'and',
      left.parts.map((part, i) => equalText(part, right.parts[i] ?? part)),
    )
  }
  if (left.kind === 'set' && right.kind === 'set') {
    return connect(
      'and',
      left.masks.map((mask, i) => `(${mask} | 0) === (${right.masks[i]} | 0)`),
    )
  }
  if (left.kind === 'sequence' && right.kind === 'sequence') {
    const common = left.parts.slice(0, right.parts.length)
    return connect('and', [
      `${left.length} === ${right.length}`,
      ...common.map((part, i) => `(${i} >= ${left.length} || ${equalText(part, right.parts[i] ?? part)})`),
    ])
  }
  throw new Error('emit: two kinds are compared')
}

function conditionalCode(e: Extract<Expr, { kind: 'conditional' }>, reader: Reader): Code {
  const condition = emitExpr(e.condition, reader)
  const test = textOf(condition)
  const d = join(domainOf(e.then, reader.scope), domainOf(e.otherwise, reader.scope))
  const then = convert(emitExpr(e.then, reader), d)
  const otherwise = convert(emitExpr(e.otherwise, reader), d)
  const chosen = combineLeaves([then, otherwise], ([yes, no]) => `(${test} ? ${yes} : ${no})`)
  // Whoever asks first whether a sequence is empty need not be asked again.
  const elsewhere = otherwise.wrong.filter((wrong) => `(${wrong})` !== test)
  if (then.wrong.length + elsewhere.length === 0) return unless(condition.wrong, chosen)
  const either = (wrong: readonly string[]): string => wrong.join(' || ') || 'false'
  return unless([...condition.wrong, `(${test} ? ${either(then.wrong)} : ${either(elsewhere)})`], chosen)
}

function emitCollection(e: CollectionExpr, reader: Reader): Code {
  switch (e.kind) {
    case 'contains': {
      const set = setCode(e.set, reader)
      const element = emitExpr(e.element, reader)
      return truth(containsText(set, element), [...set.wrong, ...element.wrong])
    }
    case 'insert':
    case 'remove':
      return changedSet(e.kind, setCode(e.set, reader), emitExpr(e.element, reader))
    case 'combine': {
      const left = setCode(e.left, reader)
      const right = setCode(e.right, reader)
      return unless(
        [...left.wrong, ...right.wrong],
        combineLeaves([left, right], ([l, r]) =>
          e.operator === 'union' ? `(${l} | ${r})` : e.operator === 'intersection' ? `(${l} & ${r})` : `(${l} & ~${r})`,
        ),
      )
    }
    case 'subset': {
      const left = setCode(e.left, reader)
      const right = setCode(e.right, reader)
      const tests = left.masks.map((mask, m) => `(${mask} & ~${right.masks[m]}) === 0`)
      return truth(connect('and', tests), errorsOf([left, right]))
    }
    case 'size': {
      const of = emitExpr(e.of, reader)
      const d = domainOf(e, reader.scope)
      if (of.kind === 'sequence') return scalarCode(d, of.length, errorsOf([of]))
      const counts = leavesOf(of).map((mask) => `bitCount(${mask})`)
      return scalarCode(d, `(${counts.join(' + ')})`, of.wrong)
    }
    case 'last': {
      const { length, parts, wrong } = sequenceCode(e.of, reader)
      return unless([...wrong, `${length} === 0`, ...errorsOf(parts)], pickPart(parts, `(${length} - 1)`))
    }
    case 'append':
      return appendCode(sequenceCode(e.sequence, reader), emitExpr(e.element, reader))
    case 'rest':
    case 'front':
      return shortenCode(e.kind, sequenceCode(e.of, reader))
  }
}

function setCode(e: Expr, reader: Reader): Extract<Code, { kind: 'set' }> {
  const code = emitExpr(e, reader)
  if (code.kind !== 'set') throw new Error('emit: no set')
  return code
}

function sequenceCode(e: Expr, reader: Reader): Extract<Code, { kind: 'sequence' }> {
  const code = emitExpr(e, reader)
  if (code.kind !== 'sequence') throw new Error('emit: no sequence')
  return code
}

function appendCode(of: Extract<Code, { kind: 'sequence' }>, element: Code): Code {
  const { length, parts, domain } = of
  const item = convert(element, domain.element)
  return {
    ...of,
    length: `(${length} + 1)`,
    parts: parts.map((part, i) =>
      combineLeaves([part, item], ([old, fresh]) => `(${length} === ${i} ? ${fresh} : ${old})`),
    ),
    wrong: [...new Set([...of.wrong, ...item.wrong, `${length} === ${domain.capacity}`])],
  }
}

function shortenCode(kind: 'rest' | 'front', of: Extract<Code, { kind: 'sequence' }>): Code {
  const { length, parts, domain } = of
  const zero = zeroCode(domain.element)
  const dropped = kind === 'rest' ? errorsOf(parts.slice(0, 1)) : errorsOf(parts)
  return {
    ...of,
    length: `(${length} - 1)`,
    parts: parts.map((part, i) =>
      kind === 'rest'
        ? (parts[i + 1] ?? zero)
        : combineLeaves([part, zero], ([old, none]) => `(${length} === ${i + 1} ? ${none} : ${old})`),
    ),
    wrong: [...new Set([...of.wrong, `${length} === 0`, ...dropped])],
  }
}
