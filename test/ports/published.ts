/**
 * Checks a port against what is published of its original: sizes, verdicts, and the lengths of shortest counterexamples.
 */

import type { ConstantValues } from '../../src/model/ir.ts'
import { describe, expect, it } from 'vitest'
import type { ModelBuilder } from '../../src/language/model.ts'
import { checkSpec, countsOf, lengthOf } from '../support/build.ts'

export interface Row {
  readonly builder: ModelBuilder
  readonly set?: ConstantValues
  /** Distinct states, generated states (initial states and transitions), levels; null for what is not published. */
  readonly counts: readonly [distinct: number, generated: number, levels: number | null]
  /** Steps to the first state that violates or reaches a property. */
  readonly steps?: { readonly [property: string]: number }
  /** The number of states inside a limit that a measure counts, when those outside are counted too. */
  readonly inside?: number
  /** Only these properties: the rest is judged elsewhere, or takes long. */
  readonly properties?: readonly string[]
}

export function describePorts(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    it.each(rows)('$builder.name $set', async ({ builder, set = {}, counts, steps = {}, inside, properties }) => {
      const result = await checkSpec(builder, { set, ...(properties === undefined ? {} : { properties }) })
      const unexpected = result.properties.filter(({ asExpected }) => !asExpected)
      expect(unexpected.map(({ name, verdict }) => `${name}: ${verdict}`)).toEqual([])
      expect(countsOf(result).map((ours, i) => (counts[i] === null ? null : ours))).toEqual(counts)
      expect(Object.fromEntries(Object.keys(steps).map((name) => [name, lengthOf(result, name).stem]))).toEqual(steps)
      const measured = result.properties.find(({ kind }) => kind === 'measure')?.measure
      expect(measured?.histogram['1']).toBe(inside)
    })
  })
}
