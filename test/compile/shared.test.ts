/**
 * Expressions that are used several times: as often as one likes, wherever expressions stand, and with the errors that they raise
 * where they are evaluated and nowhere else.
 */

import { describe, expect, it } from 'vitest'
import { compile } from '../../checker/compile/compile.ts'
import { reductionNames } from '../../checker/reduce/names.ts'
import {
  action,
  all,
  always,
  any,
  at,
  bool,
  check,
  choose,
  count,
  type Expr,
  each,
  eventually,
  exists,
  forall,
  forever,
  idle,
  ifElse,
  implies,
  measure,
  model,
  next,
  not,
  range,
  reachable,
  record,
  sequenceOf,
  set,
  setOf,
  state,
  step,
  stepwise,
  threads,
  until,
  when,
} from '../../src/language/index.ts'
import { hashModel } from '../../src/model/hash-model.ts'
import type { Model } from '../../src/model/ir.ts'
import { printStatement } from '../../src/model/print.ts'
import { buildModel, checkSpec, verdictsOf } from '../support/build.ts'
import { expectAgreement } from '../support/kernel-agreement.ts'
import { expectSameVerdicts } from '../support/reduction-agreement.ts'

const names = Array.from({ length: 16 }, (_, i) => `f${i}`)

/** How many of so many looks at some flags found one set. */
function sumOf(flags: readonly Expr<boolean>[], looks: number): Expr<number> {
  let sum: Expr<number> = ifElse(flags[0] ?? true, 1, 0)
  for (let i = 1; i < looks; i++) sum = ifElse(flags[i % flags.length] ?? true, sum.plus(1), sum)
  return sum
}

/** Doubles a number again and again, modulo 13. */
function doubled(x: Expr<number>, times: number): Expr<number> {
  let e = x
  for (let i = 0; i < times; i++)
    e = e
      .plus(e)
      .plus(i % 3)
      .mod(13)
  return e
}

const everywhere = (looks: number) =>
  model('everywhere', () => {
    const { flag, total, cell, low, seen } = state({
      flag: each(names, bool).starts(false),
      total: range(0, 400).starts(0),
      cell: each(5, range(0, 12)).starts(0),
      low: setOf(range(0, 12)).starts([]),
      seen: range(0, 12).starts(1),
    })
    const flags = names.map((name) => flag.at(name))
    const sum = sumOf(flags, looks)
    const mixed = doubled(seen, looks)
    const worker = threads(['w'], {}, () =>
      forever(until('wait', sum.mod(3).is(0)), step('go', set(seen, mixed)), idle('rest')),
    )
    return {
      threads: worker,
      actions: [
        action('raise', { name: names }, ({ name }) => ({
          when: { few: sum.lt(5), open: all(mixed.lt(12), not(flag.at(name))) },
          then: [
            set(flag.at(name), true),
            set(total, sum),
            when(mixed.is(3), set(cell.at(mixed.min(4)), mixed)),
            check(sumOf(flags, looks).ge(total), 'flags stay'),
          ],
        })),
        action('pick', {}, () => ({
          then: choose('n', 13, (n) => ({ given: mixed.is(n), then: set(low, low.with(mixed)) })),
        })),
      ],
      within: { small: sum.lt(4) },
      terminal: mixed.gt(100),
      properties: {
        few: always(sum.lt(3)),
        each: always(forall(13, (n) => implies(mixed.is(n), sum.ge(0)))),
        some: always(exists(13, (n) => mixed.plus(1).is(n))),
        grows: stepwise(all(next(sum).ge(sum), next(mixed).isNot(mixed))),
        all: reachable(sum.gt(2)),
        sum: measure(sum, { where: mixed.lt(7) }),
        counted: measure(count(13, (n) => mixed.lt(n))),
        ends: eventually(any(sum.gt(2), at(worker.w, 'go'))),
      },
    }
  })

