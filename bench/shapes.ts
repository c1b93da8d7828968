/**
 * State spaces of extreme shapes, none of them a protocol: where a search could fall off a cliff. `npx modelcheck bench/shapes.ts`
 * prints how long each takes; docs/performance.md has the figures.
 */

import { action, all, always, bool, each, model, not, range, set, state } from 'modelcheck'

const list = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)

/** 100,000 levels of one state: what a level costs. */
export const narrow = model('narrow and deep', () => {
  const { at } = state({ at: range(0, 99_999).starts(0) })
  return {
    actions: [action('on', {}, () => ({ when: at.lt(99_999), then: set(at, at.plus(1)) }))],
    properties: { inside: always(at.le(99_999)) },
    terminal: at.is(99_999),
  }
})

/** 20,000 levels of ten states. */
export const ribbon = model('many small levels', () => {
  const { at, lane } = state({ at: range(0, 19_999).starts(0), lane: range(0, 9).starts(0) })
  return {
    actions: [
      action('on', {}, () => ({ when: at.lt(19_999), then: set(at, at.plus(1)) })),
      action('aside', {}, () => ({ when: lane.lt(9), then: set(lane, lane.plus(1)) })),
    ],
    properties: { inside: always(at.le(19_999)) },
    terminal: all(at.is(19_999), lane.is(9)),
  }
})

/** 21 levels of 2^20 states in all. */
export const wide = model('wide and shallow', () => {
  const { bits } = state({ bits: each(20, bool).starts(false) })
  return {
    actions: [action('raise', { i: list(20) }, ({ i }) => ({ when: not(bits.at(i)), then: set(bits.at(i), true) }))],
    properties: { inside: always(true) },
    terminal: true,
  }
})

/** Five states: what a search costs at least. */
export const tiny = model('tiny', () => {
  const { at } = state({ at: range(0, 4).starts(0) })
  return {
    actions: [action('on', {}, () => ({ when: at.lt(4), then: set(at, at.plus(1)) }))],
    properties: { inside: always(at.le(4)) },
    terminal: at.is(4),
  }
})

/** 600 instances, of which two are enabled at a time. */
export const crowd = model('hundreds of instances', () => {
  const { at, other } = state({ at: range(0, 299).starts(0), other: range(0, 299).starts(0) })
  return {
    actions: [
      action('on', { i: list(300) }, ({ i }) => ({ when: at.is(i), then: set(at, (i + 1) % 300) })),
      action('other', { i: list(300) }, ({ i }) => ({ when: other.is(i), then: set(other, (i + 1) % 300) })),
    ],
    properties: { inside: always(at.le(299)) },
  }
})

/** States of 1,000 bits. */
export const long = model('long states', () => {
  const { bits, at, other } = state({
    bits: each(984, bool).starts(false),
    at: range(0, 99).starts(0),
    other: range(0, 99).starts(0),
  })
  return {
    actions: [
      action('on', { i: list(6) }, ({ i }) => ({
        when: at.lt(99),
        then: [set(at, at.plus(1)), set(bits.at(i * 80), true)],
      })),
      action('other', {}, () => ({ when: other.lt(99), then: set(other, other.plus(1)) })),
    ],
    properties: { inside: always(at.le(99)) },
    terminal: all(at.is(99), other.is(99)),
  }
})
