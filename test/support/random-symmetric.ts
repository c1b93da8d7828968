/**
 * Random models whose members are interchangeable: what one does is drawn once, and all do it. Members are names of threads, indices,
 * values, members of sets, parts of messages and of labels; two sets of them speak of each other.
 */

import {
  action,
  all,
  any,
  bool,
  check,
  choose,
  count,
  type Expr,
  each,
  exists,
  forall,
  forever,
  ifElse,
  model,
  never,
  next,
  not,
  oneOf,
  range,
  reachable,
  record,
  type Statements,
  sequenceOf,
  set,
  setOf,
  state,
  step,
  stepwise,
  threads,
  until,
} from '../../src/language/index.ts'
import type { Model } from '../../src/model/ir.ts'
import { buildModel } from './build.ts'
import type { Choices } from './choices.ts'

type Id = 'a' | 'b' | 'c'
const ids: readonly [Id, Id, Id] = ['a', 'b', 'c']
const keys = ['k', 'l'] as const
const some = [...ids, 'none'] as const
const othersOf = (me: Id): readonly Id[] => ids.filter((id) => id !== me)

/** Conditions and effects of one member, and conditions on all. */
interface Feature {
  readonly conditions: readonly ((me: Id) => Expr<boolean>)[]
  readonly effects: readonly ((me: Id) => Statements)[]
  readonly claims: readonly (() => Expr<boolean>)[]
  readonly hasKeys?: boolean
}

const features: { readonly [name: string]: () => Feature } = {
  n: () => {
    const { n } = state({ n: each(ids, range(0, 2)).starts(0) })
    return {
      conditions: [(me) => forall(othersOf(me), (id) => n[id].le(n[me])), (me) => n[me].gt(0)],
      effects: [(me) => set(n[me], n[me].plus(1).mod(3)), () => ids.map((id) => set(n[id], 0)), (me) => set(n[me], 2)],
      claims: [() => exists(ids, (id) => n[id].is(2)), () => n.a.plus(n.b).plus(n.c).is(3)],
    }
  },
  turn: () => {
    const { turn } = state({ turn: oneOf(some).starts('none') })
    return {
      conditions: [(me) => turn.is(me), (me) => turn.isNot(me), () => turn.is('none')],
      effects: [
        (me) => set(turn, me),
        () => set(turn, 'none'),
        (me) => choose('who', othersOf(me), (id) => set(turn, id)),
      ],
      claims: [() => turn.isNot('none'), () => any(ids.map((id) => turn.is(id)))],
    }
  },
  after: () => {
    const { after } = state({ after: each(ids, oneOf(some)).starts('none') })
    return {
      conditions: [
        (me) => after[me].is('none'),
        (me) => after[me].isNot(me),
        (me) => exists(ids, (id) => after[id].is(me)),
      ],
      effects: [
        (me) => choose('after', othersOf(me), (id) => set(after[me], id)),
        (me) => ids.map((id) => set(after[id], ifElse(after[id].is(me), 'none', after[id]))),
      ],
      claims: [() => count(ids, (id) => after[id].is('none')).is(1), () => exists(ids, (id) => after[id].is(id))],
    }
  },
  group: () => {
    const { group } = state({ group: setOf(oneOf(ids)).starts([]) })
    return {
      conditions: [(me) => group.has(me), (me) => not(group.has(me)), () => group.size.lt(2)],
      effects: [(me) => set(group, group.with(me)), (me) => set(group, group.without(me)), () => set(group, [])],
      claims: [() => group.is(ids), () => group.size.is(2)],
    }
  },
  queue: () => {
    const { queue } = state({ queue: sequenceOf(oneOf(ids), 2).starts([]) })
    return {
      conditions: [(me) => queue.has(me), () => queue.length.lt(2), (me) => all(queue.length.gt(0), queue.head.is(me))],
      effects: [(me) => set(queue, queue.append(me)), () => set(queue, []), () => set(queue, queue.rest)],
      claims: [() => queue.length.is(2), () => all(queue.length.is(2), queue.head.is(queue.last))],
    }
  },
  links: () => {
    const { links } = state({ links: setOf(record({ from: oneOf(ids), to: oneOf(ids) })).starts([]) })
    return {
      conditions: [(me) => exists(ids, (id) => links.has({ from: id, to: me })), () => links.size.lt(2)],
      effects: [
        (me) =>
          choose('to', ids, (id) => ({
            given: links.size.lt(2),
            then: set(links, links.with({ from: me, to: id })),
          })),
        (me) =>
          set(
            links,
            ids.reduce((left, id) => left.without({ from: id, to: me }), links.without({ from: me, to: me })),
          ),
      ],
      claims: [() => exists(links, (one) => one.from === one.to), () => links.size.is(2)],
    }
  },
  grid: () => {
    const { grid } = state({ grid: each(ids, each(ids, bool)).starts(false) })
    return {
      conditions: [(me) => exists(ids, (id) => grid[id][me]), (me) => grid[me][me]],
      effects: [
        (me) => choose('beside', othersOf(me), (id) => set(grid[me][id], true)),
        (me) => [set(grid[me][me], not(grid[me][me])), ids.map((id) => set(grid[id][me], false))],
      ],
      claims: [() => forall(ids, (id) => grid[id][id]), () => count(ids, (id) => grid[id][id]).is(1)],
    }
  },
  owner: () => {
    const { owner } = state({ owner: each(keys, oneOf(some)).starts('none') })
    return {
      hasKeys: true,
      conditions: [
        (me) => exists(keys, (key) => owner[key].is(me)),
        () => exists(keys, (key) => owner[key].is('none')),
      ],
      effects: [
        (me) => choose('key', keys, (key) => set(owner[key], me)),
        () => keys.map((key) => set(owner[key], 'none')),
      ],
      claims: [() => owner.k.is(owner.l), () => forall(keys, (key) => owner[key].isNot('none'))],
    }
  },
  held: () => {
    const { held } = state({ held: each(ids, setOf(oneOf(keys))).starts([]) })
    return {
      hasKeys: true,
      conditions: [(me) => held[me].size.is(0), (me) => forall(othersOf(me), (id) => held[id].subsetOf(held[me]))],
      effects: [(me) => choose('key', keys, (key) => set(held[me], held[me].with(key))), (me) => set(held[me], [])],
      claims: [() => exists(ids, (id) => held[id].is(keys)), () => forall(ids, (id) => held[id].size.is(1))],
    }
  },
  sent: () => {
    const { sent } = state({ sent: setOf(oneOf(['hello a', 'hello b', 'hello c', 'stop'])).starts([]) })
    return {
      conditions: [(me) => sent.has(`hello ${me}`), () => not(sent.has('stop'))],
      effects: [(me) => set(sent, sent.with(`hello ${me}`)), () => set(sent, sent.with('stop'))],
      claims: [() => sent.size.is(3), () => sent.is(['hello a', 'hello b', 'hello c'])],
    }
  },
}

