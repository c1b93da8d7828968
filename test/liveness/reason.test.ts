/**
 * What a liveness verdict says besides itself: the table of fairness, what would rule the run out, what was not needed, and
 * what is vacuous.
 */

import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import type { CheckOptions, PropertyResult, Warning } from '../../checker/result.ts'
import { weaklyFair } from '../../specs/readers-writers.ts'
import {
  action,
  all,
  always,
  any,
  at,
  bool,
  eventually,
  exists,
  forever,
  holdsUntil,
  idle,
  ifElse,
  implies,
  leadsTo,
  model,
  nextly,
  not,
  range,
  release,
  set,
  state,
  step,
  taken,
  threads,
  until,
  weakUntil,
} from '../../src/language/index.ts'
import type { FairnessGroup, Ltl, Model, Strength } from '../../src/model/ir.ts'
import { paintFor } from '../../src/report/paint.ts'
import { renderResult } from '../../src/report/render-text.ts'
import { checkSpec, littleMemory } from '../support/build.ts'
import { among, type Move, modelOf } from './graph.ts'

type Pairs = readonly (readonly [number, number])[]

/** A model with one instance for each list of transitions; the first is called a0. */
function graphModel(moves: readonly Pairs[], formula: Ltl, fairness: readonly FairnessGroup[]): Model {
  const all = moves.flatMap((pairs, instance) => pairs.map(([from, to]): Move => ({ from, to, instance })))
  const stateCount = Math.max(0, ...all.flatMap(({ from, to }) => [from, to])) + 1
  return modelOf({ stateCount, instanceCount: moves.length, initial: [0], moves: all, outside: [] }, [
    { formula, fairness },
  ])
}

const fair = (strength: Strength, instance: number): FairnessGroup => ({
  name: `a${instance}`,
  strength,
  instances: [instance],
})
const finally_ = (...states: readonly number[]): Ltl => ({ kind: 'eventually', f: among(states) })

async function judged(model: Model, options: CheckOptions = {}): Promise<PropertyResult> {
  const [property] = (await checkModel(model, { workers: 1, ...littleMemory, ...options })).properties
  if (property === undefined) throw new Error('no property')
  return property
}

const textsOf = (warnings: readonly Warning[]): readonly string[] => warnings.map(({ text }) => text)

const cycle: Pairs = [
  [0, 1],
  [1, 0],
]

