/**
 * Random claims about a graph: a formula over two sets of states and some instances, and fairness.
 */

import type { Ltl } from '../../src/model/ir.ts'
import { among, type Claim, except, type Graph, randomFairness } from './graph.ts'
import type { Random } from './random.ts'
import { randomFormula } from './random-formula.ts'

export function randomClaim(random: Random, graph: Graph, size: number): Claim {
  const states = Array.from({ length: graph.stateCount }, (_, i) => i)
  const instances = Array.from({ length: graph.instanceCount }, (_, i) => i)
  const taken: Ltl = { kind: 'taken', name: 'some', instances: random.some(instances, 0.6) }
  const [some, others] = [random.some(states, 0.4), random.some(states, 0.4)]
  const atoms: readonly [Ltl, ...Ltl[]] = [among(some), except(some), among(others), taken]
  return {
    formula: randomFormula(random, atoms, size),
    fairness: randomFairness(random, graph.instanceCount),
  }
}