export const featureNames = Object.keys(features)

/** One feature by itself, of which everybody may do everything; so that members differ, everybody may also come and go. */
export function featureModel(name: string): Model {
  return buildModel(
    model(name, () => {
      const { effects, claims, hasKeys } = (features[name] ?? fail)()
      const { here } = state({ here: each(ids, bool).starts(false) })
      const isLarge = name === 'held' || name === 'grid'
      const turn = action('turn', { me: ids }, ({ me }) => ({ when: !isLarge, then: set(here[me], not(here[me])) }))
      const acts = effects.map((effect, i) => action(`act ${i}`, { me: ids }, ({ me }) => ({ then: effect(me) })))
      return {
        actions: [turn, ...acts],
        interchangeable: hasKeys === true ? [ids, keys] : [ids],
        properties: Object.fromEntries(
          claims.map((claim, i) => [
            `claim ${i}`,
            reachable(
              all(
                claim(),
                exists(ids, (id) => here[id]),
              ),
            ),
          ]),
        ),
      }
    }),
  )
}

function fail(): never {
  throw new Error('no such feature')
}

/** Safety claims only; every check that a step makes is a claim too. */
export function randomSymmetric(c: Choices): Model {
  return buildModel(
    model('symmetric', () => {
      const all = Object.values(features)
      const chosen = all.filter(() => c.chance(22))
      const parts = (chosen.length === 0 ? all.slice(0, 1) : chosen.slice(0, 3)).map((make) => make())
      const conditions = parts.flatMap((part) => part.conditions)
      const effects = parts.flatMap((part) => part.effects)
      const claims = parts.flatMap((part) => part.claims)
      const twice = c.chance(50)
      const line = (i: number) => {
        const [condition, effect, isWaiting] = [c.pick(conditions), c.pick(effects), c.chance(40)]
        return (me: Id) => (isWaiting ? until(`wait ${i}`, condition(me), effect(me)) : step(`do ${i}`, effect(me)))
      }
      const lines = c.times(1, 2, line)
      const locals = { seen: range(0, 1).starts(0) }
      const workers = threads(ids, { locals }, (me, { seen }) => {
        const body = [...lines.map((one) => one(me)), step('note', set(seen, 1))]
        return twice ? forever(body) : body
      })
      const [given, then, claim] = [c.pick(conditions), c.pick(effects), c.pick(claims)]
      const hasCheck = c.chance(30)
      const act = action('act', { me: ids }, ({ me }) => ({
        lane: me,
        when: given(me),
        then: [then(me), hasCheck && check(not(claim()), 'the claim fails')],
      }))
      const [wanted, excluded, kept] = [c.pick(claims), c.pick(claims), c.pick(claims)]
      return {
        threads: workers,
        actions: act,
        interchangeable: parts.some(({ hasKeys }) => hasKeys === true) ? [ids, keys] : [ids],
        properties: {
          wanted: reachable(wanted()),
          excluded: never(excluded()),
          kept: stepwise(any(not(kept()), next(kept()))),
        },
      }
    }),
  )
}
