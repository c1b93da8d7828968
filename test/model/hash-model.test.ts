/**
 * The hash that names a model in its counterexamples.
 */

import { describe, expect, it } from 'vitest'
import { action, all, always, type Expr, model, range, set, state } from '../../src/language/index.ts'
import { hashModel } from '../../src/model/hash-model.ts'
import type { Model } from '../../src/model/ir.ts'
import { buildModel } from '../support/build.ts'

/** A guard that is long as text; `least` is far down in it. */
const counter = (least: number, repeats: (guard: () => Expr<boolean>) => readonly Expr<boolean>[]) =>
  buildModel(
    model('counter', () => {
      const { n } = state({ n: range(0, 9).starts(0) })
      const guard = () => all(Array.from({ length: 12 }, (_, i) => n.ge(i === 11 ? least : 0)))
      return {
        actions: { up: action('up', {}, () => ({ when: all(n.lt(9), all(repeats(guard))), then: set(n, n.plus(1)) })) },
        terminal: n.is(9),
        properties: { small: always(n.le(9)) },
      }
    }),
  )

const once = (guard: () => Expr<boolean>) => [guard(), guard()]
const shared = (guard: () => Expr<boolean>) => {
  const one = guard()
  return [one, one]
}

describe('the hash of a model', () => {
  it('is the same whether parts are shared or written out', () => {
    expect(hashModel(counter(0, shared))).toBe(hashModel(counter(0, once)))
  })

  it('is the same in whatever order parts are named', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed)
      if (typeof value !== 'object' || value === null) return value
      const members = Object.entries(value).map(([name, part]) => [name, reversed(part)])
      return Object.fromEntries(members.reverse())
    }
    const built = counter(0, once)

    expect(hashModel(reversed(built) as Model)).toBe(hashModel(built))
  })

  it('tells models apart that differ deep inside a long part', () => {
    expect(hashModel(counter(0, once))).not.toBe(hashModel(counter(1, once)))
  })
})
