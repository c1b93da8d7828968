/**
 * Expressions as Promela. What our search judges as a model error (a value outside its domain, an index outside its array) is not
 * judged by what is printed.
 */

import { cardinality, equalDomains } from '../../src/model/domain.ts'
import { domainOf, join, type Scope } from '../../src/model/domain-of.ts'
import type { CollectionExpr, Domain, Expr } from '../../src/model/ir.ts'
import { type Leaf, leavesOf, lengthDomain, membersPerMask, NotPrintable, numberAt } from './leaves.ts'

/** Text and domain of a scalar. */
export interface Scalar {
  readonly text: string
  readonly domain: Domain
}

/** A value of any domain: the text of one element of one of its leaves. Positions are texts. */
export interface Printed {
  readonly domain: Domain
  at(path: string, positions: readonly string[]): Scalar
}

/** `a.b` in the model is `m_a_b` in Promela: no word of Promela or C begins so. */
export const variableName = (name: string): string => `m_${name.replaceAll(/\W/g, '_')}`

export function placeText(name: string, leaf: Leaf, positions: readonly string[]): string {
  const index = positions.reduce(
    (text, position, i) => (text === '' ? position : sum(`${text} * ${leaf.sizes[i]}`, position)),
    '',
  )
  return `${variableName(name)}${leaf.path.replaceAll(/\W/g, '_')}${index === '' ? '' : `[${folded(index)}]`}`
}

const sum = (left: string, right: string): string => `(${folded(left)} + ${right})`
/** Computes what consists of numbers only. */
const folded = (text: string): string =>
  /^[\d\s+*()-]+$/.test(text) && !/^\d+$/.test(text) ? String(new Function(`return ${text}`)()) : text

export function scalarText(e: Expr, scope: Scope): string {
  return printed(e, scope).at('', []).text
}

const constant = (domain: Domain, of: (path: string, positions: readonly number[]) => number): Printed => ({
  domain,
  at: (path, positions) => {
    const leaf = leafOf(domain, path, positions.length)
    return { domain: leaf.domain, text: chosen(leaf.sizes, positions, (numbers) => String(of(path, numbers))) }
  },
})

function leafOf(d: Domain, path: string, depth: number): Leaf {
  const leaf = leavesOf(d).find((one) => one.path === path && one.sizes.length === depth)
  if (leaf === undefined) throw new Error(`no leaf ${path} in a ${d.kind}`)
  return leaf
}

/** A choice by positions, some of which are computed: a chain of conditions for each. */
function chosen(
  sizes: readonly number[],
  positions: readonly string[],
  text: (numbers: readonly number[]) => string,
  known: readonly number[] = [],
): string {
  const [position, ...rest] = positions
  const [size = 0, ...others] = sizes
  if (position === undefined) return text(known)
  if (/^\d+$/.test(position)) return chosen(others, rest, text, [...known, Number(position)])
  return Array.from({ length: size }, (_, i) => chosen(others, rest, text, [...known, i])).reduceRight(
    (otherwise, one, i) => `(${position} == ${i} -> ${one} : ${otherwise})`,
  )
}

const scalar = (domain: Domain, text: string): Printed => ({ domain, at: () => ({ domain, text }) })
const truth = (text: string): Printed => scalar({ kind: 'boolean' }, text)

const comparison = { lt: '<', le: '<=', gt: '>', ge: '>=' } as const

