/**
 * The reachable states as a graph small enough to look at, whole or projected to some variables: states that agree on these are one
 * node, and an edge is there when some state of one leads to some state of the other.
 */

import * as E from 'fp-ts/Either'
import { ModelError } from '../model/evaluate.ts'
import type { Model, Value } from '../model/ir.ts'
import { parametersText } from '../model/parameters.ts'
import { type Problem, problem } from '../model/problem.ts'
import { holdsIn, initialStates, isStuck, successors } from '../model/step.ts'
import type { State } from '../model/trace.ts'
import { canonicalJson, showValue } from '../model/values.ts'
import { isEnd, labelsOf } from '../model/ways.ts'
import { grouped } from './grouped.ts'
import { partNamed } from './projection.ts'

export interface GraphNode {
  /** A line for each variable that is shown. */
  readonly lines: readonly string[]
  readonly isInitial: boolean
  /** Some state of the node violates an invariant, or is stuck where it may not stop. */
  readonly isBad: boolean
}

export interface GraphEdge {
  readonly from: number
  readonly to: number
  /** Actions, each once. */
  readonly labels: readonly string[]
}

export interface StateGraph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

/** More nodes than this are a hairball; more states than this are not worth the wait for a picture. */
const mostNodes = 150
const mostStates = 20_000

/** `Left`: MC301 for an unknown variable or part, MC304 for a graph that is too large. `project` null: all variables. */
export function stateGraphOf(model: Model, project: readonly string[] | null): E.Either<Problem, StateGraph> {
  const names = project ?? model.variables.map(({ name }) => name)
  const parts = E.sequenceArray(names.map((name) => partNamed(model, name)))
  if (E.isLeft(parts)) return parts
  const found = new Map<string, { readonly state: State; readonly isInitial: boolean }>()
  for (const state of initialStates(model, mostStates + 1)) found.set(canonicalJson(state), { state, isInitial: true })
  const nodes = new Map<string, { readonly node: number; entry: GraphNode }>()
  const edges = new Map<string, { readonly from: number; readonly to: number; readonly labels: Set<string> }>()
  const nodeOf = (state: State, isInitial: boolean): number => {
    const values = parts.right.map((part) => part.of(state))
    const key = canonicalJson(values)
    const known = nodes.get(key)
    const isBad = isBadState(model, state)
    if (known !== undefined) {
      const { entry } = known
      known.entry = { ...entry, isInitial: entry.isInitial || isInitial, isBad: entry.isBad || isBad }
      return known.node
    }
    const lines = parts.right.map(({ name }, i) => lineOf(model, name, values[i] ?? false))
    nodes.set(key, { node: nodes.size, entry: { lines, isInitial, isBad } })
    return nodes.size - 1
  }
  // A Map goes on to entries that are added while it is walked: this is breadth-first search.
  for (const { state, isInitial } of found.values()) {
    const from = nodeOf(state, isInitial)
    for (const outcome of successors(model, state)) {
      if (!('state' in outcome)) continue
      const key = canonicalJson(outcome.state)
      if (!found.has(key)) found.set(key, { state: outcome.state, isInitial: false })
      const to = nodeOf(outcome.state, false)
      const edge = edges.get(`${from} ${to}`) ?? { from, to, labels: new Set() }
      edges.set(`${from} ${to}`, edge)
      edge.labels.add(labelOf(model, outcome.instance))
    }
    if (found.size > mostStates || nodes.size > mostNodes) return E.left(tooLarge(model, project, nodes.size))
  }
  return E.right({
    nodes: [...nodes.values()].map(({ entry }) => entry),
    edges: [...edges.values()].map(({ from, to, labels }) => ({ from, to, labels: [...labels] })),
  })
}

/** A program counter is told by the labels that may run next. */
function lineOf(model: Model, name: string, value: Value): string {
  const thread = model.threads.find(({ counter }) => counter === name)
  const location = thread?.locations.find((one) => one.value === value)
  if (thread === undefined || location === undefined) return `${name} ${showValue(value)}`
  const what = isEnd(location) ? 'ended' : labelsOf(location).join(' | ') || location.value
  return `${thread.name}: ${what}`
}

function labelOf(model: Model, index: number): string {
  const instance = model.instances[index]
  if (instance === undefined) return ''
  const who = instance.lane === null || instance.kind === 'action' ? '' : `${instance.lane}: `
  return `${who}${instance.label}${parametersText(instance)}`
}

function isBadState(model: Model, state: State): boolean {
  try {
    const isViolated = model.properties.some((one) => one.kind === 'invariant' && !holdsIn(model, one.predicate, state))
    return isViolated || (isStuck(model, state) && !holdsIn(model, model.terminal, state))
  } catch (error) {
    if (error instanceof ModelError) return true
    throw error
  }
}

function tooLarge(model: Model, project: readonly string[] | null, nodes: number): Problem {
  const isHairball = nodes > mostNodes
  const what = isHairball ? `more than ${mostNodes} nodes` : `more than ${grouped(mostStates)} states`
  const advice = isHairball
    ? `Project it to ${project === null ? 'a few variables' : 'fewer variables'} by --project, or make it smaller by --set.`
    : 'Make it smaller by --set; a counterexample is better shown by `modelcheck trace`.'
  return problem('MC304', `the graph of '${model.name}' has ${what}: a picture would help nobody`, advice)
}
