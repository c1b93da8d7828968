/**
 * Comparisons of a variable with many constants become a look into a table, tests of several parts of a word one comparison, and mean the
 * same: in guards, in the limits of an arrival, in properties, under a negation, for an enumeration, a range that starts below 0, and a domain of
 * more than 32 values.
 */

import { expect, it } from 'vitest'
import { connected, emitExpr } from '../../checker/compile/emit-expr.ts'
import { layoutOf } from '../../checker/compile/layout.ts'
import {
  action,
  all,
  always,
  any,
  bool,
  type Expr as E,
  each,
  exists,
  forall,
  not,
  oneOf,
  range,
  reachable,
  record,
  set,
  setOf,
  state,
} from '../../src/language/index.ts'
import { model } from '../../src/language/model.ts'
import { scopeOf } from '../../src/model/domain-of.ts'
import type { Expr } from '../../src/model/ir.ts'
import { buildModel } from '../support/build.ts'
import { expectAgreement } from '../support/kernel-agreement.ts'

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const
const some = [-3, -1, 0, 2, 31, 32, 39] as const

const manyConstants = model('many-constants', () => {
  const { letter, number } = state({ letter: oneOf(letters).starts('a'), number: range(-3, 40).starts(-3) })
  const isSome = any(some.map((value) => number.is(value)))
  const isNone = all(some.map((value) => number.isNot(value)))
  const isEarly = any(letters.slice(0, 7).map((value) => letter.is(value)))
  return {
    actions: [
      action('next', {}, () => ({ when: number.lt(40), then: set(number, number.plus(1)) })),
      action('back', {}, () => ({ when: all(isNone, number.gt(0)), then: set(number, number.minus(2)) })),
      action('turn', { to: letters }, ({ to }) => ({ when: all(isSome, not(letter.is(to))), then: set(letter, to) })),
    ],
    properties: {
      'some or none': always(any(isSome, isNone)),
      'never both': always(not(all(isSome, isNone))),
      'early while none': always(any(isEarly, isSome)),
      'h at none': reachable(all(not(isEarly), isNone)),
    },
    expectViolated: ['early while none'],
  }
})

it('agrees with the reference evaluator', () => {
  expectAgreement(buildModel(manyConstants))
})

it('looks into a table once where there are many, in either connective', () => {
  const built = buildModel(manyConstants)
  const layout = layoutOf(built)
  const reader = { scope: scopeOf(built), layout, read: (word: number) => `s${word}`, next: null, shared: null }
  const equals = (value: number): Expr => ({
    kind: 'equal',
    left: { kind: 'variable', name: 'number' },
    right: { kind: 'literal', domain: { kind: 'range', min: -3, max: 40 }, value },
  })

  const few = connected('or', some.slice(0, 3).map(equals), reader)
  const many = connected('or', some.map(equals), reader)
  const none = connected(
    'and',
    some.map((value): Expr => ({ kind: 'not', e: equals(value) })),
    reader,
  )

  expect(few).toHaveLength(3)
  expect(many.join()).toMatch(/^\(\(table\d+\[.*\) !== 0\)$/)
  expect(none.join()).toMatch(/^\(\(table\d+\[.*\) === 0\)$/)
})

const sides = ['left', 'right'] as const

/** Flags, labels and members of sets, in one word and across words; also the same part twice, and parts of values that do not exist. */
const manyParts = model('many-parts', () => {
  const { flags, side, level, seen, calm } = state({
    flags: each(['a', 'b', 'c'] as const, bool).starts(false),
    side: oneOf(sides).starts('left'),
    level: range(-1, 1).starts(-1),
    seen: setOf(record({ side: oneOf(sides), place: range(1, 20) })).starts([]),
    calm: bool.starts(true),
  })
  const places = [1, 16, 17]
  const hasAll = (one: (typeof sides)[number]): E<boolean> => forall(places, (place) => seen.has({ side: one, place }))
  const hasSome = (one: (typeof sides)[number]): E<boolean> => exists(places, (place) => seen.has({ side: one, place }))
  return {
    actions: [
      action('see', { side: sides, place: places }, ({ side: one, place }) => ({
        when: all(side.is(one), not(level.is(1)), any(place < 17, hasSome(one))),
        then: set(seen, seen.with({ side: one, place })),
      })),
      action('turn', {}, () => ({
        when: any(all(side.is('left'), hasAll('left'), calm), all(not(flags.a), flags.b, not(calm))),
        then: [set(side, 'right'), set(flags.a, true)],
      })),
      action('rise', {}, () => ({
        when: all(level.isNot(1), not(all(flags.a, flags.b, flags.c, side.is('right')))),
        then: [set(level, level.plus(1)), set(flags.b, not(flags.b)), set(calm, flags.c)],
      })),
      action('fall', {}, () => ({
        when: all(level.is(1), side.is('left')),
        then: [set(level, -1), set(flags.c, true)],
      })),
    ],
    properties: {
      'both at once': always(not(all(side.is('left'), side.is('right'), level.is(0), level.is(1)))),
      'one of all': always(any(side.is('left'), not(side.is('left')), level.is(0), level.is(-1))),
      'a quiet start': always(any(calm, flags.a, flags.b, flags.c, level.isNot(-1), hasSome('right'))),
      'all on the left': reachable(all(hasAll('left'), not(hasSome('right')), not(calm))),
    },
    terminal: true,
  }
})

it('agrees with the reference evaluator on parts of words', () => {
  expectAgreement(buildModel(manyParts), 120)
})

it('tests parts of one word at once, in either connective, and no part for two values', () => {
  const built = buildModel(manyParts)
  const reader = {
    scope: scopeOf(built),
    layout: layoutOf(built),
    read: (word: number) => `s${word}`,
    next: null,
    shared: null,
  }
  const texts = ([properties]: readonly string[]): readonly string[] => {
    const property = built.properties.find(({ name }) => name === properties)
    const e = property?.kind === 'invariant' ? property.predicate : null
    const inner = e?.kind === 'not' ? e.e : e
    return inner?.kind === 'and' || inner?.kind === 'or' ? connected(inner.kind, inner.es, reader) : []
  }

  expect(texts(['a quiet start'])).toHaveLength(3)
  expect(texts(['both at once'])).toHaveLength(2)
  expect(texts(['one of all'])).toHaveLength(4)
})

it('reads one word of a variable with thousands of parts where the part is known', () => {
  const flags = buildModel(
    model('flags', () => {
      const { flag } = state({ flag: each(2000, bool).starts(false) })
      return { actions: [], properties: { 'one is down': always(flag.at(70).is(false)) } }
    }),
  )
  const [property] = flags.properties
  const words: number[] = []
  const read = (word: number): string => `s${words.push(word) && word}`

  if (property?.kind === 'invariant')
    emitExpr(property.predicate, { scope: scopeOf(flags), layout: layoutOf(flags), read, next: null, shared: null })

  expect(new Set(words)).toEqual(new Set([2]))
})
