/**
 * The parts of the page that are only arithmetic: geometry of the timeline, states of a run, search, addresses, changes of view.
 */

import { describe, expect, it } from 'vitest'
import { matchingSteps, nextMatch, textOfStep } from '../../src/page/browser/find-steps.ts'
import {
  type Change,
  changed,
  columnOf,
  type PageState,
  placeOf,
  startState,
  stepAfter,
} from '../../src/page/browser/page-state.ts'
import { formatPlace, type Place, parsePlace } from '../../src/page/browser/permalink.ts'
import { changesBetween, lastWriter, leavesOf, statesOf } from '../../src/page/browser/run-states.ts'
import { lanesOf, segmentsOf } from '../../src/page/browser/timeline-geometry.ts'
import type { PageModel, PageRun, PageStep } from '../../src/page/page-data.ts'

const step = (parts: Partial<PageStep>): PageStep => ({
  ...{
    thread: null,
    lane: null,
    kind: 'step',
    path: [],
    label: '',
    parameters: '',
    depth: 0,
    place: '',
    pick: 0,
    state: {},
    view: null,
  },
  ...parts,
})

const on = (depth: number, kind: PageStep['kind'], label: string): PageStep =>
  step({ thread: 'T', lane: 'cpu', depth, kind, label })

const nested: PageRun = {
  ...{ title: 'nested', claim: '', tone: 'bad', reason: [], shortest: true, isTaken: false, loop: 2 },
  steps: [
    step({ kind: 'initial', label: 'initial state', state: { x: 0, flags: { A: false, B: false } } }),
    on(1, 'arrival', 'IRQ'),
    on(2, 'arrival', 'NMI'),
    step({ ...on(1, 'step', 'return'), state: { x: 1 } }),
    step({ kind: 'action', lane: 'device', label: 'raise', state: { flags: { A: true, B: false } } }),
    on(1, 'step', 'handle'),
  ],
}

const model: PageModel = {
  ...{ name: 'm', constants: {}, strips: [], actions: [], result: null, runs: [nested] },
  threads: [{ name: 'T', lane: 'cpu' }],
  lanes: ['cpu', 'device', 'never'],
  variables: [
    { name: 'x', isControl: false },
    { name: 'flags', isControl: false },
  ],
}

describe('lanes', () => {
  const { rows, frames, marks } = lanesOf(model, nested)

  it('has a row for each thread, and for each process that has none, whether or not it acts in this run', () => {
    expect(rows).toEqual([
      { lane: 'cpu', thread: 'T', depth: 2 },
      { lane: 'device', thread: null, depth: 0 },
      { lane: 'never', thread: null, depth: 0 },
    ])
  })

  it('stands a handler on what it interrupts, until the step that returns', () => {
    expect(frames).toEqual([
      { row: 0, level: 1, label: 'IRQ', from: 1, to: 6, isOpen: true },
      { row: 0, level: 2, label: 'NMI', from: 2, to: 4, isOpen: false },
    ])
  })

  it('marks the returning step inside the frame that it leaves', () => {
    expect(marks).toEqual([
      null,
      { row: 0, level: 1 },
      { row: 0, level: 2 },
      { row: 0, level: 2 },
      { row: 1, level: 0 },
      { row: 0, level: 1 },
    ])
  })

  it('joins columns of one value', () => {
    expect(segmentsOf([1, 1, null, 1])).toEqual([
      { from: 0, to: 2, value: 1 },
      { from: 2, to: 3, value: null },
      { from: 3, to: 4, value: 1 },
    ])
  })
})

