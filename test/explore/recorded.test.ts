/**
 * Transitions that were recorded during the search are those that the kernel generates, in the same order.
 */

import { describe, expect, it } from 'vitest'
import type { Exploration, ExploreOptions } from '../../checker/explore/exploration.ts'
import { segmentWords } from '../../checker/explore/store.ts'
import { transitionGraph } from '../../checker/explore/transition-graph.ts'
import {
  countAt,
  createEdges,
  type Edges,
  headAt,
  instanceAt,
  recordOf,
  targetAt,
} from '../../checker/liveness/edges.ts'
import { instanceBits, type StateGraph } from '../../checker/liveness/state-graph.ts'
import { filterLock } from '../../specs/filter-lock.ts'
import { action, each, eventually, forall, leadsTo, model, not, range, set, state } from '../../src/language/index.ts'
import type { Model } from '../../src/model/ir.ts'
import { buildModel } from '../support/build.ts'
import { grid } from '../support/grid.ts'
import { search } from '../support/search.ts'

const lock = buildModel(filterLock, { processes: 4 })

/** 27,000 states of many words, with few transitions. */
const wide = grid(29, { unused: each(64, range(0, 255)).starts(0) })

/** 8,000 states of six words, one of which belongs to no behaviour. */
const halves = buildModel(
  model('halves', () => {
    const { x } = state({ x: each(3, range(0, 19)).starts(0), unused: each(16, range(0, 255)).starts(0) })
    const high = (i: number) => x.at(i).gt(9)
    return {
      actions: action('move', { i: [0, 1, 2] }, ({ i }) => ({
        when: x.at(i).lt(19),
        then: set(x.at(i), x.at(i).plus(1)),
      })),
      terminal: true,
      within: { 'not all at the end': not(forall([0, 1, 2], (i) => x.at(i).is(19))) },
      properties: { 'one follows': leadsTo(high(0), high(1)), 'one goes on': eventually(not(high(0))) },
    }
  }),
)

const record = (model: Model, options: Partial<ExploreOptions>, judged: readonly number[] = []): Promise<Exploration> =>
  search(model, { edgeBytes: 2 ** 26, memoryBytes: 2 ** 26, jitterMicroseconds: 0, ...options }, judged)

/** States whose record differs from what is generated. */
function misfits(graph: StateGraph, edges: Edges = createEdges(graph, 0)): readonly number[] {
  const { listed, counted, indexOf, tags, transitionsOf } = graph.source
  return Array.from({ length: graph.stateCount }, (_, state) => state).filter((state) => {
    const at = recordOf(edges, state)
    listed[0] = state
    transitionsOf(1)
    const count = counted[0] ?? 0
    const isSame = (i: number): boolean =>
      targetAt(edges, at, i, state) === indexOf[i] && instanceAt(edges, at, i) === tags[i]
    return countAt(edges, at) !== count || !Array.from({ length: count }, (_, i) => i).every(isSame)
  })
}

describe('recorded transitions', () => {
  it.each([
    [1, 0, false],
    [1, 0, true],
    [2, 20, false],
    [2, 20, true],
    [3, 100, false],
  ])(
    'are those of every state: %i threads, delayed up to %i µs, far targets: %s',
    async (workers, jitterMicroseconds, hasFarEdges) => {
      const exploration = await record(lock, { workers, jitterMicroseconds, hasFarEdges })

      expect(exploration.reason).toBe(null)
      expect(exploration.recorded).not.toBe(null)
      expect(misfits(transitionGraph(exploration))).toEqual([])
    },
  )

  it.each([
    [1, 0],
    [1, 1],
    [1, 2 ** 21],
    [3, 2 ** 21],
  ])('are so where states lie elsewhere, or move: %i threads, after %i bytes', async (workers, nearBytes) => {
    const exploration = await record(lock, { workers, nearBytes, jitterMicroseconds: 20 })

    expect(exploration.recorded?.pool.buffer).not.toBe(exploration.expander.kernel.states.buffer)
    expect(exploration.recorded).not.toBe(null)
    expect(misfits(transitionGraph(exploration))).toEqual([])
  })

  it.each([
    ['near', {}],
    ['far', { nearBytes: 0 }],
    ['moved', { nearBytes: 1 }],
    ['near, by two threads', { workers: 2, jitterMicroseconds: 20 }],
    ['with far targets', { hasFarEdges: true }],
    ['of folded states', { foldBytes: 0 }],
  ])('tell of each state which propositions hold: %s', async (_, options) => {
    const graph = transitionGraph(await record(halves, options, [0, 1]))
    const edges = createEdges(graph, 0)
    const regenerated = createEdges({ ...graph, recorded: null }, 0)
    const { propositions } = edges
    const toldBy = (by: Edges, state: number): number => headAt(by.pool, recordOf(by, state)) >>> by.countBits
    const toldAlone = (state: number): number => {
      graph.source.tell(state, 1)
      return graph.source.told[0] ?? -1
    }
    const expected = (state: number): number => {
      const bits = graph.read(state, propositions)
      return bits < 0 ? 1 : bits << 1
    }
    const states = Array.from({ length: graph.stateCount }, (_, state) => state)

    expect(propositions).toEqual([0, 1])
    expect(new Set(states.map(expected))).toEqual(new Set([0, 1, 2, 4, 6]))
    expect(states.filter((state) => toldBy(edges, state) !== expected(state))).toEqual([])
    expect(states.filter((state) => toldBy(regenerated, state) !== expected(state))).toEqual([])
    expect(states.filter((state) => toldAlone(state) !== expected(state))).toEqual([])
  })

  it.each([1, 2])(
    'are given up when they outgrow their budget, and the search goes on: %i threads',
    async (workers) => {
      const { digest } = await record(lock, { edgeBytes: 0 })
      const small = await record(lock, { workers, edgeBytes: 2 * segmentWords * 4 })

      expect(small).toMatchObject({ reason: null, recorded: null, digest })
    },
  )

  it('leave their room, when they are given up, to those that are regenerated, and to others, at no cost', async () => {
    const graph = transitionGraph(await record(lock, { edgeBytes: 4 * segmentWords * 4 }))
    const edges = createEdges(graph, 0, instanceBits(graph.instanceCount), 0)
    const before = edges.pool.length

    const lent = edges.lend(graph.stateCount)?.words
    expect(lent?.every((word) => word === 0)).toBe(true)
    lent?.fill(-1)

    expect(before).toBeGreaterThan(graph.stateCount)
    expect(misfits(graph, edges)).toEqual([])
    expect(lent?.every((word) => word === -1)).toBe(true)
    expect(edges.takenBytes()).toBe(0)
    expect(edges.lend(before)).toBe(null)
  })

  it.each([1, 2])('give way to states that need their room: %i threads', async (workers) => {
    const alone = await record(wide, { edgeBytes: 0 })
    const stateBytes = alone.compiled.stateWords * 4 + 7
    const tight = await record(wide, { workers, memoryBytes: alone.distinct * 1.7 * stateBytes })
    const roomy = await record(wide, { workers, memoryBytes: alone.distinct * 2.7 * stateBytes })

    expect(tight).toMatchObject({ reason: null, recorded: null, digest: alone.digest })
    expect(roomy.recorded).not.toBe(null)
  })
})
