/**
 * What liveness says does not depend on where transitions are kept, and the search for components gives back what it borrows.
 */

import { describe, expect, it } from 'vitest'
import { compile } from '../../checker/compile/compile.ts'
import { explore } from '../../checker/explore/search.ts'
import { transitionGraph } from '../../checker/explore/transition-graph.ts'
import { exploreOptionsOf } from '../../checker/explore-options.ts'
import { createEdges } from '../../checker/liveness/edges.ts'
import { fairParts } from '../../checker/liveness/fair-parts.ts'
import { createFairness } from '../../checker/liveness/fairness.ts'
import { normalForm } from '../../checker/liveness/formula.ts'
import { createLetters } from '../../checker/liveness/letters.ts'
import { createProduct } from '../../checker/liveness/product.ts'
import { translate } from '../../checker/liveness/translate.ts'
import { filterLock, withoutVictim } from '../../specs/filter-lock.ts'
import { finish } from '../../src/model/parts.ts'
import { buildModel, checkSpec } from '../support/build.ts'

describe('the same properties, to the letter,', () => {
  it.each([
    ['filterLock', filterLock],
    ['withoutVictim', withoutVictim],
  ])('whether transitions are recorded, take two words, or are regenerated and forgotten: %s', async (_, spec) => {
    const { properties } = await checkSpec(spec, { set: { processes: 3 } })

    expect((await checkSpec(spec, { set: { processes: 3 } }, { hasFarEdges: true })).properties).toEqual(properties)
    expect((await checkSpec(spec, { set: { processes: 3 } }, { edgeBytes: 0 })).properties).toEqual(properties)
  })
})

describe('the search for components', () => {
  it('gives places of transitions back, whenever it is left', async () => {
    const model = buildModel(filterLock, { processes: 4 })
    const number = model.properties.findIndex(({ kind }) => kind === 'liveness')
    const property = model.properties[number]
    if (property?.kind !== 'liveness') throw new Error('no liveness')
    const { compiled } = compile(model, [number])
    const limits = { memoryBytes: 2 ** 24, edgeBytes: 2 ** 24 }
    const exploration = await explore(compiled, { ...exploreOptionsOf({ workers: 1 }), ...limits })
    const graph = transitionGraph(exploration)
    const edges = createEdges(graph, 0)
    const { formula, alphabet, builder } = normalForm(model, property.formula, true)
    const automaton = translate(formula, builder)
    const product = createProduct(graph, edges, automaton, createLetters(graph, edges, automaton, alphabet))
    const fairness = createFairness(model.fairness, graph.instanceCount)
    const places = edges.places.slice(0, graph.stateCount)

    const open = (): boolean =>
      edges.places.subarray(0, graph.stateCount).some((mark) => mark > 0 && mark <= graph.stateCount)
    for (const wanted of [1, 2, 3]) {
      const work = fairParts(product, fairness)
      for (let found = 0; found < wanted && work.next().done !== true; ) if (open()) found++
      expect(open()).toBe(true)
      work.return({ hasStop: false, isAny: false, isFair: () => false, nameOf: () => 0 })

      expect(edges.places.slice(0, graph.stateCount)).toEqual(places)
    }
    expect(edges.isRecorded).toBe(true)
    const work = fairParts({ ...product, edges: { ...edges, freeBytes: () => 0 } }, fairness)
    expect(() => finish(work)).toThrow('memory limit')
    expect(edges.places.slice(0, graph.stateCount)).toEqual(places)
  })
})
