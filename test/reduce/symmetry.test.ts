/**
 * Symmetry against orbits that are counted by brute force, and against the search without it; what is refused, and why.
 */

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { leftHanded } from '../../specs/dining-philosophers.ts'
import { filterLock } from '../../specs/filter-lock.ts'
import { hasty as hastyUpdater } from '../../specs/qrcu.ts'
import { stronglyFair } from '../../specs/readers-writers.ts'
import { twoPhaseCommit } from '../../specs/two-phase-commit.ts'
import {
  action,
  always,
  arbitrary,
  check,
  choose,
  each,
  exists,
  forall,
  type ModelBuilder,
  measure,
  model,
  never,
  next,
  oneOf,
  range,
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
import { reportOf } from '../../src/report/report.ts'
import { buildModel, checkSpec, countsOf, littleMemory } from '../support/build.ts'
import { Choices, draws } from '../support/choices.ts'
import { withCrew } from '../support/crew.ts'
import { lawOf, lawTimeoutMs } from '../support/law.ts'
import { orbitsOf } from '../support/orbits.ts'
import { featureModel, featureNames, randomSymmetric } from '../support/random-symmetric.ts'
import { combinations, expectSameVerdicts } from '../support/reduction-agreement.ts'

const settings = { ...lawOf(20_261_125, 15), endOnFailure: true }
const { seed, numRuns } = settings
const reduce = ['symmetry'] as const
const mostStates = 200

it.each(featureNames)('counts orbits of %s', async (name) => {
  const model = featureModel(name)
  const found = await checkModel(model, { workers: 1, ...littleMemory, reduce })

  expect(found.states).toEqual(orbitsOf(model, 5000))
})

it(
  `counts orbits, and tells the runs that the search without it tells, in random models (seed ${seed})`,
  async () => {
    let smaller = 0
    const law = fc.asyncProperty(draws, async (list) => {
      const model = randomSymmetric(new Choices(list))
      const orbits = orbitsOf(model, mostStates)
      if (orbits === null) return
      const options = { workers: 1, ...littleMemory }
      const whole = await checkModel(model, options)
      const reduced = await checkModel(model, { ...options, reduce })

      expect(reduced.states).toEqual(orbits)
      expect(reduced.properties).toEqual(whole.properties)
      if (orbits.distinct < whole.states.distinct) smaller++
    })

    await fc.assert(law, settings)

    expect(smaller).toBeGreaterThan(numRuns / 4)
  },
  lawTimeoutMs,
)

it(
  `keeps verdicts and lengths with all other reductions, in random models (seed ${seed})`,
  async () => {
    const properties = ['wanted', 'excluded', 'the claim fails', 'deadlock']
    const law = fc.asyncProperty(fc.tuple(draws, draws), async ([list, others]) => {
      const model = randomSymmetric(new Choices(list))
      const known = properties.filter(
        (name) => name !== 'the claim fails' || JSON.stringify(model).includes(`"${name}"`),
      )
      const reduce = new Choices(others).pick(combinations.filter((names) => names.includes('symmetry')))
      await expectSameVerdicts(model, reduce, { properties: known, maxStates: 500 })
    })

    await fc.assert(law, settings)
  },
  lawTimeoutMs,
)

const safety = ['consistent', 'deadlock']

it.each([
  [3, [80, 318, 11]],
  [5, [314, 2048, 17]],
])('has one state for each orbit of two-phase commit with %i managers', async (managers, counts) => {
  const found = await checkSpec(twoPhaseCommit, { set: { managers }, properties: safety, reduce })

  expect(countsOf(found)).toEqual(counts)
})

const exempt = new Set(['elapsedMs', 'peakBytes', 'workers'])

it('reports with 3 threads, delayed at random, what one reports', async () => {
  const spec = buildModel(hastyUpdater, { readers: 1 })
  const crowded = { threadThreshold: 16, awaitsThreads: true, jitterMicroseconds: 100 }
  const text = async (workers: number, knobs = {}): Promise<string> => {
    const options = { reduce, ...littleMemory }
    const found = await withCrew(workers - 1, (crew) => checkModel(spec, { ...options, threads: crew }, knobs))
    return JSON.stringify(reportOf('', workers, [found]), (key, value) => (exempt.has(key) ? undefined : value))
  }

  expect(await text(3, crowded)).toBe(await text(1))
})

const ids = ['a', 'b', 'c'] as const
const numbers = () => state({ n: each(ids, range(0, 2)).starts(0) }).n
const interchangeable = [ids]
const terminal = true

/** What tells members apart, and the words in which it is said. */
const refused: readonly (readonly [string, ModelBuilder, RegExp])[] = [
  [
    'an action of one of them',
    model('action', () => {
      const n = numbers()
      return { actions: action('up', {}, () => ({ then: set(n.a, 1) })), interchangeable, terminal }
    }),
    /a and b are not interchangeable: 'up' does `n.a := 1`, which tells them apart/,
  ],
  [
    'a guard',
    model('guard', () => {
      const n = numbers()
      const up = action('up', { me: ids }, ({ me }) => ({
        when: me === 'c' ? n.a.is(0) : n[me].is(0),
        then: set(n[me], 1),
      }))
      return { actions: up, interchangeable, terminal }
    }),
    /a and b are not interchangeable: 'up' \(me=c\) asks for `n.a = 0`, which tells them apart/,
  ],
  [
    'the order of two writes',
    model('order', () => {
      const { turn } = state({ turn: oneOf([...ids, 'none']).starts('none') })
      const rush = action('rush', {}, () => ({ then: ids.map((id) => set(turn, id)) }))
      return {
        actions: rush,
        initially: choose('first', ids, (id) => set(turn, id)),
        interchangeable,
        terminal,
      }
    }),
    /a and b are not interchangeable: 'rush' does things in another order/,
  ],
  [
    'an initial value',
    model('value', () => {
      state({ turn: oneOf(ids).starts('b') })
      return { interchangeable, terminal }
    }),
    /a and b are not interchangeable: 'turn' starts as b/,
  ],
  [
    'an initial value that `initially` overwrites now and then',
    model('now and then', () => {
      const n = numbers()
      const { turn } = state({ turn: oneOf(ids).starts('b') })
      const initially = choose('first', ids, (id) => when(n[id].is(0), set(turn, id)))
      return { initially, interchangeable, terminal }
    }),
    /a and b are not interchangeable: 'turn' starts as b/,
  ],
  [
    'an initial value that `initially` reads before it overwrites it',
    model('read before', () => {
      const { turn, last } = state({ turn: oneOf(ids).starts('b'), last: oneOf(ids).starts('b') })
      return { initially: [set(last, turn), arbitrary(turn)], interchangeable, terminal }
    }),
    /a and b are not interchangeable: 'turn' starts as b/,
  ],
  [
    'the order of choices, of which one may be empty and another raise an error',
    model('choices', () => {
      const n = numbers()
      const down = (id: 'a' | 'b' | 'c') =>
        choose('by', [1, 2], (by) => ({ given: n[id].gt(1), then: set(n[id], n[id].minus(by)) }))
      return { actions: action('down', {}, () => ({ then: ids.map(down) })), interchangeable, terminal }
    }),
    /a and b are not interchangeable: 'down' does things in another order/,
  ],
  [
    'what builds the initial states',
    model('initially', () => {
      const n = numbers()
      return {
        initially: choose('first', ['a', 'b'], (id) => set(n[id], 1)),
        interchangeable,
        terminal,
      }
    }),
    /b and c are not interchangeable: `initially` tells them apart/,
  ],
  [
    'a domain',
    model('domain', () => {
      state({ turn: oneOf(['a', 'b', 'none']).starts('none') })
      numbers()
      return { interchangeable, terminal }
    }),
    /b and c are not interchangeable: in the domain of 'turn' is 'b', and no 'c'/,
  ],
  [
    'a thread that one does not have',
    model('thread', () => ({
      threads: threads(['a', 'b'], {}, () => step('go')),
      interchangeable: [['a', 'b', 'c']],
      ...{ properties: {}, strips: { n: numbers().a } },
    })),
    /b and c are not interchangeable: there is 'b.pc', and no 'c.pc'/,
  ],
  [
    'steps',
    model('steps', () => {
      const n = numbers()
      const t = threads(ids, {}, (me, _, i) => step('go', set(n[me], i)))
      return { threads: t, interchangeable }
    }),
    /a and b are not interchangeable: 'go' \(thread=a\) does `n.a := 0`, and 'go' \(thread=b\) does not so/,
  ],
  [
    'the condition under which it may stop',
    model('terminal', () => ({ terminal: numbers().a.is(0), interchangeable })),
    /`terminal` tells them apart/,
  ],
  [
    'an assumption',
    model('within', () => ({ within: { low: numbers().a.is(0) }, terminal, interchangeable })),
    /'low' tells them apart/,
  ],
  [
    'a property',
    model('property', () => ({ terminal, interchangeable, properties: { low: always(numbers().b.is(0)) } })),
    /the property 'low' speaks of one of them, not of all alike/,
  ],
  [
    'a difference',
    model('difference', () => {
      const n = numbers()
      return { terminal, interchangeable: [['a', 'b']], properties: { low: always(n.a.minus(n.b).le(0)) } }
    }),
    /the property 'low' speaks of one of them, not of all alike/,
  ],
  [
    'a check',
    model('check', () => {
      const n = numbers()
      const act = action('act', { me: ids }, ({ me }) => ({ then: check(n[me].is(0), `${me} is low`) }))
      return { actions: act, interchangeable, terminal }
    }),
    /'act' \(me=a\) does `check n.a = 0 'a is low'`, and 'act' \(me=b\) does not so/,
  ],
  [
    'what is evaluated first, where that may raise an error',
    model('errors', () => {
      const { q } = state({ q: each(ids, sequenceOf(range(0, 1), 1)).starts([]) })
      return { terminal, interchangeable, properties: { low: always(forall(ids, (id) => q[id].head.is(0))) } }
    }),
    /the property 'low' speaks of one of them/,
  ],
  [
    'the order in which members are put into a set and looked for in it',
    model('looks', () => {
      const { to } = state({ to: setOf(oneOf(ids)).starts([]) })
      const send = action('send', {}, () => ({ then: ids.map((id) => when(to.size.lt(2), set(to, to.with(id)))) }))
      return { actions: send, interchangeable, terminal }
    }),
    /a and b are not interchangeable: 'send' does things in another order/,
  ],
  [
    'the order in which members are put into a set and taken out of it',
    model('replaces', () => {
      const { to } = state({ to: setOf(oneOf(ids)).starts([]) })
      const others = (id: (typeof ids)[number]) => ids.filter((other) => other !== id)
      const send = action('send', {}, () => ({
        then: ids.map((id) => [set(to, to.with(id)), others(id).map((other) => set(to, to.without(other)))]),
      }))
      return { actions: send, interchangeable, terminal }
    }),
    /a and b are not interchangeable: 'send' does things in another order/,
  ],
  [
    'who is put into a set before all are taken out of it',
    model('clears', () => {
      const { to } = state({ to: setOf(oneOf(ids)).starts([]) })
      const send = action('send', {}, () => ({
        then: [set(to, to.with('a')), set(to, []), set(to, to.with('b')), set(to, to.with('c'))],
      }))
      return { actions: send, interchangeable, terminal }
    }),
    /a and b are not interchangeable: 'send' does things in another order/,
  ],
  ['numbers', filterLock, /MC306: no labels are called interchangeable/],
]

it.each(refused)('refuses %s that tells members apart (MC306)', async (_, spec, words) => {
  await expect(checkSpec(spec, { reduce, properties: ['low', 'deadlock', '* is low'] })).rejects.toThrow(words)
})

/** What looks as if it told them apart, and does not. */
const accepted: readonly (readonly [string, ModelBuilder])[] = [
  [
    'a value that is declared, and overwritten before anybody reads it',
    model('overwritten', () => {
      const { turn, winner } = state({ turn: oneOf(ids).starts('b'), winner: oneOf([...ids, 'none']).starts('none') })
      const play = threads(ids, {}, (me) => [until('my turn', turn.is(me), set(winner, me)), step('rest')])
      return {
        threads: play,
        initially: arbitrary(turn),
        interchangeable,
        terminal,
        properties: { low: never(winner.is('none')) },
      }
    }),
  ],
  [
    'the order of writes, each under a condition, that may leave their domains',
    model('conditions', () => {
      const n = numbers()
      const up = action('up', { me: ids }, ({ me }) => ({ then: set(n[me], n[me].plus(1).mod(3)) }))
      const down = action('down', {}, () => ({
        then: ids.map((id) => when(n[id].isNot(1), set(n[id], n[id].minus(1)))),
      }))
      return { actions: [up, down], interchangeable, properties: { low: never(forall(ids, (id) => n[id].is(2))) } }
    }),
  ],
  [
    'the order in which messages to all are sent, and taken back',
    model('broadcast', () => {
      const { sent, n } = state({
        sent: setOf(record({ kind: oneOf(['ask', 'tell']), to: oneOf(ids) })).starts([]),
        n: each(ids, range(0, 1)).starts(0),
      })
      const ask = (to: (typeof ids)[number]) => ({ kind: 'ask', to }) as const
      const askAll = action('ask all', {}, () => ({ then: ids.map((to) => set(sent, sent.with(ask(to)))) }))
      const askSome = action('ask some', {}, () => ({
        then: ids.map((to) => when(n[to].is(0), [set(sent, sent.with({ kind: 'tell', to })), set(n[to], 1)])),
      }))
      const stop = action('stop', {}, () => ({ then: ids.map((to) => set(sent, sent.without(ask(to)))) }))
      const hear = action('hear', { me: ids }, ({ me }) => ({
        when: sent.has(ask(me)),
        then: [set(n[me], 1), set(sent, sent.without(ask(me)))],
      }))
      return {
        actions: [askAll, askSome, stop, hear],
        interchangeable,
        properties: { low: never(forall(ids, (id) => n[id].is(1))) },
      }
    }),
  ],
]

it.each(accepted)('takes %s, with other reductions too', async (_, spec) => {
  const properties = ['low', 'deadlock']

  for (const others of [[], ['dead-variables'], ['local-steps', 'dead-variables', 'partial-order']] as const) {
    const sizes = await expectSameVerdicts(buildModel(spec), [...reduce, ...others], { properties })
    expect(sizes?.[1]).toBeLessThan(sizes?.[0] ?? 0)
  }
})

it('refuses neighbours at a table, and says where', async () => {
  const spec = buildModel(leftHanded, { seats: 3 })
  const called = { ...spec, interchangeable: [['phil0', 'phil1', 'phil2']] }
  const found = checkModel(called, { reduce, properties: ['deadlock'] })

  await expect(found).rejects.toMatchObject({
    problem: {
      code: 'MC306',
      message: expect.stringContaining(
        "'take first' (thread=phil0) asks for `not taken[0]`, and 'take first' (thread=phil1) does not so",
      ),
      source: { file: expect.stringContaining('dining-philosophers.ts') },
      hint: expect.stringContaining('neighbours'),
    },
  })
})

it('says how what starts as one of them may start as any', async () => {
  const first = model('first', () => {
    state({ turn: oneOf(ids).starts('a') })
    return { terminal, interchangeable }
  })
  const message = "a and b are not interchangeable: 'turn' starts as a"
  const hint = expect.stringContaining("`initially: choose('who', names, (name) => set(variable, name))`")

  await expect(checkSpec(first, { reduce })).rejects.toMatchObject({ problem: { message, hint } })
})

const claims = model('claims', () => {
  const n = numbers()
  return {
    terminal,
    interchangeable,
    properties: {
      size: measure(n.a),
      fine: never(exists(ids, (id) => n[id].is(2))),
      'never so': stepwise(forall(ids, (id) => next(n[id]).is(n[id]))),
    },
  }
})

it('refuses measures and liveness (MC305), and says why', async () => {
  await expect(checkSpec(claims, { reduce })).rejects.toThrow(
    /MC305: --reduce symmetry cannot judge 'size'.*it counts one/,
  )
  await expect(checkSpec(stronglyFair, { reduce })).rejects.toThrow(/MC305: .* 'writer0 gets to write'.*fairness/)
  await expect(checkSpec(claims, { reduce })).rejects.toMatchObject({
    problem: {
      hint: "Judge the others: --property fine --property 'never so' --property deadlock, or leave symmetry out.",
    },
  })
})
