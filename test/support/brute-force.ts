/**
 * The whole search once more, over the reference evaluator alone: level by level, states as text in a map. Slow and
 * obvious; it shares no module with `checker/` and decides what the checker has to say.
 */

import { environmentOf, evaluate, ModelError } from '../../src/model/evaluate.ts'
import type { Expr, Model } from '../../src/model/ir.ts'
import { predicatesOf } from '../../src/model/ltl.ts'
import { heldAssumptions, holdsIn, initialStates, isWithin, type Outcome, successors } from '../../src/model/step.ts'
import type { State } from '../../src/model/trace.ts'
import { canonicalJson } from '../../src/model/values.ts'

/** A state with its level (the initial states are level 1) and, once it was expanded, its outcomes. */
export interface Node {
  readonly key: string
  readonly state: State
  readonly level: number
  outcomes: readonly Outcome[] | null
}

/** Something that was found, in a state or in a transition from one. */
export interface Finding {
  readonly node: Node
  /** Null: the state itself shows it. */
  readonly outcome: Outcome | null
  /** True for what is met when the state is expanded and not when it is judged. */
  readonly isOnExpansion: boolean
}

export interface BruteForce {
  readonly nodes: ReadonlyMap<string, Node>
  readonly complete: boolean
  readonly generated: number
  readonly initial: number
  readonly depth: number
  readonly terminal: number
  readonly held: readonly number[]
  /** By action: successors generated, and states that it is the first action to reach. */
  readonly actions: readonly { readonly generated: number; readonly distinct: number }[]
  /** By name of the property; `deadlock`, `model error` and the messages of checks are names too. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>
  readonly histograms: ReadonlyMap<string, ReadonlyMap<number, number>>
}

interface Ledger {
  readonly model: Model
  readonly findings: Map<string, Finding[]>
  readonly histograms: Map<string, Map<number, number>>
}

/** Expands levels until none is left, or until a level closes with at least `maxStates` states or `maxDepth` levels. */
export function bruteForce(
  model: Model,
  { maxStates = 1e9, maxDepth = 1e9 }: { readonly maxStates?: number; readonly maxDepth?: number } = {},
): BruteForce {
  const ledger: Ledger = { model, findings: new Map(), histograms: new Map() }
  const nodes = new Map<string, Node>()
  const actions = model.actions.map(() => ({ generated: 0, distinct: 0 }))
  const held = model.assumptions.map(() => 0)
  let terminal = 0
  let frontier = initialStates(model).map((state) => enter(nodes, ledger, state, 1))
  const initial = frontier.length
  let depth = frontier.length > 0 ? 1 : 0
  while (frontier.length > 0 && nodes.size < maxStates && depth < maxDepth) {
    const credit = new Map<string, number>()
    const found: Node[] = []
    for (const node of frontier) {
      if (expand(ledger, node)) terminal++
      for (const [i, count] of heldAssumptions(model, node.state).entries()) held[i] = (held[i] ?? 0) + count
      for (const outcome of node.outcomes ?? []) {
        const action = model.instances[outcome.instance]?.action ?? -1
        const counts = actions[action]
        if (counts !== undefined) counts.generated++
        if ('error' in outcome) continue
        const key = canonicalJson(outcome.state)
        const known = nodes.get(key)
        if (known === undefined) found.push(enter(nodes, ledger, outcome.state, node.level + 1))
        if (known === undefined || known.level === node.level + 1)
          credit.set(key, Math.min(credit.get(key) ?? action, action))
      }
    }
    for (const action of credit.values()) {
      const counts = actions[action]
      if (counts !== undefined) counts.distinct++
    }
    frontier = found
    if (found.length > 0) depth++
  }
  const generated = initial + actions.reduce((sum, one) => sum + one.generated, 0)
  return { nodes, complete: frontier.length === 0, generated, initial, depth, terminal, held, actions, ...ledger }
}

function note({ findings }: Ledger, name: string, finding: Finding): void {
  findings.set(name, [...(findings.get(name) ?? []), finding])
}

/** The value, or null after a model error, which is noted. */
function attempt<T>(ledger: Ledger, node: Node, isOnExpansion: boolean, compute: () => T): T | null {
  try {
    return compute()
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    note(ledger, 'model error', { node, outcome: null, isOnExpansion })
    return null
  }
}

function enter(nodes: Map<string, Node>, ledger: Ledger, state: State, level: number): Node {
  const { model, histograms } = ledger
  const node: Node = { key: canonicalJson(state), state, level, outcomes: null }
  nodes.set(node.key, node)
  const valueIn = (e: Expr): unknown => evaluate(e, environmentOf(model, state))
  for (const property of model.properties) {
    const { name } = property
    attempt(ledger, node, false, () => {
      const isFound =
        (property.kind === 'invariant' && valueIn(property.predicate) === false) ||
        (property.kind === 'reachable' && valueIn(property.predicate) === true)
      if (isFound) note(ledger, name, { node, outcome: null, isOnExpansion: false })
      if (property.kind === 'liveness') for (const e of predicatesOf(property.formula)) valueIn(e)
      if (property.kind !== 'measure') return
      if (property.where !== undefined && valueIn(property.where) !== true) return
      const value = Number(valueIn(property.e))
      const histogram = histograms.get(name) ?? new Map<number, number>()
      histograms.set(name, histogram.set(value, (histogram.get(value) ?? 0) + 1))
      note(ledger, `${name} = ${value}`, { node, outcome: null, isOnExpansion: false })
    })
  }
  return node
}

/** Judges a state's transitions; true if it is terminal: inside all limits, and nothing is enabled. */
function expand(ledger: Ledger, node: Node): boolean {
  const { model } = ledger
  const { state } = node
  const outcomes = attempt(ledger, node, true, () => (isWithin(model, state) ? successors(model, state) : null))
  node.outcomes = outcomes ?? []
  for (const outcome of node.outcomes) {
    if ('error' in outcome) {
      note(ledger, 'model error', { node, outcome, isOnExpansion: true })
      continue
    }
    for (const message of new Set(outcome.failedChecks.map((failed) => failed.message)))
      note(ledger, message, { node, outcome, isOnExpansion: true })
    for (const property of model.properties) {
      if (property.kind !== 'step') continue
      const holds = stepHolds(model, property.relation, node, outcome.state)
      if (holds !== true)
        note(ledger, holds === null ? 'model error' : property.name, { node, outcome, isOnExpansion: true })
    }
  }
  if (outcomes === null || outcomes.length > 0) return false
  attempt(ledger, node, true, () => {
    if (!holdsIn(model, model.terminal, state)) note(ledger, 'deadlock', { node, outcome: null, isOnExpansion: true })
  })
  return true
}

/** Null: the relation raises a model error. */
function stepHolds(model: Model, relation: Expr, { state }: Node, next: State): boolean | null {
  try {
    return holdsIn(model, relation, state, next)
  } catch (error) {
    if (error instanceof ModelError) return null
    throw error
  }
}
