/**
 * What the page is told of states, runs and models.
 */

import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { action, all, always, bool, measure, model, not, oneOf, range, set, state } from '../../src/language/index.ts'
import { initialStates, successors } from '../../src/model/step.ts'
import { describeModel } from '../../src/page/describe-model.ts'
import { describeState, stripsOf } from '../../src/page/describe-state.ts'
import { buildModel } from '../support/build.ts'
import { careless } from '../support/preemption.ts'

const lamp = model('lamp', () => {
  const { on, power, level } = state({
    on: bool.starts(false),
    power: oneOf(['off', 'mains']).starts('off'),
    level: range(0, 2).starts(0),
  })
  return {
    actions: [
      action('plug in', {}, () => ({ lane: 'user', when: power.is('off'), then: set(power, 'mains') })),
      action('light', {}, () => ({ lane: 'lamp', when: all(power.is('mains'), not(on)), then: set(on, true) })),
      action('dim', { by: [1, 2] }, ({ by }) => ({
        lane: 'lamp',
        when: all(on, level.plus(by).le(2)),
        then: set(level, level.plus(by)),
      })),
      action('explode', {}, () => ({ lane: 'lamp', when: level.gt(5), then: set(on, false) })),
    ],
    terminal: level.is(2),
    properties: { 'stays dark': always(not(on)), 'how bright': measure(level) },
    expectViolated: ['stays dark'],
    strips: { power, level, 'on and off': on },
  }
})

describe('a state', () => {
  const built = buildModel(lamp)
  const [start = {}] = initialStates(built)

  it('names every condition that holds an action back, not only the first', () => {
    const { blocked } = describeState(built, { ...start, on: true })

    expect(blocked).toContainEqual({
      lane: 'lamp',
      labels: ['light'],
      reasons: ['power is off', 'on is true'],
    })
  })

  it('puts actions that the same conditions hold back together', () => {
    const { blocked } = describeState(built, start)

    expect(blocked.find((one) => one.labels.includes('dim (by=1)'))?.labels).toEqual(['dim (by=1)', 'dim (by=2)'])
  })

  it('tells the ways on in the order of the successors', () => {
    const ways = describeState(built, { ...start, power: 'mains', on: true, level: 0 }).enabled

    expect(ways.map(({ label, parameters }) => `${label} ${parameters}`)).toEqual(['dim by=1', 'dim by=2'])
  })

  it('gives each strip its values', () => {
    expect(stripsOf(built).map(({ rows }) => rows.map(({ scale }) => scale.kind))).toEqual([
      ['label'],
      ['number'],
      ['flag'],
    ])
    expect(describeState(built, { ...start, power: 'mains' }).strips).toEqual([['mains'], [0], [false]])
  })
})

describe('a model of threads and arrivals', () => {
  const built = buildModel(careless)
  const [start = {}] = initialStates(built)

  it('shows a record of flags as one row for each', () => {
    const strip = stripsOf(built).find(({ name }) => name === 'mask')

    expect(strip?.rows.map(({ part }) => part)).toEqual(['A', 'I'])
  })

  it('does not call the lines of a thread blocked that control has not reached', () => {
    const labels = describeState(built, start).blocked.flatMap((one) => one.labels)

    expect(labels).toContain('IRQ')
    expect(labels).not.toContain('return from IRQ')
    expect(labels).not.toContain('log')
  })

  it('says of an assumption that it holds something back', () => {
    const [into] = successors(built, start).filter(({ instance }) => built.instances[instance]?.label === 'error')
    if (into === undefined || 'error' in into) throw new Error('no error arrives')
    const reasons = describeState(built, into.state).blocked.flatMap((one) => one.reasons)

    expect(reasons).toContain('assumption: T1: at most 1 suspended frames')
  })
})

describe('a model and its result', () => {
  it('carries a run for each counterexample, witness and extreme, and names what each step changed', async () => {
    const built = buildModel(lamp)
    const page = describeModel(built, await checkModel(built, { workers: 1 }))

    expect(page.runs.map(({ title, claim, tone }) => [title, claim, tone])).toEqual([
      ['stays dark', 'violated, as expected', 'expected'],
      ['how bright: least', 'reaches 0', 'neutral'],
      ['how bright: greatest', 'reaches 2', 'neutral'],
    ])
    expect(page.runs[0]?.steps.map(({ label, state, pick }) => [label, state, pick])).toEqual([
      ['initial state', { on: false, power: 'off', level: 0 }, 0],
      ['plug in', { power: 'mains' }, 0],
      ['light', { on: true }, 0],
    ])
    expect(page.result?.properties.map(({ name, runs }) => [name, runs])).toEqual([
      ['stays dark', [0]],
      ['how bright', [1, 2]],
      ['deadlock', []],
    ])
  })

  it('counts what was taken, an action that never is included, and how wide the levels are', async () => {
    const built = buildModel(lamp)
    const page = describeModel(built, await checkModel(built, { workers: 1 }))

    expect(page.actions.map(({ name }, i) => [name, page.result?.coverage[i]?.generated])).toEqual([
      ['plug in', 1],
      ['light', 1],
      ['dim', 3],
      ['explode', 0],
    ])
    expect(page.result?.coverage[0]?.threads).toEqual([])
    expect(page.result?.levels).toEqual([1, 1, 1, 2])
    expect(page.result?.levels.reduce((sum, n) => sum + n, 0)).toBe(page.result?.states.distinct)
  })
})