describe('the reason why something does not always hold', () => {
  const bounce = model('bounce', () => {
    const { n } = state({ n: range(0, 5).starts(0) })
    const up = action('up', {}, () => ({ when: n.lt(5), then: set(n, n.plus(1)) }))
    const down = action('down', {}, () => ({ when: n.ge(3), then: set(n, 0) }))
    return {
      actions: [up, down],
      properties: {
        'a fall is the last step': always(implies(taken(down), nextly(not(taken(up))))),
        'no fall, and low': all(always(not(taken(down))), always(nextly(n.lt(5)))),
        'from the start': always(nextly(n.is(0))),
        'high in the end': always(eventually(n.is(5))),
        'from two on to five': leadsTo(n.ge(2), n.is(5)),
        'the same, spelled out': always(implies(n.ge(2), eventually(n.is(5)))),
        'what is long is not repeated': leadsTo(
          n.ge(2),
          exists(range(0, 9), (i) => all(n.is(5), n.gt(i))),
        ),
      },
    }
  })

  it.each([
    ['a fall is the last step', 'after step 3, implies(taken(down), nextly(not(taken(up)))) fails'],
    ['no fall, and low', 'after step 3, not(taken(down)) fails'],
    ['from the start', 'in the initial state, nextly(n = 0) fails'],
    ['from two on to five', 'after step 2, n >= 2 holds, but n = 5 never follows'],
    ['the same, spelled out', 'after step 2, n >= 2 holds, but n = 5 never follows'],
    ['what is long is not repeated', 'after step 2, n >= 2 holds, but what it leads to never follows'],
    ['high in the end', 'n = 5 never holds'],
  ])('begins with the moment that shows it: %s', async (name, line) => {
    const found = (await checkSpec(bounce)).properties.find((one) => one.name === name)

    expect(found?.reason[0]).toBe(line)
  })

  // 0, 1, 2, and then 3, 4, 5 round and round.
  const round = model('round', () => {
    const { n } = state({ n: range(0, 5).starts(0) })
    const on = action('on', {}, () => ({ then: set(n, ifElse(n.is(5), 3, n.plus(1))) }), { fair: 'weak' })
    const isTold = exists(range(0, 9), (i) => all(n.is(9), n.gt(i)))
    return {
      actions: on,
      properties: {
        'again and again': always(eventually(n.is(2))),
        'never at all': eventually(n.gt(6)),
        'for good': eventually(always(n.isNot(4))),
        'from two on for good': leadsTo(n.is(2), always(n.isNot(3))),
        'if that, then this': implies(always(eventually(n.is(4))), always(eventually(n.is(1)))),
        'until it comes': holdsUntil(n.le(6), n.is(7)),
        'until too late': holdsUntil(n.lt(2), n.is(4)),
        'unless it comes': weakUntil(n.isNot(3), n.is(5)),
        'let go too late': release(n.is(4), n.le(2)),
        'and then for good': always(implies(n.is(1), nextly(always(n.le(3))))),
        'one of two': always(any(n.lt(3), always(n.lt(5)))),
        'from the start, one of two': any(always(n.is(0)), always(n.is(1))),
        'what is long': always(eventually(isTold)),
        'what is long, later': leadsTo(n.is(2), isTold),
        'what is long, for good': eventually(always(isTold)),
        'what is long, until it comes': weakUntil(isTold, isTold.is(true)),
      },
    }
  })

  it.each([
    ['again and again', 'after step 3, n = 2 never holds'],
    ['never at all', 'n > 6 never holds'],
    ['for good', 'in every round of the loop, after step 4, n != 4 fails'],
    ['from two on for good', 'after step 2, n = 2 holds, but in every round of the loop, after step 3, n != 3 fails'],
    ['if that, then this', 'after step 2, n = 1 never holds'],
    ['until it comes', 'n = 7 never holds'],
    ['until too late', 'after step 2, n < 2 fails, and n = 4 has not held before'],
    ['unless it comes', 'after step 3, n != 3 fails, and n = 5 has not held before'],
    ['let go too late', 'after step 3, n <= 2 fails, and n = 4 has not held before'],
    ['and then for good', 'after step 1, n = 1 holds, but after step 4, n <= 3 fails'],
    ['one of two', 'after step 3, any(n < 3, always(n < 5)) fails'],
    ['from the start, one of two', 'weak fairness of on: taken in the loop at step 4'],
    ['what is long', 'weak fairness of on: taken in the loop at step 4'],
    ['what is long, later', 'after step 2, n = 2 holds, but what it leads to never follows'],
    ['what is long, for good', 'in every round of the loop, after step 3, what is claimed fails'],
    [
      'what is long, until it comes',
      'in the initial state, what is claimed fails, and what ends that has not held before',
    ],
  ])('follows what is false into the formula: %s', async (name, line) => {
    const found = (await checkSpec(round)).properties.find((one) => one.name === name)

    expect(found?.reason[0]).toBe(line)
  })

  it('speaks of the last state where a run stops', async () => {
    const { reason } = await judged(
      graphModel([[[0, 1]]], { kind: 'eventually', f: { kind: 'always', f: among([0]) } }, [fair('weak', 0)]),
    )

    expect(reason[0]).toBe('in the last state, x = 0 fails')
  })
})

describe('the reason of a loop', () => {
  it('has a line for every condition: taken, disabled, or never enabled', async () => {
    const result = await checkSpec(weaklyFair)
    const found = result.properties.find(({ name }) => name === 'writer0 gets to write')

    expect(found?.reason).toEqual([
      'after step 1, writer0.pc = hold turnstile holds, but writer0.pc = write never follows',
      'weak fairness of reader0: taken in the loop at step 3',
      'weak fairness of reader1: not enabled after step 1',
      'weak fairness of writer0: not enabled after step 3',
      'strong fairness of writer0 would rule this run out, and the property would hold',
    ])
  })

  it('says of a strong condition that it is not enabled anywhere', async () => {
    const model = graphModel([cycle, [[2, 3]]], finally_(2), [fair('weak', 0), fair('strong', 1)])

    expect((await judged(model)).reason).toContain('strong fairness of a1: not enabled anywhere in the loop')
  })

  it('tells what rules out this run from what makes the property hold', async () => {
    const moves = [[...cycle, [2, 3], [3, 2]] as const, [[0, 2]] as const, [[2, 4]] as const]
    const { reason } = await judged(graphModel(moves, finally_(4), [fair('weak', 0)]))

    expect(reason).toContain(
      'strong fairness of a1 would rule this run out, but not every one that violates the property',
    )
  })
})