describe('states of a run', () => {
  const states = statesOf(nested.steps)

  it('are rebuilt from what each step changed', () => {
    expect(Object.fromEntries(states[5] ?? [])).toEqual({ x: 1, flags: { A: true, B: false } })
  })

  it('tells flags as one value and other records part by part', () => {
    expect(leavesOf('flags', { A: true, B: false })).toEqual([{ path: 'flags', text: 'A.' }])
    expect(leavesOf('r', { id: 1, __proto__: 2 })).toEqual([{ path: 'r.id', text: '1' }])
    expect(leavesOf('r', JSON.parse('{"id":1,"__proto__":2}'))).toEqual([
      { path: 'r.id', text: '1' },
      { path: 'r.__proto__', text: '2' },
    ])
  })

  it('tells what changed, and who wrote a value last', () => {
    expect(changesBetween(states[3] ?? new Map(), nested.steps[4] ?? step({}), new Set())).toEqual([
      { path: 'flags', before: '..', text: 'A.' },
    ])
    expect(lastWriter(states, 5, 'x', 'x')).toBe(3)
    expect(lastWriter(states, 2, 'x', 'x')).toBe(0)
  })
})

describe('search', () => {
  const texts = nested.steps.map((one) => textOfStep(one, []))

  it('wants every word, in any order and case', () => {
    expect(matchingSteps(texts, 'CPU irq')).toEqual([1])
    expect(matchingSteps(texts, 'irq device')).toEqual([])
    expect(matchingSteps(texts, '  ')).toBeNull()
  })

  it('goes around the end', () => {
    expect(nextMatch([1, 4], 4, 1)).toBe(1)
    expect(nextMatch([1, 4], 1, -1)).toBe(4)
    expect(nextMatch([], 1, 1)).toBeNull()
  })
})

describe('addresses', () => {
  it.each(['a/b#c', '~1.2', 'ü "x"', '</script>', '%zz'])('survive the name %s', (name) => {
    const place = { tab: 'run' as const, model: name, run: `run ${name}`, step: 7, picks: null }

    expect(parsePlace(formatPlace(place))).toEqual(place)
  })

  it('carry a run that was taken by hand', () => {
    const place = parsePlace(formatPlace({ tab: 'run', model: 'm', run: 'x', step: 2, picks: [0, 3, 1] }))

    expect(place?.picks).toEqual([0, 3, 1])
  })

  it('mean nothing when they are not ours', () => {
    expect(parsePlace('#javascript:alert(1)')).toBeNull()
    expect(parsePlace('#run/m/r/-1')?.step).toBe(0)
  })
})

describe('the state of the page', () => {
  const start: PageState = startState({ version: '', spec: '', isLive: false, models: [model], notes: [] })

  it('steps inside the run, and from its end around the loop', () => {
    const end = changed(changed(start, { kind: 'run', model: 0, run: 0, step: 0 }), { kind: 'step', step: 99 })

    expect(end.step).toBe(5)
    expect(stepAfter(end, 1)).toBe(3)
    expect(stepAfter(end, -1)).toBe(4)
    expect(placeOf(end)).toMatchObject({ tab: 'run', model: 'm', run: 'nested', step: 5, picks: null })
  })

  it('goes where an address says, and nowhere for one of other data', () => {
    const at = (place: Partial<Place>): PageState =>
      changed(start, {
        kind: 'place',
        place: { tab: 'run', model: 'm', run: 'nested', step: 2, picks: null, ...place },
      })

    expect(placeOf(at({}))).toMatchObject({ tab: 'run', run: 'nested', step: 2 })
    expect(at({ step: 99 }).step).toBe(5)
    expect(at({ tab: 'coverage' }).tab).toBe('coverage')
    expect(at({ model: 'other' })).toBe(start)
    expect(at({ run: 'other' })).toBe(start)
  })

  it.each([200, 60, 10_000])('zooms from what fits into %i pixels, and back', (room) => {
    const width = (...changes: readonly Change[]): number =>
      columnOf(changes.reduce(changed, changed(start, { kind: 'room', room })))
    const [wider, narrower] = [{ kind: 'zoom', to: 'wider' } as const, { kind: 'zoom', to: 'narrower' } as const]
    const fitted = width()

    expect(width(wider)).toBeGreaterThanOrEqual(fitted)
    expect(width(narrower)).toBeLessThan(fitted)
    expect(width(wider, { kind: 'fit' })).toBe(fitted)
    const many = Array.from({ length: 40 }, () => wider)
    expect(width(...many, narrower)).toBeLessThan(width(...many))
  })
})
