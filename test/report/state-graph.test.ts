/**
 * Graphs: the reachable states and their projections, refusal of what is too large, and DOT that Graphviz itself reads.
 */

import { Graphviz } from '@hpcc-js/wasm-graphviz'
import * as E from 'fp-ts/Either'
import { beforeAll, expect, it } from 'vitest'
import { dieHard } from '../../specs/die-hard.ts'
import { filterLock } from '../../specs/filter-lock.ts'
import { peterson, swapped } from '../../specs/peterson.ts'
import { action, always, each, model, oneOf, range, sequenceOf, set, state } from '../../src/language/index.ts'
import type { ModelBuilder } from '../../src/language/model.ts'
import { toDot } from '../../src/report/dot.ts'
import { type StateGraph, stateGraphOf } from '../../src/report/state-graph.ts'
import { buildModel } from '../support/build.ts'
import { hostileName } from '../support/traces.ts'

let graphviz: Graphviz
beforeAll(async () => {
  graphviz = await Graphviz.load()
})

function graphOf(builder: ModelBuilder, project: readonly string[] | null = null): StateGraph {
  const graph = stateGraphOf(buildModel(builder), project)
  if (E.isLeft(graph)) throw new Error(`${graph.left.code}: ${graph.left.message}`)
  return graph.right
}

/** As Graphviz reads it: its JSON lists what it has laid out. */
function readByGraphviz(dot: string): {
  readonly nodes: number
  readonly edges: number
  readonly labels: readonly string[]
} {
  const { objects = [], edges = [] } = JSON.parse(graphviz.dot(dot, 'json'))
  const labels = objects.map((one: { readonly label: string }) => one.label)
  return { nodes: objects.length, edges: edges.length, labels }
}

it('has a node for each state, and an edge for each pair that a step joins', () => {
  const graph = graphOf(peterson)

  expect([graph.nodes.length, graph.edges.length]).toEqual([26, 44])
  expect(readByGraphviz(toDot('peterson', graph))).toMatchObject({ nodes: 26, edges: 44 })
})

it('marks initial states and states that violate an invariant', () => {
  const bad = (builder: ModelBuilder): number => graphOf(builder).nodes.filter(({ isBad }) => isBad).length

  expect(graphOf(peterson).nodes.filter(({ isInitial }) => isInitial)).toHaveLength(1)
  expect([bad(peterson), bad(swapped) > 0, bad(dieHard) > 0]).toEqual([0, true, true])
})

it('marks where it is stuck and may not stop, and where an invariant cannot be judged', () => {
  const badOf = (terminal: boolean, divisor: number): readonly boolean[] =>
    graphOf(
      model('count', () => {
        const { n } = state({ n: range(0, 2).starts(0) })
        const up = action('up', {}, () => ({ when: n.lt(2), then: set(n, n.plus(1)) }))
        return { actions: up, terminal, properties: { whole: always(n.div(n.minus(divisor)).le(9)) } }
      }),
    ).nodes.map(({ isBad }) => isBad)

  expect(badOf(false, 3)).toEqual([false, false, true])
  expect(badOf(true, 3)).toEqual([false, false, false])
  expect(badOf(true, 1)).toEqual([false, true, false])
})

it('merges states that agree on what is shown', () => {
  const graph = graphOf(peterson, ['turn', 'flag.p0'])

  expect(graph.nodes.map(({ lines }) => lines)).toEqual([
    ['turn p0', 'flag.p0 false'],
    ['turn p0', 'flag.p0 true'],
    ['turn p1', 'flag.p0 true'],
    ['turn p1', 'flag.p0 false'],
  ])
})

it('shows parts by the names that runs give them: an array from 1 begins at 1', () => {
  const steps = model('steps', () => {
    const { grid, queue } = state({
      grid: each(range(1, 2), each(['a.b', 'c'], range(0, 1))).starts(0),
      queue: sequenceOf(range(0, 1), 1).starts([1]),
    })
    return {
      actions: [
        action('first', {}, () => ({ when: grid.at(1).c.is(0), then: set(grid.at(1).c, 1) })),
        action('second', {}, () => ({ when: grid.at(1).c.is(1), then: [set(grid.at(2)['a.b'], 1), set(queue, [])] })),
      ],
    }
  })
  const linesOf = (...names: readonly string[]): readonly (readonly string[])[] =>
    graphOf(steps, names).nodes.map(({ lines }) => lines)

  expect(linesOf('grid[1].c')).toEqual([['grid[1].c 0'], ['grid[1].c 1']])
  expect(linesOf('grid.2.a.b', 'queue')).toEqual([
    ['grid.2.a.b 0', 'queue [1]'],
    ['grid.2.a.b 1', 'queue []'],
  ])
  expect(() => graphOf(steps, ['grid[0]'])).toThrow("MC301: 'grid' has no part '[0]'")
  expect(() => graphOf(steps, ['grid[1].d'])).toThrow("MC301: 'grid[1]' has no part '.d'")
  expect(() => graphOf(steps, ['queue[0]'])).toThrow("MC301: 'queue' has no part '[0]'")
})

it('refuses what a picture would not help with, with advice (MC304), and unknown variables (MC301)', () => {
  expect(() => graphOf(filterLock)).toThrow('MC304')
  expect(() => graphOf(peterson, ['flags'])).toThrow("MC301: 'peterson' has no variable 'flags'")
  expect(() => graphOf(peterson, ['flag.p9'])).toThrow('MC301')
})

it('keeps hostile names inert in DOT and SVG', () => {
  const values = [`a${hostileName}`, `b${hostileName}`] as const
  const evil = model(`evil ${hostileName}`, () => {
    const variables = state({ [`v${hostileName}`]: oneOf(values).starts(values[0]) })
    const v = variables[`v${hostileName}`]
    if (v === undefined) throw new Error('no variable')
    return { actions: [action(`go ${hostileName}`, {}, () => ({ then: set(v, values[1]) }))] }
  })
  const dot = toDot(`evil ${hostileName}`, graphOf(evil))

  expect(readByGraphviz(dot)).toMatchObject({ nodes: 2, edges: 2 })
  const svg = graphviz.dot(dot, 'svg')
  expect(svg).not.toContain('<script')
  expect(svg).not.toMatch(/<a |xlink:href/)
})