describe('a chain of expressions each of which uses the one before twice', () => {
  it.each([3, 40, 250])('means what the evaluator says, %i long', (looks) => {
    expectAgreement(buildModel(everywhere(looks)), 25)
  })

  it('takes code in proportion', () => {
    const lengthOf = (looks: number): number =>
      compile(buildModel(everywhere(looks)), [0, 1, 2, 3]).compiled.source.length

    expect(lengthOf(250)).toBeLessThan(3 * lengthOf(125))
  })

  it('is checked, its runs are told in few words, and it is printed and hashed', async () => {
    const built = buildModel(everywhere(240))
    const result = await checkSpec(everywhere(240), { maxStates: 2000 })

    expect(verdictsOf(result)).toMatchObject({ few: 'violated', all: 'reached', each: 'holds' })
    expect(Math.max(...result.properties.flatMap(({ reason }) => reason.map((line) => line.length)))).toBeLessThan(1500)
    const effects = built.instances.flatMap(({ effect }) => effect.map((one) => printStatement(one)))
    expect(effects.join('\n').length).toBeLessThan(100_000)
    expect(hashModel(built)).not.toBe(hashModel(buildModel(everywhere(239))))
  })

  it.each(reductionNames)('has the same verdicts under %s', async (reduction) => {
    const all = model('alike', () => {
      const { flag, sum } = state({ flag: each(['a', 'b', 'c'], bool).starts(false), sum: range(0, 40).starts(0) })
      let total: Expr<number> = count(['a', 'b', 'c'] as const, (name) => flag[name])
      for (let i = 0; i < 40; i++) total = ifElse(any(flag.a, flag.b, flag.c), total.max(total), total)
      const worker = threads(['a', 'b', 'c'], {}, (name) => [
        step('raise', set(flag.at(name), true)),
        until('wait', total.gt(1)),
        step('sum', set(sum, total)),
      ])
      return {
        threads: worker,
        interchangeable: [['a', 'b', 'c']],
        properties: { small: always(sum.lt(3)), two: reachable(total.is(2)) },
      }
    })

    expect(await expectSameVerdicts(buildModel(all), [reduction])).not.toBe(null)
  })
})

/** Expressions that are long, used twice, and raise an error where y is 0. */
const failing = (looks: number) =>
  model('failing', () => {
    const { x, y, flag, list, pair } = state({
      x: range(0, 12).starts(5),
      y: range(0, 3).starts(0),
      flag: bool.starts(false),
      list: sequenceOf(range(0, 12), 3).starts([]),
      pair: record({ open: bool, n: range(0, 12) }).starts({ open: false, n: 1 }),
    })
    const quotient = doubled(x.div(y), looks)
    // A connective that raises an error in the midst of others, and a value that is made of it.
    const isLarge = any(flag, all(y.lt(3), quotient.gt(4)), quotient.is(2))
    let open: Expr<boolean> = isLarge
    for (let i = 0; i < looks; i++) open = any(all(open, x.gt(i % 13)), all(not(open), x.le(i % 13)))
    const longest = ifElse(open, list.append(quotient), ifElse(flag, list, list.rest))
    const first = longest.head.plus(longest.length)
    return {
      actions: [
        action('turn', {}, () => ({ when: any(flag, not(open), open), then: set(y, y.plus(1).mod(4)) })),
        action('set', {}, () => ({
          when: y.lt(2),
          then: [set(pair, { open, n: quotient }), set(x, ifElse(pair.open, quotient, x.plus(1).mod(13)))],
        })),
        action('flip', {}, () => ({ then: set(flag, not(flag)) })),
        action('fill', {}, () => ({ when: y.is(2), then: set(list, longest) })),
        action('pick', {}, () => ({
          then: choose('n', 3, (n) => ({ given: any(y.is(n), quotient.gt(n), open), then: set(x, quotient) })),
        })),
      ],
      terminal: true,
      properties: {
        guarded: always(implies(y.gt(0), any(quotient.ge(0), open))),
        lazy: always(any(y.is(0), all(open, quotient.le(12)), not(open))),
        eager: always(any(open, quotient.le(12))),
        first: always(implies(all(y.gt(0), list.length.gt(0)), all(first.ge(0), first.le(15)))),
        steps: stepwise(implies(all(y.gt(0), next(y).gt(0)), any(next(quotient).ge(0), next(open), quotient.is(0)))),
        later: eventually(any(y.is(0), open, not(open))),
        n: measure(quotient, { where: y.gt(0) }),
      },
    }
  })

describe('an error in an expression that is used several times', () => {
  it.each([1, 4, 40])('is raised where the evaluator raises it, %i long', (looks) => {
    const found = expectAgreement(buildModel(failing(looks)), 60)

    expect(found.findings.get('model error')?.length).toBeGreaterThan(10)
  })

  it('is remembered in the code of all but the shortest', () => {
    const codeOf = (built: Model): string =>
      compile(
        built,
        built.properties.map((_, i) => i),
      ).compiled.source

    expect(codeOf(buildModel(failing(40)))).toMatch(/let wrong\d+ = false/)
  })
})
