/**
 * Three missionaries and three cannibals cross a river in a boat for two; nowhere may cannibals outnumber missionaries.
 * Source: TLA+ examples, MissionariesAndCannibals.
 */

import { action, always, any, each, type Expr, model, oneOf, set, type SetOf, setOf, state } from 'modelcheck'

const missionaries = ['m1', 'm2', 'm3'] as const
const cannibals = ['c1', 'c2', 'c3'] as const
const everybody = [...missionaries, ...cannibals]
const crews = everybody.flatMap((one, i) => [[one], ...everybody.slice(i + 1).map((other) => [one, other])])
const opposite = { east: 'west', west: 'east' } as const

export const river = model('tla-missionaries', () => {
  const banks = ['east', 'west'] as const
  const { boat, people } = state({
    boat: oneOf(banks).starts('east'),
    people: each(banks, setOf(oneOf(everybody))).starts({ east: everybody, west: [] }),
  })
  const isSafe = (some: Expr<SetOf<(typeof everybody)[number]>>) =>
    any(some.subsetOf(cannibals), some.intersect(cannibals).size.le(some.intersect(missionaries).size))

  const cross = action('cross', { from: banks, crew: crews }, ({ from, crew }) => {
    const staying = people[from].except(crew)
    const meeting = people[opposite[from]].union(crew)
    return {
      when: [boat.is(from), crew.map((one) => people[from].has(one)), isSafe(staying), isSafe(meeting)].flat(),
      then: [set(boat, opposite[from]), set(people[opposite[from]], meeting), set(people[from], staying)],
    }
  })
  return {
    actions: cross,
    interchangeable: [missionaries, cannibals],
    properties: { 'somebody stays east': always(people.east.isNot([])) },
    expectViolated: ['somebody stays east'],
  }
})
