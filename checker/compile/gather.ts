/**
 * Operands of a connective that are tested together. Is a variable one of many constants? One look into a table, in place of a comparison
 * with each: a property or the limits of an arrival may name hundreds of locations, and are tested in every state. Do several parts of one word
 * have certain values? One comparison.
 */

import { cardinality } from '../../src/model/domain.ts'
import type { Expr } from '../../src/model/ir.ts'
import { constantTable } from './block.ts'
import { type FieldTest, fieldTestOf } from './field-tests.ts'
import { type Layout, ordinalOf } from './layout.ts'

/** Up to here comparisons are as fast, and easier to read. */
const fewest = 6
const widestDomain = 4096

interface Comparison {
  readonly variable: string
  readonly ordinal: number
  /** Of the variable's domain. */
  readonly cardinality: number
}

/** `variable equals constant`; under `and`, its negation. Neither can raise an error. */
function comparisonOf(e: Expr, kind: 'and' | 'or', layout: Layout): Comparison | null {
  if (kind === 'and') return e.kind === 'not' ? comparisonOf(e.e, 'or', layout) : null
  if (e.kind !== 'equal' || e.left.kind !== 'variable' || e.right.kind !== 'literal') return null
  const slot = layout.slots.get(e.left.name)
  if (slot?.kind !== 'scalar' || slot.domain.kind === 'boolean') return null
  if (slot.domain.kind !== 'enumeration' && slot.domain.kind !== 'range') return null
  const ordinal = ordinalOf(slot.domain, e.right.value)
  const size = cardinality(slot.domain)
  return ordinal < 0 || ordinal >= size || size > widestDomain
    ? null
    : { variable: e.left.name, ordinal, cardinality: size }
}

/** How operands are emitted, and how variables and words are read. */
export interface Emit {
  readonly text: (e: Expr) => string
  readonly ordinal: (variable: string) => string
  readonly word: (word: number) => string
}

/** The texts of a conjunction or disjunction's operands, in order but for those that cannot raise an error; neighbours may be one text together. */
export function gathered(kind: 'and' | 'or', es: readonly Expr[], layout: Layout, emit: Emit): readonly string[] {
  const comparisons = es.map((e) => comparisonOf(e, kind, layout))
  const texts: string[] = []
  let tested: FieldTest[] = []
  const tell = (): void => {
    texts.push(...wordTests(kind, tested, emit))
    tested = []
  }
  for (let i = 0; i < es.length; ) {
    const run = runFrom(comparisons, i)
    const [first] = run
    const e = es[i]
    if (first !== undefined && run.length >= fewest) {
      tell()
      const at = emit.ordinal(first.variable)
      const bit = `${constantTable(masksOf(run))}[${at} >>> 5] >>> (${at} & 31) & 1`
      texts.push(`((${bit}) ${kind === 'or' ? '!==' : '==='} 0)`)
      i += run.length
      continue
    }
    const test = e === undefined ? null : fieldTestOf(e, kind === 'and', layout)
    if (test !== null) tested.push(test)
    else if (e !== undefined) {
      tell()
      texts.push(emit.text(e))
    }
    i++
  }
  tell()
  return texts
}

/** Tests that look at different bits of one word are one text. Of a disjunction: the tests that its operands are not. */
function wordTests(kind: 'and' | 'or', tests: readonly FieldTest[], emit: Emit): readonly string[] {
  const groups: { readonly word: number; mask: number; bits: number }[] = []
  for (const { word, mask, bits } of tests) {
    const group = groups.find((one) => one.word === word && (one.mask & mask) === 0)
    if (group === undefined) {
      groups.push({ word, mask, bits })
      continue
    }
    group.mask |= mask
    group.bits |= bits
  }
  return groups.map(({ word, mask, bits }) => {
    const part = mask === -1 ? emit.word(word) : `(${emit.word(word)} & ${mask})`
    // A machine compares with zero while it masks.
    const isFlag = bits !== 0 && bits === mask && (mask & (mask - 1)) === 0
    return `(${part} ${(kind === 'and') === isFlag ? '!==' : '==='} ${isFlag ? 0 : bits})`
  })
}

/** The comparisons of one variable from here on. */
function runFrom(comparisons: readonly (Comparison | null)[], start: number): readonly Comparison[] {
  const variable = comparisons[start]?.variable
  const run: Comparison[] = []
  for (let i = start; ; i++) {
    const one = comparisons[i] ?? null
    if (one === null || one.variable !== variable) return run
    run.push(one)
  }
}

/** A bit for each value of the domain. */
function masksOf(comparisons: readonly Comparison[]): readonly number[] {
  const masks = Array.from({ length: Math.ceil((comparisons[0]?.cardinality ?? 0) / 32) }, () => 0)
  for (const { ordinal } of comparisons) masks[ordinal >>> 5] = (masks[ordinal >>> 5] ?? 0) | (1 << (ordinal & 31))
  return masks
}
