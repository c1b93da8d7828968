/**
 * Values that move from place to place: fields that lie beside each other before and after move together, by one shift and one mask, and mean
 * what the reference evaluator says, whatever lies between them and wherever a word ends.
 */

import { expect, it } from 'vitest'
import { compile } from '../../checker/compile/compile.ts'
import {
  action,
  all,
  always,
  bool,
  each,
  ifElse,
  type ModelBuilder,
  model,
  not,
  oneOf,
  range,
  record,
  sequenceOf,
  set,
  setOf,
  state,
} from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'
import { expectAgreement } from '../support/kernel-agreement.ts'

const colours = ['red', 'green', 'blue'] as const
const registers = record({
  masked: bool,
  level: range(0, 3),
  colour: oneOf(colours),
  count: range(-2, 1),
  waiting: setOf(range(0, 4)),
})
const cleared = { masked: false, level: 0, colour: 'red', count: 0, waiting: [] } as const

/** `gap`: bits in front, so that other fields lie at the end of a word. */
const saving = (gap: number) =>
  model('saving', () => {
    const { now, saved, stack, banks, at } = state({
      front: range(0, 2 ** gap - 1).starts(0),
      now: registers.starts(cleared),
      saved: registers.starts(cleared),
      stack: sequenceOf(registers, 2).starts([]),
      banks: each(3, registers).starts([cleared, cleared, cleared]),
      at: range(0, 2).starts(0),
    })
    return {
      actions: [
        action('mask', {}, () => ({
          then: [set(now.masked, not(now.masked)), set(now.level, now.level.plus(1).mod(4))],
        })),
        action('wait', { who: [0, 4] }, ({ who }) => ({
          then: [set(now.waiting, now.waiting.with(who)), set(now.colour, 'blue')],
        })),
        action('sink', {}, () => ({ when: now.count.gt(-2), then: set(now.count, now.count.minus(1)) })),
        action('save', {}, () => ({ then: [set(saved, now), set(now, cleared)] })),
        action('swap', {}, () => ({ then: [set(banks.at(1), saved), set(saved, now), set(now, banks.at(1))] })),
        action('either', {}, () => ({ then: set(saved, ifElse(now.masked, now, banks.at(2))) })),
        action('push', {}, () => ({
          when: stack.length.lt(2),
          then: [set(stack, stack.append(now)), set(now.level, 3)],
        })),
        action('pop', {}, () => ({ when: stack.length.gt(0), then: [set(now, stack.last), set(stack, stack.front)] })),
        action('shift', {}, () => ({ when: stack.length.gt(0), then: set(stack, stack.rest) })),
        action('bank', {}, () => ({ then: [set(banks.at(at), now), set(at, at.plus(1).mod(3))] })),
      ],
      properties: { low: always(saved.level.lt(3)) },
      expectViolated: ['low'],
    }
  })

it('means what the reference evaluator says, at every place in a word', () => {
  for (let gap = 0; gap < 32; gap++)
    expect(expectAgreement(buildModel(saving(gap)), 150).nodes.size, `${gap} bits in front`).toBeGreaterThan(100)
})

it('keeps apart what only seems to lie beside each other', () => {
  const crossing = model('crossing', () => {
    const few = range(0, 3).starts(0)
    const wide = range(0, 2 ** 26 - 1).starts(0)
    // Words: a b c, d e f, g h i j k.
    const { a, b, c, d, e, f, g, h, i, j, k } = state({
      ...{ a: few, b: few, c: few, restA: wide },
      ...{ d: few, e: few, f: few, restD: wide },
      ...{ g: few, h: few, i: range(-1, 1).starts(-1), j: range(0, 7).starts(0), k: range(0, 7).starts(0) },
    })
    return {
      actions: [
        action('count', {}, () => ({ then: [set(a, a.plus(1).mod(4)), set(e, e.plus(3).mod(4)), set(c, a)] })),
        action('turn', {}, () => ({ then: set(b, b.plus(1).mod(4)) })),
        action('gap in the place', {}, () => ({ then: [set(g, a), set(i, ifElse(b.is(1), 1, -1)), set(h, b)] })),
        action('nothing in the gap', {}, () => ({ then: [set(d, a), set(f, b)] })),
        action('wider', {}, () => ({ then: [set(j, a), set(k, b)] })),
        action('gap in the value', {}, () => ({ then: [set(g, a), set(h, c)] })),
        action('two words', {}, () => ({ then: [set(g, a), set(h, e)] })),
        action('backwards', {}, () => ({ then: [set(h, b), set(g, a)] })),
        action('over it', {}, () => ({ then: [set(g, a), set(h, b), set(g, d)] })),
        action('what was set', {}, () => ({ then: [set(d, b), set(g, d), set(d, c), set(h, d), set(d, 2)] })),
        action('constants over it', {}, () => ({ then: [set(g, 3), set(g, b), set(h, 3), set(h, c)] })),
      ],
      properties: { 'not all': always(not(all(g.is(3), h.is(3), d.is(2)))) },
      expectViolated: ['not all'],
    }
  })

  expect(expectAgreement(buildModel(crossing), 400).nodes.size).toBeGreaterThan(300)
})

const codeOf = (builder: ModelBuilder): string => compile(buildModel(builder), []).compiled.source

it('moves neighbours together: of a record, of one of two, of several statements, of a frame', () => {
  const word = record({ a: bool, b: range(0, 3), c: range(0, 7) })
  const moving = model('moving', () => {
    const zero = { a: false, b: 0, c: 0 } as const
    const { from, other, to, which } = state({
      from: word.starts(zero),
      other: word.starts(zero),
      to: word.starts(zero),
      which: bool.starts(false),
    })
    return {
      actions: [
        action('whole', {}, () => ({ then: set(to, from) })),
        action('either', {}, () => ({ then: set(to, ifElse(which, from, other)) })),
      ],
      properties: {},
    }
  })
  const twice = model('twice', () => {
    const few = range(0, 3).starts(0)
    const { x, y, u, v } = state({ x: few, y: few, rest: range(0, 2 ** 28 - 1).starts(0), u: few, v: few })
    return { actions: [action('both', {}, () => ({ then: [set(u, x), set(v, y)] }))], properties: {} }
  })

  expect(codeOf(moving)).toContain('states[n * 1 + 512] = s0 & -258049 | (s0 & 63) << 12')
  expect(codeOf(moving)).toContain('(((s0 >>> 18 & 1) !== 0) ? (s0 & 63) : (s0 >>> 6 & 63)) << 12')
  expect(codeOf(twice)).toContain('states[n * 2 + 1025] = s1 & -16 | (s0 & 15)')
})
