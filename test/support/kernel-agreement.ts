/**
 * Runs a kernel and the reference evaluator side by side, and says where they differ.
 */

import { isDeepStrictEqual } from 'node:util'
import { compile } from '../../checker/compile/compile.ts'
import { type CompiledModel, createKernel, type Kernel } from '../../checker/compile/compiled-model.ts'
import type { Layout } from '../../checker/compile/layout.ts'
import { takersOf } from '../../checker/compile/takers.ts'
import { ModelError } from '../../src/model/evaluate.ts'
import type { Expr, Instance, Model } from '../../src/model/ir.ts'
import { propositionsOf } from '../../src/model/ltl.ts'
import { heldAssumptions, holdsIn, isStuck, isWithin } from '../../src/model/step.ts'
import type { State } from '../../src/model/trace.ts'
import { type BruteForce, bruteForce, type Finding, type Node } from './brute-force.ts'
import { canonicalWords, digestOf } from './canonical.ts'

/** Cheaper than a matcher, and this is asked some hundred times a model. */
function same(given: unknown, wanted: unknown, what: string): void {
  if (isDeepStrictEqual(given, wanted)) return
  throw new Error(`${what}: ${JSON.stringify(given)} instead of ${JSON.stringify(wanted)}`)
}

interface Pair {
  readonly model: Model
  readonly layout: Layout
  readonly compiled: CompiledModel
  readonly kernel: Kernel
  readonly found: BruteForce
}

/** Compares everything a kernel offers on the states within reach. Returns the brute force, for what occurred. */
export function expectAgreement(model: Model, maxStates = 60): BruteForce {
  const { compiled, layout } = compile(
    model,
    model.properties.map((_, i) => i),
  )
  const found = bruteForce(model, { maxStates })
  const kernel = createKernel(compiled)
  const pair: Pair = { model, layout, compiled, kernel, found }
  for (const node of found.nodes.values()) {
    const words = layout.encode(node.state)
    same(
      Array.from(words, (word) => word >>> 0),
      canonicalWords(model, node.state),
      'packed words',
    )
    same(layout.decode(words, 0), node.state, 'decoded')
    if (node.outcomes !== null) expectExpansion(pair, node, words)
    expectJudgement(pair, node, words)
    kernel.digest(kernel.load(words, 0))
  }
  const digest = Array.from(kernel.lanes, (lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('')
  const states = [...found.nodes.values()].map((node) => node.state)
  same(digest, digestOf(model, states), 'digest')
  return found
}

function findingsAt({ found }: Pair, name: string, node: Node): readonly Finding[] {
  return (found.findings.get(name) ?? []).filter((finding) => finding.node === node)
}

function orFalse(compute: () => boolean): boolean {
  try {
    return compute()
  } catch (error) {
    if (error instanceof ModelError) return false
    throw error
  }
}

function truthIn({ model }: Pair, e: Expr, state: State): boolean {
  return orFalse(() => holdsIn(model, e, state))
}

function expectExpansion(pair: Pair, node: Node, words: Int32Array): void {
  const { model, layout, compiled, kernel } = pair
  const { tags, successors } = kernel
  const width = compiled.stateWords
  kernel.counters.fill(0)
  const base = kernel.load(words, 0)
  const count = kernel.expand(base, 0)
  same(count <= compiled.maxSuccessors, true, 'bounded successors')
  const taken = Array.from({ length: count }, (_, k) => ({
    instance: tags[k],
    state: layout.decode(successors, k * width),
  }))
  for (const i of model.instances.keys()) {
    const wanted = (node.outcomes ?? []).flatMap((one) => (one.instance === i && 'state' in one ? [one.state] : []))
    const given = taken.filter((one) => one.instance === i).map((one) => one.state)
    same(given, wanted, `successors by instance ${i}`)
  }
  expectExpansionCounters(pair, node)
  same(
    kernel.isWithin(base),
    orFalse(() => isWithin(model, node.state)),
    'within',
  )
  same(kernel.isDeadlock(base), findingsAt(pair, 'deadlock', node).length > 0, 'deadlock')
}

function expectExpansionCounters(pair: Pair, node: Node): void {
  const { model, compiled } = pair
  const { counters } = pair.kernel
  const layout = compiled.counters
  const slice = (from: number, length: number): readonly number[] => Array.from(counters.subarray(from, from + length))
  const generated = takersOf(model).all.map(({ action, thread }) => {
    const own = (one: Instance | undefined): boolean => one?.action === action && one.thread === thread
    return (node.outcomes ?? []).filter((one) => own(model.instances[one.instance])).length
  })
  same(slice(0, layout.takerCount), generated, 'generated')
  const held = findingsAt(pair, 'model error', node).length > 0 ? null : heldAssumptions(model, node.state)
  if (held !== null) same(slice(layout.heldByAssumption, model.assumptions.length), held, 'held')
  const failed = layout.checks.map((message) => findingsAt(pair, message, node).length)
  same(slice(layout.byCheck, failed.length), failed, 'failed checks')
  const terminal = orFalse(() => isStuck(model, node.state)) ? 1 : 0
  same(counters[layout.terminal], terminal, 'terminal')
  same(counters[layout.deadlock], findingsAt(pair, 'deadlock', node).length, 'deadlocks')
  const errors = findingsAt(pair, 'model error', node).filter((finding) => finding.isOnExpansion)
  same(counters[layout.modelError], errors.length, 'errors of steps')
  for (const [p, property] of model.properties.entries()) {
    if (property.kind !== 'step') continue
    same(counters[layout.byProperty + p], findingsAt(pair, property.name, node).length, property.name)
  }
}

function expectJudgement(pair: Pair, node: Node, words: Int32Array): void {
  const { model, compiled, kernel } = pair
  const { counters } = kernel
  const layout = compiled.counters
  counters.fill(0)
  const base = kernel.load(words, 0)
  kernel.judge(base)
  for (const [p, property] of model.properties.entries()) {
    if (property.kind !== 'invariant' && property.kind !== 'reachable') continue
    const count = findingsAt(pair, property.name, node).length
    same(counters[layout.byProperty + p], count, property.name)
    same(kernel.violates(base, p), count > 0, property.name)
  }
  const errors = findingsAt(pair, 'model error', node).filter((finding) => !finding.isOnExpansion)
  same(counters[layout.modelError], errors.length, 'errors of judging')
  for (const [n, e] of propositionsOf(model).entries())
    same(kernel.holds(base, n), truthIn(pair, e, node.state), `proposition ${n}`)
  const told = compiled.propositions.reduce((bits, n, i) => bits | (kernel.holds(base, n) ? 2 << i : 0), 0)
  same(kernel.letter(base), kernel.isWithin(base) ? told : 1, 'letter')
}