describe('fairness that would help', () => {
  const room = model('room', () => {
    const { isOpen } = state({ isOpen: bool.starts(true) })
    const guests = threads(['g0', 'g1'], {}, () =>
      forever(idle('rest'), until('enter', isOpen, set(isOpen, false)), step('leave', set(isOpen, true))),
    )
    return {
      threads: guests,
      properties: {
        'g0 enters': leadsTo(at(guests.g0, 'enter'), at(guests.g0, 'leave')),
        'g0 comes back': always(eventually(at(guests.g0, 'enter'))),
      },
    }
  })
  const reasonOf = async (name: string): Promise<readonly string[]> =>
    (await checkSpec(room)).properties.find((one) => one.name === name)?.reason ?? []

  it('is that of every thread where one alone does not make the property hold', async () => {
    expect(await reasonOf('g0 enters')).toContain('strong fairness of every thread would make it hold')
  })

  it('obliges nobody to leave an idle step', async () => {
    const reason = await reasonOf('g0 comes back')

    expect(reason).toEqual([
      'g0.pc = enter never holds',
      'the run simply stops: `g0: rest`, `g1: rest` stay enabled, and no fairness forces it on',
    ])
  })
})

describe('the reason of a run that stops', () => {
  it('names what stays enabled in vain, and the weakest fairness that forces it', async () => {
    const { reason } = await judged(graphModel([[[0, 1]]], finally_(1), []))

    expect(reason).toEqual([
      'x = 1 never holds',
      'the run simply stops: `a0` stays enabled, and no fairness forces it on',
      'weak fairness of a0 would rule this run out, and the property would hold',
    ])
  })

  it('has a line for every condition too: none is enabled where a fair run may stop', async () => {
    const moves = [[[0, 1]] as const, [[1, 2]] as const, [[2, 1]] as const]
    const { reason } = await judged(graphModel(moves, finally_(1), [fair('weak', 1), fair('strong', 2)]))

    expect(reason).toEqual([
      'x = 1 never holds',
      'the run simply stops: `a0` stays enabled, and no fairness forces it on',
      'weak fairness of a1: not enabled in the last state',
      'strong fairness of a2: not enabled in the last state',
      'weak fairness of a0 would rule this run out, and the property would hold',
    ])
  })

  it('says when nothing can happen any more', async () => {
    const { reason } = await judged(graphModel([[[0, 1]]], { kind: 'always', f: finally_(0) }, [fair('weak', 0)]))

    expect(reason).toEqual([
      'after step 1, x = 0 never holds',
      'the run ends here: nothing can happen any more',
      'weak fairness of a0: not enabled in the last state',
    ])
  })

  it('says when an assumption alone holds an arrival back', async () => {
    const model = graphModel([[[0, 1]]], finally_(1), [])
    const never = { name: null, e: { kind: 'or', es: [] }, assumption: 0 } as const
    const { reason } = await judged({
      ...model,
      assumptions: [{ kind: 'budget', name: 'no arrival', limit: 0, source: model.source }],
      instances: model.instances.map((instance) => ({ ...instance, guard: [never] })),
    })

    expect(reason).toContain('throughout, the assumption `no arrival` alone holds arrivals back')
  })
})

describe('a property that holds', () => {
  const explainFairness = true

  it('names the declared fairness that it did not need, when asked', async () => {
    const moves = [[[0, 1]] as const, [[0, 2]] as const]
    const both = graphModel(moves, finally_(1, 2), [fair('weak', 0), fair('strong', 1)])
    const one = graphModel(moves, finally_(1, 2), [fair('weak', 0)])

    expect((await judged(both, { explainFairness })).reason).toEqual([
      'holds without the weak fairness of a0',
      'weak instead of strong fairness of a1 would do',
    ])
    expect((await judged(one, { explainFairness })).reason).toEqual(['every declared fairness is needed'])
    expect((await judged(graphModel(moves, finally_(0), [fair('weak', 0)]), { explainFairness })).reason).toEqual([
      'holds without any fairness',
    ])
    expect((await judged(both)).reason).toEqual([])
  })

  it('names what it did not need by strength', async () => {
    const moves = [[[0, 1]] as const, [[0, 2]] as const, [[0, 2]] as const, [[0, 2]] as const]
    const weak = [fair('weak', 1), fair('weak', 2), fair('weak', 0)]

    expect(
      (await judged(graphModel(moves, finally_(1, 2), [fair('strong', 3), ...weak]), { explainFairness })).reason,
    ).toEqual(['holds without the weak fairness of a1, a2, and the strong fairness of a3'])
  })

  it('is not said to need less than strong fairness where it does', async () => {
    const overtaken = graphModel([cycle, [[0, 2]]], finally_(2), [fair('weak', 0), fair('strong', 1)])

    expect((await judged(overtaken, { explainFairness })).reason).toEqual(['every declared fairness is needed'])
  })
})

