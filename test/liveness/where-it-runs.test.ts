/**
 * A product is searched by a machine where all that takes lies in the memory of a near store, and by JavaScript elsewhere, with the same answers.
 */

import { describe, expect, it } from 'vitest'
import { transitionGraph } from '../../checker/explore/transition-graph.ts'
import { createEdges } from '../../checker/liveness/edges.ts'
import { fairParts } from '../../checker/liveness/fair-parts.ts'
import { createFairness, type Fairness } from '../../checker/liveness/fairness.ts'
import { normalForm } from '../../checker/liveness/formula.ts'
import { createLetters } from '../../checker/liveness/letters.ts'
import { createSearch } from '../../checker/liveness/node-search.ts'
import { createProduct, type Product } from '../../checker/liveness/product.ts'
import type { StateGraph } from '../../checker/liveness/state-graph.ts'
import { translate } from '../../checker/liveness/translate.ts'
import { filterLock } from '../../specs/filter-lock.ts'
import { finish } from '../../src/model/parts.ts'
import { buildModel } from '../support/build.ts'
import { search } from '../support/search.ts'

const lock = buildModel(filterLock, { processes: 3 })
const number = lock.properties.findIndex(({ kind }) => kind === 'liveness')
const property = lock.properties[number]
if (property?.kind !== 'liveness') throw new Error('no liveness')
const { formula, alphabet, builder } = normalForm(lock, property.formula, true)
const automaton = translate(formula, builder)

const graphOf = async (nearBytes: number): Promise<StateGraph> =>
  transitionGraph(await search(lock, { edgeBytes: 2 ** 26, memoryBytes: 2 ** 26, nearBytes }, [number]))

function productOf(graph: StateGraph): Product {
  const edges = createEdges(graph, 2 ** 24)
  return createProduct(graph, edges, automaton, createLetters(graph, edges, automaton, alphabet))
}

/** Under the lock's fairness, and under none. */
function fairnessesOf({ instanceCount }: StateGraph): readonly Fairness[] {
  return [createFairness(lock.fairness, instanceCount), createFairness([], instanceCount)]
}

const isMachine = (graph: StateGraph): boolean => {
  const [fairness] = fairnessesOf(graph)
  const product = productOf(graph)
  const found = fairness === undefined ? null : createSearch(product, fairness)
  const arrays = [product.edges.pool, product.edges.places, found?.marks, found?.stack]
  return arrays.every((array) => array?.buffer === graph.workspace?.memory.buffer)
}

function answersOf(graph: StateGraph): unknown {
  return fairnessesOf(graph).map((fairness) => {
    const { hasStop, isAny, isFair } = finish(fairParts(productOf(graph), fairness))
    return { hasStop, isAny, fair: Array.from({ length: graph.stateCount }, (_, node) => isFair(node)) }
  })
}

describe('the search of a product', () => {
  it('is a machine where states are near', async () => {
    const near = await graphOf(Number.POSITIVE_INFINITY)

    expect(near.recorded).not.toBeNull()
    expect(isMachine(near)).toBe(true)
  })

  it('is one too where transitions are regenerated there', async () => {
    const near = await graphOf(Number.POSITIVE_INFINITY)
    const regenerated = { ...near, recorded: null }

    expect(isMachine(regenerated)).toBe(true)
    expect(answersOf(regenerated)).toEqual(answersOf(near))
  })

  it.each([
    ['where states are far', async () => graphOf(0)],
    [
      'where there is no room for it',
      async () => {
        const near = await graphOf(Number.POSITIVE_INFINITY)
        return { ...near, workspace: near.workspace === null ? null : { ...near.workspace, bytes: 2 ** 12 } }
      },
    ],
  ])('is JavaScript %s', async (_, graph) => {
    const other = await graph()

    expect(isMachine(other)).toBe(false)
    expect(answersOf(other)).toEqual(answersOf(await graphOf(Number.POSITIVE_INFINITY)))
  })
})