export function printed(e: Expr, scope: Scope): Printed {
  const text = (operand: Expr): string => scalarText(operand, scope)
  switch (e.kind) {
    case 'literal':
      return constant(e.domain, (path, positions) => numberAt(e.domain, e.value, path, positions))
    case 'variable': {
      const domain = domainOf(e, scope)
      return {
        domain,
        at: (path, positions) => {
          const leaf = leafOf(domain, path, positions.length)
          return { domain: leaf.domain, text: placeText(e.name, leaf, positions) }
        },
      }
    }
    case 'field': {
      const of = printed(e.of, scope)
      return {
        domain: domainOf(e, scope),
        at: (path, positions) => of.at(`_${e.name}${path}`, positions),
      }
    }
    case 'index':
      return element(printed(e.of, scope), indexText(e.index, domainOf(e.of, scope), scope))
    case 'not':
      return truth(`(!${text(e.e)})`)
    case 'and':
    case 'or':
      return truth(connected(e.kind, e.es.map(text)))
    case 'implies':
      return truth(`((!${text(e.left)}) || ${text(e.right)})`)
    case 'equal':
      return truth(equalText(printed(e.left, scope), printed(e.right, scope)))
    case 'compare':
      return truth(`(${text(e.left)} ${comparison[e.operator]} ${text(e.right)})`)
    case 'count':
      return scalar(domainOf(e, scope), `(${['0', ...e.es.map(text)].join(' + ')})`)
    case 'arithmetic':
      return scalar(domainOf(e, scope), arithmetic(e, scope))
    case 'conditional': {
      const domain = join(domainOf(e.then, scope), domainOf(e.otherwise, scope))
      const [then, otherwise] = [printed(e.then, scope), printed(e.otherwise, scope)]
      const condition = text(e.condition)
      return {
        domain,
        at: (path, positions) => {
          const to = leafOf(domain, path, positions.length).domain
          const [yes, no] = [then.at(path, positions), otherwise.at(path, positions)].map((one) => converted(one, to))
          return { domain: to, text: `(${condition} -> ${yes} : ${no})` }
        },
      }
    }
    case 'construct':
      return constructed(e, scope)
    case 'next':
      throw new NotPrintable('a property of steps')
    default:
      return collection(e, scope)
  }
}

function connected(kind: 'and' | 'or', texts: readonly string[]): string {
  return texts.length === 0 ? String(kind === 'and') : `(${texts.join(kind === 'and' ? ' && ' : ' || ')})`
}

function element(of: Printed, position: string): Printed {
  if (of.domain.kind !== 'array' && of.domain.kind !== 'sequence') throw new Error('an element of a scalar')
  return { domain: of.domain.element, at: (path, positions) => of.at(path, [position, ...positions]) }
}

/** Position of a key in an array, or in a sequence. */
function indexText(index: Expr, of: Domain, scope: Scope): string {
  const key = printed(index, scope).at('', [])
  if (of.kind !== 'array') return key.text
  return less(converted(key, of.index), of.index.kind === 'range' ? of.index.min : 0)
}

const less = (text: string, by: number): string => (by === 0 ? text : folded(`(${text} - ${by})`))

function arithmetic(e: Extract<Expr, { kind: 'arithmetic' }>, scope: Scope): string {
  const [a, b] = [scalarText(e.left, scope), scalarText(e.right, scope)]
  switch (e.operator) {
    case 'plus':
      return `(${a} + ${b})`
    case 'minus':
      return `(${a} - ${b})`
    case 'times':
      return `(${a} * ${b})`
    case 'min':
      return `(${a} < ${b} -> ${a} : ${b})`
    case 'max':
      return `(${a} > ${b} -> ${a} : ${b})`
    case 'div':
    case 'mod': {
      const isNatural = [e.left, e.right].every((operand) => {
        const d = domainOf(operand, scope)
        return d.kind === 'range' && d.min >= 0
      })
      if (!isNatural) throw new NotPrintable('a division of negative numbers')
      return `(${a} ${e.operator === 'div' ? '/' : '%'} ${b})`
    }
  }
}

