/**
 * The run that a trace has to be, found by brute force: shortest; then fewest changes of lane; then least in the order
 * of (initial state, first instance, state after it, second instance, …), states being ordered by their content.
 */

import type { Model } from '../../src/model/ir.ts'
import type { State } from '../../src/model/trace.ts'
import { canonicalJson } from '../../src/model/values.ts'
import type { BruteForce, Finding, Node } from './brute-force.ts'
import { canonicalWords, compareWords } from './canonical.ts'

export interface BestRun {
  readonly instances: readonly number[]
  /** One more than the instances; the last is null when the last step raised an error. */
  readonly states: readonly (State | null)[]
  readonly switches: number
}

interface Move {
  readonly instance: number
  readonly lane: string | null
  readonly node: Node
}

interface Ending {
  readonly instance: number
  readonly lane: string | null
  readonly state: State | null
}

interface Chase {
  readonly model: Model
  readonly nodes: ReadonlyMap<string, Node>
  /** For a node that can end the run: null if it is the end itself, else its last steps. */
  readonly ends: ReadonlyMap<string, readonly Ending[] | null>
  readonly endLevel: number
  /** Least switches still to come, by node and lane of the step before. */
  readonly costs: Map<string, number>
  readonly moves: Map<string, readonly Move[]>
}

/**
 * Null when nothing was found. `isError` for model errors: those of steps and of judged states compete, the step into
 * such a state being the last; errors that only expansion meets come after them.
 */
export function bestRun(
  model: Model,
  found: BruteForce,
  findings: readonly Finding[],
  isError: boolean,
): BestRun | null {
  const length = Math.min(...findings.map(lengthOf))
  if (length === Number.POSITIVE_INFINITY) return null
  const shortest = findings.filter((finding) => lengthOf(finding) === length)
  const judged = shortest.filter((finding) => finding.outcome !== null || !finding.isOnExpansion)
  const met = isError && judged.length > 0 ? judged : shortest
  const isAtStep = length > 0 && (isError ? judged.length > 0 : met.some((finding) => finding.outcome !== null))
  return walk({
    model,
    nodes: found.nodes,
    ends: isAtStep
      ? endingsOf(model, found, met)
      : new Map(met.map((finding): readonly [string, null] => [finding.node.key, null])),
    endLevel: isAtStep ? length : length + 1,
    costs: new Map(),
    moves: new Map(),
  })
}

/** Last steps by the node they start from, in the order of its outcomes. */
function endingsOf(
  model: Model,
  found: BruteForce,
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Ending[]> {
  const steps = new Set(findings.map((finding) => finding.outcome))
  const states = new Set(findings.flatMap((finding) => (finding.outcome === null ? [finding.node.key] : [])))
  const length = Math.min(...findings.map(lengthOf))
  const ends = new Map<string, readonly Ending[]>()
  for (const node of found.nodes.values()) {
    if (node.level !== length) continue
    const last = (node.outcomes ?? []).flatMap((outcome): readonly Ending[] => {
      const state = 'state' in outcome ? outcome.state : null
      if (!steps.has(outcome) && (state === null || !states.has(canonicalJson(state)))) return []
      const lane = model.instances[outcome.instance]?.lane ?? null
      return [{ instance: outcome.instance, lane, state }]
    })
    if (last.length > 0) ends.set(node.key, last)
  }
  return ends
}

function lengthOf({ node, outcome }: Finding): number {
  return outcome === null ? node.level - 1 : node.level
}

function walk(chase: Chase): BestRun {
  const starts = [...chase.nodes.values()].filter((node) => node.level === 1).sort(byContent(chase.model))
  const switches = Math.min(...starts.map((node) => costOf(chase, node, undefined)))
  let node = starts.find((start) => costOf(chase, start, undefined) === switches)
  if (node === undefined) throw new Error('bestRun: there is no initial state')
  const states: (State | null)[] = [node.state]
  const instances: number[] = []
  let lane: string | null | undefined
  let left = switches
  while (node.level < chase.endLevel) {
    const step: Move | undefined = movesOf(chase, node).find(
      (move) => changes(lane, move.lane) + costOf(chase, move.node, move.lane) === left,
    )
    if (step === undefined) throw new Error('bestRun: the optimum is lost')
    left -= changes(lane, step.lane)
    node = step.node
    lane = step.lane
    states.push(node.state)
    instances.push(step.instance)
  }
  const end = (chase.ends.get(node.key) ?? []).find((one) => changes(lane, one.lane) === left)
  if (end !== undefined) {
    instances.push(end.instance)
    states.push(end.state)
  }
  return { instances, states, switches }
}

function changes(before: string | null | undefined, lane: string | null): number {
  return before === undefined || before === lane ? 0 : 1
}

/** Least number of changes from here to an end, the step before being of this lane. */
function costOf(chase: Chase, node: Node, lane: string | null | undefined): number {
  const key = `${String(lane)} ${node.key}`
  const known = chase.costs.get(key)
  if (known !== undefined) return known
  const cost = leastCost(chase, node, lane)
  chase.costs.set(key, cost)
  return cost
}

function leastCost(chase: Chase, node: Node, lane: string | null | undefined): number {
  if (node.level > chase.endLevel) return Number.POSITIVE_INFINITY
  if (node.level === chase.endLevel) {
    const ends = chase.ends.get(node.key)
    if (ends === undefined) return Number.POSITIVE_INFINITY
    return ends === null ? 0 : Math.min(...ends.map((end) => changes(lane, end.lane)))
  }
  return Math.min(
    ...movesOf(chase, node).map((move) => changes(lane, move.lane) + costOf(chase, move.node, move.lane)),
    Number.POSITIVE_INFINITY,
  )
}

/** Steps into the next level, by instance and then by content. */
function movesOf(chase: Chase, node: Node): readonly Move[] {
  const known = chase.moves.get(node.key)
  if (known !== undefined) return known
  const { model, nodes } = chase
  const moves = (node.outcomes ?? []).flatMap((outcome): readonly Move[] => {
    if ('error' in outcome) return []
    const target = nodes.get(canonicalJson(outcome.state))
    if (target === undefined || target.level !== node.level + 1) return []
    return [{ instance: outcome.instance, lane: model.instances[outcome.instance]?.lane ?? null, node: target }]
  })
  const content = byContent(model)
  const sorted = [...moves].sort((l, r) => l.instance - r.instance || content(l.node, r.node))
  chase.moves.set(node.key, sorted)
  return sorted
}

function byContent(model: Model): (left: Node, right: Node) => number {
  return (left, right) => compareWords(canonicalWords(model, left.state), canonicalWords(model, right.state))
}