describe('warnings of vacuity', () => {
  const unreachable = among([9])

  it('name the left side of a leadsTo that is never reached', async () => {
    const promise: Ltl = { kind: 'leadsTo', left: unreachable, right: among([1]) }
    const { verdict, warnings } = await judged(graphModel([[[0, 1]]], promise, []))

    expect(verdict).toBe('holds')
    expect(textsOf(warnings)).toEqual(['the premise `x = 9` holds in no reachable state'])
  })

  it('name the premise of an implication that never holds, however deep, and no other', async () => {
    const inner: Ltl = { kind: 'implies', left: unreachable, right: finally_(1) }
    const outer: Ltl = { kind: 'implies', left: among([0]), right: { kind: 'always', f: inner } }
    const { warnings } = await judged(graphModel([[[0, 1]]], outer, []))

    expect(textsOf(warnings)).toEqual(['the premise `x = 9` holds in no reachable state'])
  })

  it('name fairness on a group that is never enabled, also when it could only change nothing', async () => {
    const moves = [[[0, 1]] as const, [[5, 6]] as const, [[0, 0]] as const]
    const { warnings } = await judged(
      graphModel(moves, finally_(1), [fair('weak', 0), fair('strong', 1), fair('weak', 2)]),
    )

    expect(textsOf(warnings)).toEqual([
      'the strong fairness of a1 asks for nothing: it is never enabled',
      'the weak fairness of a2 asks for nothing: where it is enabled it changes nothing',
    ])
  })

  it('say nothing of a binding that plain values rule out', async () => {
    const pairs = model('pairs', () => {
      const { n } = state({ n: range(0, 2).starts(0) })
      const move = action(
        'move',
        { from: 3, to: 3 },
        ({ from, to }) => ({ when: [from !== to, n.is(from), n.lt(2)], then: set(n, to) }),
        { fair: 'weak' },
      )
      return { actions: move, terminal: true, properties: { arrives: leadsTo(n.is(0), n.gt(0)) } }
    })
    const [arrives] = (await checkSpec(pairs)).properties

    expect(arrives?.verdict).toBe('holds')
    expect(textsOf(arrives?.warnings ?? [])).toEqual([
      'the weak fairness of move(from=2, to=0) asks for nothing: it is never enabled',
      'the weak fairness of move(from=2, to=1) asks for nothing: it is never enabled',
    ])
  })

  it('name a premise that is no state predicate, when no fair behaviour satisfies it', async () => {
    const taken = (instance: number): Ltl => ({ kind: 'taken', name: `a${instance}`, instances: [instance] })
    const whenever = (left: Ltl): Ltl => ({ kind: 'always', f: { kind: 'implies', left, right: finally_(1) } })
    const moves = [[[0, 1]], [[5, 6]], [[1, 0]]] as const
    const warningsOf = async (f: Ltl): Promise<readonly string[]> =>
      textsOf((await judged(graphModel(moves, f, [fair('weak', 0)]))).warnings)

    expect(await warningsOf(whenever(taken(1)))).toEqual(['the premise `taken(a1)` never holds'])
    expect(await warningsOf(whenever(taken(2)))).toEqual([])
    expect(await warningsOf(whenever({ kind: 'always', f: among([0]) }))).toEqual([
      'the premise `always(x = 0)` never holds',
    ])
    expect(await warningsOf({ kind: 'implies', left: taken(2), right: finally_(1) })).toEqual([
      'the premise `taken(a2)` never holds at the beginning',
    ])
  })

  it('name a premise that is asked of initial states alone, and holds in others', async () => {
    const promise: Ltl = { kind: 'implies', left: among([1]), right: finally_(9) }
    const { verdict, warnings } = await judged(graphModel([[[0, 1]]], promise, []))

    expect([verdict, textsOf(warnings)]).toEqual([
      'holds',
      ['the premise `x = 1` holds in no initial state, and is asked of no other: is `always` missing?'],
    ])
  })

  it('stand next to the verdict', async () => {
    const promise: Ltl = { kind: 'leadsTo', left: unreachable, right: among([1]) }
    const result = await checkModel(graphModel([[[0, 1]]], promise, []), { workers: 1, ...littleMemory })
    const lines = renderResult(result, { paint: paintFor(false) }).split('\n')

    const verdict = lines.findIndex((line) => /claim 0 +holds/.test(line))
    expect(lines[verdict + 1]).toBe('    warning: the premise `x = 9` holds in no reachable state')
  })

  it('are shown once where they are of fairness that properties share', async () => {
    const model = graphModel([[[0, 1]], [[5, 6]]], finally_(1), [fair('weak', 0), fair('strong', 1)])
    const twice = model.properties.flatMap((one) => [one, { ...one, name: 'again' }])
    const result = await checkModel({ ...model, properties: twice }, { workers: 1, ...littleMemory })

    expect(result.properties.slice(0, 2).map(({ warnings }) => warnings.length)).toEqual([1, 1])
    expect(renderResult(result, { paint: paintFor(false) }).match(/warning:/g)).toHaveLength(1)
  })

  it('are absent where nothing is vacuous', async () => {
    expect((await judged(graphModel([[[0, 1]]], finally_(1), [fair('weak', 0)]))).warnings).toEqual([])
  })
})