function constructed(e: Extract<Expr, { kind: 'construct' }>, scope: Scope): Printed {
  const domain = e.domain
  const items = e.items.map((item) => printed(item, scope))
  return {
    domain,
    at: (path, positions) => {
      const { sizes, domain: to } = leafOf(domain, path, positions.length)
      if (domain.kind === 'record') {
        const place = domain.fields.findIndex(({ name, domain: d }) =>
          leavesOf(d).some((leaf) => `_${name}${leaf.path}` === path && leaf.sizes.length === positions.length),
        )
        const item = items[place]?.at(path.slice((domain.fields[place]?.name.length ?? 0) + 1), positions)
        return { domain: to, text: converted(item, to) }
      }
      const text = chosen(sizes.slice(0, 1), positions.slice(0, 1), ([i = 0]) =>
        converted(items[i]?.at(path, positions.slice(1)), to),
      )
      return { domain: to, text }
    },
  }
}

/** A scalar as a value of another domain of its kind: labels are numbered anew. */
export function converted(from: Scalar | undefined, to: Domain): string {
  if (from === undefined) throw new Error('nothing to convert')
  const { text, domain } = from
  if (domain.kind === 'set' && to.kind === 'set') {
    if (!equalDomains(domain.element, to.element) && text !== '0') throw new NotPrintable('sets of different elements')
    return text
  }
  if (domain.kind !== 'enumeration' || to.kind !== 'enumeration') return text
  const numbers = domain.values.map((label) => to.values.indexOf(label))
  if (numbers.every((number, i) => number === i)) return text
  if (/^\d+$/.test(text)) return String(numbers[Number(text)])
  return numbers.map(String).reduceRight((rest, number, i) => `(${text} == ${i} -> ${number} : ${rest})`)
}

function equalText(left: Printed, right: Printed): string {
  const d = left.domain
  if (d.kind === 'sequence') throw new NotPrintable('two sequences are compared')
  const tests = leavesOf(d).flatMap((leaf) =>
    positionTexts(leaf.sizes).map((positions) => {
      const own = left.at(leaf.path, positions)
      return `(${own.text} == ${converted(right.at(leaf.path, positions), own.domain)})`
    }),
  )
  return connected('and', tests)
}

export function positionTexts(sizes: readonly number[]): readonly (readonly string[])[] {
  return sizes.reduce<readonly (readonly string[])[]>(
    (all, size) => all.flatMap((some) => Array.from({ length: size }, (_, i) => [...some, String(i)])),
    [[]],
  )
}

function collection(e: CollectionExpr, scope: Scope): Printed {
  switch (e.kind) {
    case 'contains': {
      const set = printed(e.set, scope)
      const { positions, bit } = placeOfMember(e.element, set.domain, scope)
      return truth(`(((${set.at('', positions).text} >> ${bit}) & 1) != 0)`)
    }
    case 'insert':
    case 'remove': {
      const set = printed(e.set, scope)
      const place = placeOfMember(e.element, set.domain, scope)
      return masks(set.domain, (positions) => {
        const mask = set.at('', positions).text
        const changed = e.kind === 'insert' ? `(${mask} | (1 << ${place.bit}))` : `(${mask} & ~(1 << ${place.bit}))`
        return where(place.positions, positions, changed, mask)
      })
    }
    case 'combine': {
      const [left, right] = [printed(e.left, scope), printed(e.right, scope)]
      return masks(left.domain, (positions) => {
        const [a, b] = [left.at('', positions).text, converted(right.at('', positions), left.domain)]
        return { union: `(${a} | ${b})`, intersection: `(${a} & ${b})`, difference: `(${a} & ~${b})` }[e.operator]
      })
    }
    case 'subset': {
      const [left, right] = [printed(e.left, scope), printed(e.right, scope)]
      const tests = masksOf(left.domain).map(
        (positions) => `((${left.at('', positions).text} & ~${right.at('', positions).text}) == 0)`,
      )
      return truth(connected('and', tests))
    }
    case 'size': {
      const of = printed(e.of, scope)
      if (of.domain.kind === 'sequence') return scalar(lengthDomain(of.domain), of.at('_length', []).text)
      const count = of.domain.kind === 'set' ? cardinality(of.domain.element) : 0
      const bits = Array.from({ length: count }, (_, i) => {
        const { positions, bit } = placeOfBit(String(i), of.domain)
        return `((${of.at('', positions).text} >> ${bit}) & 1)`
      })
      return scalar(domainOf(e, scope), `(${['0', ...bits].join(' + ')})`)
    }
    case 'last': {
      const of = printed(e.of, scope)
      return element(of, less(of.at('_length', []).text, 1))
    }
    default:
      return longerOrShorter(e, scope)
  }
}

