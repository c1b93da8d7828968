/**
 * Random graphs, formulas and fairness: the checker agrees with the reference decision procedure.
 */

import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { createEdges } from '../../checker/liveness/edges.ts'
import { normalForm } from '../../checker/liveness/formula.ts'
import { solve } from '../../checker/liveness/solve.ts'
import { translate } from '../../checker/liveness/translate.ts'
import type { PropertyResult } from '../../checker/result.ts'
import { finish } from '../../src/model/parts.ts'
import { littleMemory } from '../support/build.ts'
import { withCrew } from '../support/crew.ts'
import { spread } from '../support/spread.ts'
import { type Claim, type Graph, modelOf, randomFairness, randomGraph, stateGraphOf } from './graph.ts'
import { createRandom, seedOfRun } from './random.ts'
import { randomClaim } from './random-claim.ts'
import { holdsOnFairBehaviours } from './reference.ts'

/** The checker's verdict on a graph, without a search; with so many bits for an instance, and the others for how far a target lies. */
function isRefuted(graph: Graph, { formula, fairness }: Claim, bits: number): boolean {
  const model = modelOf(graph, [{ formula, fairness }])
  const stateGraph = stateGraphOf(graph, model).graph
  const normal = normalForm(model, formula, true)
  const automaton = translate(normal.formula, normal.builder)
  const lasso = finish(
    solve({
      graph: stateGraph,
      edges: createEdges(stateGraph, 2 ** 16, bits),
      lanes: new Int32Array(graph.instanceCount),
      automaton,
      alphabet: normal.alphabet,
      groups: fairness,
    }),
  )
  return lasso !== null
}

/** Spread variables break ties otherwise. */
const outcomeOf = ({ name, verdict, trace }: PropertyResult) => ({ name, verdict, steps: trace?.steps.length })

const show = (seed: number, graph: Graph, claim: Claim): string => `SEED=${seed}\n${JSON.stringify({ graph, claim })}`

describe(`on random graphs (SEED=${seedOfRun})`, () => {
  it('decides random formulas under random fairness as the reference does', () => {
    let held = 0
    const cases = 1500
    for (let seed = seedOfRun; seed < seedOfRun + cases; seed++) {
      const random = createRandom(seed)
      const graph = randomGraph(random)
      const claim = randomClaim(random, graph, 1 + random.below(5))

      const holds = !isRefuted(graph, claim, seed % 2 === 0 ? 2 : 30)

      expect(holds, show(seed, graph, claim)).toBe(holdsOnFairBehaviours(graph, claim.formula, claim.fairness))
      if (holds) held++
    }
    console.log(`liveness: ${cases} random cases, ${held} hold, SEED=${seedOfRun}`)
    expect(held).toBeGreaterThan(cases / 5)
    expect(held).toBeLessThan((cases * 4) / 5)
  })

  it('says the same of the whole model, with a certified lasso, for any workers and any store of transitions', async () => {
    const models = 48
    for (let seed = seedOfRun; seed < seedOfRun + models; seed++) {
      const random = createRandom(seed)
      const graph = randomGraph(random)
      const claims = Array.from({ length: 6 }, () => randomClaim(random, graph, 1 + random.below(4)))
      const shared = random.isTrue(0.3) ? randomFairness(random, graph.instanceCount).slice(0, 1) : []
      const model = modelOf(graph, claims, shared)

      const stored = await checkModel(model, { workers: 1, ...littleMemory }, { hasFarEdges: seed % 2 === 0 })
      const recomputed = await checkModel(model, { workers: 1, ...littleMemory }, { edgeBytes: 0, nearBytes: 1 })

      for (const [i, { formula, fairness }] of claims.entries()) {
        const expected = holdsOnFairBehaviours(graph, formula, [...shared, ...fairness])
        const property = stored.properties[i]
        expect(property?.verdict, show(seed, graph, { formula, fairness })).toBe(expected ? 'holds' : 'violated')
        expect(property?.trace?.loop !== undefined).toBe(!expected)
      }
      expect(recomputed.properties).toEqual(stored.properties)
      if (seed % 12 === 0) {
        const crowded = { threadThreshold: 0, jitterMicroseconds: 20 }
        const threaded = await withCrew(1, (threads) => checkModel(model, { ...littleMemory, threads }, crowded))
        expect(threaded.properties).toEqual(stored.properties)
        const knobs = { edgeBytes: seed % 24 === 0 ? 0 : 2 ** 24, foldBytes: 0, nearBytes: seed % 36 === 0 ? 0 : 1 }
        const folded = await checkModel(spread(model), { workers: 1, ...littleMemory }, knobs)
        expect(folded.properties.map(outcomeOf)).toEqual(stored.properties.map(outcomeOf))
      }
    }
  })
})
