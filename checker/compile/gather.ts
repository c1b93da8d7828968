/**
 * Is a variable one of many constants? One look into a table, in place of a comparison with each: a property or the limits of an
 * arrival may name hundreds of locations, and are tested in every state.
 */

import { cardinality } from '../../src/model/domain-of.ts'
import type { Expr } from '../../src/model/ir.ts'
import { constantTable } from './block.ts'
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

/**
 * The texts of a conjunction or disjunction's operands, in order; neighbours that compare one variable with many constants are one of them.
 * `text` emits an operand, `ordinal` reads a variable.
 */
export function gathered(
  kind: 'and' | 'or',
  es: readonly Expr[],
  layout: Layout,
  emit: { readonly text: (e: Expr) => string; readonly ordinal: (variable: string) => string },
): readonly string[] {
  const comparisons = es.map((e) => comparisonOf(e, kind, layout))
  const texts: string[] = []
  for (let i = 0; i < es.length; ) {
    const run = runFrom(comparisons, i)
    const [first] = run
    if (first === undefined || run.length < fewest) {
      const e = es[i++]
      if (e !== undefined) texts.push(emit.text(e))
      continue
    }
    const at = emit.ordinal(first.variable)
    const bit = `${constantTable(masksOf(run))}[${at} >>> 5] >>> (${at} & 31) & 1`
    texts.push(`((${bit}) ${kind === 'or' ? '!==' : '==='} 0)`)
    i += run.length
  }
  return texts
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