/** A set, by the text of each of its masks. */
const masks = (domain: Domain, text: (positions: readonly string[]) => string): Printed => ({
  domain,
  at: (_, positions) => ({ domain, text: text(positions) }),
})

const masksOf = (set: Domain): readonly (readonly string[])[] =>
  leavesOf(set).flatMap(({ sizes }) => positionTexts(sizes))

/** Which of the masks of a set has a bit, and which of its bits that is. */
interface MaskBit {
  readonly positions: readonly string[]
  readonly bit: string
}

function placeOfBit(number: string, set: Domain): MaskBit {
  if (masksOf(set).length === 1) return { positions: [], bit: number }
  if (!/^\d+$/.test(number)) {
    return { positions: [`(${number} / ${membersPerMask})`], bit: `(${number} % ${membersPerMask})` }
  }
  const mask = Math.floor(Number(number) / membersPerMask)
  return { positions: [String(mask)], bit: String(Number(number) - mask * membersPerMask) }
}

const placeOfMember = (e: Expr, set: Domain, scope: Scope): MaskBit => placeOfBit(member(e, set, scope), set)

/** One text at these positions, another elsewhere. */
function where(these: readonly string[], positions: readonly string[], then: string, otherwise: string): string {
  const [one, other] = [these[0], positions[0]]
  if (one === other) return then
  if (/^\d+$/.test(`${one}${other}`)) return otherwise
  return `(${one} == ${other} -> ${then} : ${otherwise})`
}

/** Mixed radix, first field most significant. */
function member(e: Expr, set: Domain, scope: Scope): string {
  if (set.kind !== 'set') throw new Error('a member of no set')
  const of = printed(e, scope)
  const text = (d: Domain, path: string): string => {
    if (d.kind !== 'record') return less(converted(of.at(path, []), d), d.kind === 'range' ? d.min : 0)
    return d.fields.reduce((before, { name, domain }) => {
      const own = text(domain, `${path}_${name}`)
      return before === '' ? own : sum(`${before} * ${cardinality(domain)}`, own)
    }, '')
  }
  return folded(text(set.element, ''))
}

function longerOrShorter(e: Extract<Expr, { kind: 'append' | 'rest' | 'front' }>, scope: Scope): Printed {
  const of = printed(e.kind === 'append' ? e.sequence : e.of, scope)
  const { domain } = of
  if (domain.kind !== 'sequence') throw new Error('no sequence')
  const length = of.at('_length', []).text
  const item = e.kind === 'append' ? printed(e.element, scope) : constant(domain.element, () => 0)
  return {
    domain,
    at: (path, positions) => {
      if (path === '_length' && positions.length === 0) {
        return { domain: lengthDomain(domain), text: `(${length} ${e.kind === 'append' ? '+' : '-'} 1)` }
      }
      const [first = '0', ...rest] = positions
      const to = leafOf(domain, path, positions.length).domain
      const none = to.kind === 'range' ? String(to.min) : '0'
      const old = of.at(path, positions).text
      const i = Number(first)
      if (e.kind === 'rest')
        return { domain: to, text: i + 1 < domain.capacity ? of.at(path, [String(i + 1), ...rest]).text : none }
      if (e.kind === 'front') return { domain: to, text: `(${length} == ${i + 1} -> ${none} : ${old})` }
      return { domain: to, text: `(${length} == ${i} -> ${converted(item.at(path, rest), to)} : ${old})` }
    },
  }
}
