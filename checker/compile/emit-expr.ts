/**
 * Expressions to code. One case for each node; the meaning of each is in the reference evaluator.
 */

import { cardinality, domainOf, join, keysOf, partDomains, type Scope } from '../../src/model/domain-of.ts'
import type { Domain, Expr } from '../../src/model/ir.ts'
import {
  type Code,
  combineLeaves,
  convert,
  failText,
  leavesOf,
  literalCode,
  ordinalText,
  type ReadWord,
  readSlot,
  zeroCode,
} from './code.ts'
import type { Layout } from './layout.ts'

/** What expressions are emitted against. `next` reads the successor inside step properties. */
export interface Reader {
  readonly scope: Scope
  readonly layout: Layout
  readonly read: ReadWord
  readonly next: ReadWord | null
}

const comparison = { lt: '<', le: '<=', gt: '>', ge: '>=' } as const

/** Text of a scalar expression. */
export function scalar(e: Expr, reader: Reader): string {
  const code = emitExpr(e, reader)
  if (code.kind !== 'scalar') throw new Error(`emit: ${e.kind} is not a scalar`)
  return code.text
}

export function emitExpr(e: Expr, reader: Reader): Code {
  const truth = (text: string): Code => ({ kind: 'scalar', domain: { kind: 'boolean' }, text })
  switch (e.kind) {
    case 'literal':
      return literalCode(e.domain, e.value)
    case 'variable': {
      const slot = reader.layout.slots.get(e.name)
      if (slot === undefined) throw new Error(`emit: no variable ${e.name}`)
      return readSlot(reader.read, slot)
    }
    case 'field':
      return fieldCode(emitExpr(e.of, reader), e.name)
    case 'index':
      return indexCode(emitExpr(e.of, reader), emitExpr(e.index, reader))
    case 'not':
      return truth(negate(scalar(e.e, reader)))
    case 'and':
    case 'or':
      return truth(
        connect(
          e.kind,
          e.es.map((operand) => scalar(operand, reader)),
        ),
      )
    case 'implies':
      return truth(`(!${scalar(e.left, reader)} || ${scalar(e.right, reader)})`)
    case 'equal':
      return truth(equalText(emitExpr(e.left, reader), emitExpr(e.right, reader)))
    case 'compare':
      return truth(`(${scalar(e.left, reader)} ${comparison[e.operator]} ${scalar(e.right, reader)})`)
    case 'arithmetic':
      return { kind: 'scalar', domain: domainOf(e, reader.scope), text: arithmeticText(e, reader) }
    case 'conditional':
      return conditionalCode(e, reader)
    case 'count':
      return {
        kind: 'scalar',
        domain: { kind: 'range', min: 0, max: e.es.length },
        text: `(${['0', ...e.es.map((operand) => `(${scalar(operand, reader)} ? 1 : 0)`)].join(' + ')})`,
      }
    case 'next': {
      if (reader.next === null) throw new Error('emit: next outside a step property')
      return emitExpr(e.e, { ...reader, read: reader.next, next: null })
    }
    case 'construct': {
      const domains = partDomains(e.domain)
      const parts = e.items.map((item, i) => {
        const code = emitExpr(item, reader)
        return convert(code, domains[i] ?? code.domain)
      })
      return { kind: 'parts', domain: e.domain, parts }
    }
    default:
      return emitCollection(e, reader)
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
  const part = of.parts[domain.fields.findIndex((field) => field.name === name)]
  if (part === undefined) throw new Error(`emit: no field ${name}`)
  return part
}

function indexCode(of: Code, index: Code): Code {
  if (index.kind !== 'scalar') throw new Error('emit: an index is no scalar')
  if (of.kind === 'sequence') {
    const { length } = of
    const cases = of.parts.map((part, i) => ({ test: `${index.text} === ${i}`, guard: `${i} < ${length}`, part }))
    return combineLeaves(
      cases.map(({ part }) => part),
      (texts) =>
        `(${texts.map((text, i) => `${cases[i]?.test} && ${cases[i]?.guard} ? ${text} : `).join('')}${failText})`,
    )
  }
  if (of.kind !== 'parts' || of.domain.kind !== 'array') throw new Error('emit: an element of no array')
  const keys = keysOf(of.domain.index)
  const ordinal = ordinalText(leavesOf(convert(index, of.domain.index))[0] ?? failText, of.domain.index)
  if (/^\d+$/.test(ordinal)) return of.parts[Number(ordinal)] ?? combineLeaves(of.parts, () => failText)
  return combineLeaves(of.parts, (texts) => pickText(texts, ordinal, keys.length))
}

/** The text with this ordinal, where the ordinal is known to be in range. */
function pickText(texts: readonly string[], ordinal: string, count: number): string {
  const computed = computedBits(texts, ordinal)
  if (computed !== null && !ordinal.includes(failText)) return computed
  const last = texts[count - 1] ?? failText
  return `(${texts
    .slice(0, -1)
    .map((text, i) => `${ordinal} === ${i} ? ${text} : `)
    .join('')}${last})`
}

const bits = /^(\()?\((\w+)(?: >>> (\d+))?(?: & (\d+))?\)(?:( !== 0| \+ -?\d+)\))?$/

/** Elements at equal distances in one word are picked by a computed shift instead of a chain of cases. */
function computedBits(texts: readonly string[], ordinal: string): string | null {
  const found = texts.map((text) => bits.exec(text))
  const shifts = found.map((match) => Number(match?.[3] ?? 0))
  const first = found[0]
  const stride = (shifts[1] ?? 0) - (shifts[0] ?? 0)
  const mask = found.find((match) => match?.[4] !== undefined)?.[4]
  if (first == null || texts.length < 3 || stride <= 0 || mask === undefined) return null
  const isRegular = found.every(
    (match, i) =>
      match != null && match[2] === first[2] && match[5] === first[5] && shifts[i] === (shifts[0] ?? 0) + i * stride,
  )
  if (!isRegular) return null
  const shift = `${ordinal} * ${stride}${shifts[0] === 0 ? '' : ` + ${shifts[0]}`}`
  const value = `(${first[2]} >>> ${shift} & ${mask})`
  return first[5] === undefined ? value : `(${value}${first[5]})`
}

function equalText(left: Code, right: Code): string {
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    if (left.domain.kind === 'enumeration')
      return `(${left.text} === ${leavesOf(convert(right, left.domain, '-1'))[0]})`
    if (right.text === 'true') return left.text
    if (right.text === 'false') return negate(left.text)
    return `(${left.text} === ${right.text})`
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

function arithmeticText(e: Extract<Expr, { kind: 'arithmetic' }>, reader: Reader): string {
  const left = scalar(e.left, reader)
  const right = scalar(e.right, reader)
  switch (e.operator) {
    case 'plus':
      return `(${left} + ${right})`
    case 'minus':
      return `(${left} - ${right})`
    case 'times':
      return `(${left} * ${right})`
    case 'div':
    case 'mod': {
      const d = domainOf(e.right, reader.scope)
      const divisor = d.kind === 'range' && (d.min > 0 || d.max < 0) ? right : `nonZero(${right})`
      return e.operator === 'div' ? `Math.floor(${left} / ${divisor})` : `modulo(${left}, ${divisor})`
    }
    case 'min':
    case 'max':
      return `Math.${e.operator}(${left}, ${right})`
  }
}

function conditionalCode(e: Extract<Expr, { kind: 'conditional' }>, reader: Reader): Code {
  const condition = scalar(e.condition, reader)
  const d = join(domainOf(e.then, reader.scope), domainOf(e.otherwise, reader.scope))
  const ways = [convert(emitExpr(e.then, reader), d), convert(emitExpr(e.otherwise, reader), d)]
  return combineLeaves(ways, ([then, otherwise]) => `(${condition} ? ${then} : ${otherwise})`)
}

type CollectionExpr = Extract<
  Expr,
  { kind: 'contains' | 'insert' | 'remove' | 'combine' | 'subset' | 'size' | 'last' | 'append' | 'rest' | 'front' }
>

function emitCollection(e: CollectionExpr, reader: Reader): Code {
  const truth = (text: string): Code => ({ kind: 'scalar', domain: { kind: 'boolean' }, text })
  switch (e.kind) {
    case 'contains': {
      const set = setCode(e.set, reader)
      const ordinal = memberOrdinal(emitExpr(e.element, reader), set.domain.element, '-1')
      return truth(
        set.masks.length === 1
          ? `hasBit(${set.masks[0]}, ${ordinal})`
          : `hasBitOf([${set.masks.join(', ')}], ${ordinal})`,
      )
    }
    case 'insert':
    case 'remove': {
      const set = setCode(e.set, reader)
      const ordinal = memberOrdinal(emitExpr(e.element, reader), set.domain.element, failText)
      const one = (m: number): string => (set.masks.length === 1 ? `1 << ${ordinal}` : `bitOf(${ordinal}, ${m})`)
      return {
        ...set,
        masks: set.masks.map((mask, m) => (e.kind === 'insert' ? `(${mask} | ${one(m)})` : `(${mask} & ~(${one(m)}))`)),
      }
    }
    case 'combine': {
      const right = setCode(e.right, reader)
      return combineLeaves([setCode(e.left, reader), right], ([l, r]) =>
        e.operator === 'union' ? `(${l} | ${r})` : e.operator === 'intersection' ? `(${l} & ${r})` : `(${l} & ~${r})`,
      )
    }
    case 'subset': {
      const right = setCode(e.right, reader)
      return truth(
        connect(
          'and',
          setCode(e.left, reader).masks.map((mask, m) => `(${mask} & ~${right.masks[m]}) === 0`),
        ),
      )
    }
    case 'size': {
      const of = emitExpr(e.of, reader)
      const text =
        of.kind === 'set'
          ? `(${of.masks.map((mask) => `bitCount(${mask})`).join(' + ')})`
          : of.kind === 'sequence'
            ? of.length
            : failText
      return { kind: 'scalar', domain: domainOf(e, reader.scope), text }
    }
    case 'last': {
      const { length, parts } = sequenceCode(e.of, reader)
      return combineLeaves(
        parts,
        (texts) => `(${texts.map((text, i) => `${length} === ${i + 1} ? ${text} : `).join('')}${failText})`,
      )
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

/** Position of a member in the canonical order of its domain: mixed radix, first field most significant. */
function memberOrdinal(element: Code, d: Domain, outside: string): string {
  const code = convert(element, d, outside === failText ? failText : 'NaN')
  const ordinal = (part: Code, domain: Domain): string => {
    if (part.kind === 'scalar') return ordinalText(part.text, domain)
    if (part.kind !== 'parts' || domain.kind !== 'record') throw new Error('emit: a member is no scalar')
    return domain.fields.reduce((text, field, i) => {
      const own = ordinal(part.parts[i] ?? part, field.domain)
      return text === '' ? own : `(${text} * ${cardinality(field.domain)} + ${own})`
    }, '')
  }
  return ordinal(code, d)
}

function appendCode(of: Extract<Code, { kind: 'sequence' }>, element: Code): Code {
  const { length, parts, domain } = of
  const item = convert(element, domain.element)
  return {
    ...of,
    length: `(${length} === ${domain.capacity} ? ${failText} : ${length} + 1)`,
    parts: parts.map((part, i) =>
      combineLeaves([part, item], ([old, fresh]) => `(${length} === ${i} ? ${fresh} : ${old})`),
    ),
  }
}

function shortenCode(kind: 'rest' | 'front', of: Extract<Code, { kind: 'sequence' }>): Code {
  const { length, parts, domain } = of
  const zero = zeroCode(domain.element)
  return {
    ...of,
    length: `(${length} === 0 ? ${failText} : ${length} - 1)`,
    parts: parts.map((part, i) =>
      kind === 'rest'
        ? (parts[i + 1] ?? zero)
        : combineLeaves([part, zero], ([old, none]) => `(${length} === ${i + 1} ? ${none} : ${old})`),
    ),
  }
}
