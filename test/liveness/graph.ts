/**
 * Explicit graphs for tests: a state is a number, a transition says where from, where to, and by which instance. A graph
 * becomes a model (one variable, one action for each instance) or the graph that liveness works on, directly.
 */

import { mostPropositions, type StateGraph } from '../../checker/liveness/state-graph.ts'
import type { Expr, FairnessGroup, Instance, Ltl, Model, Property } from '../../src/model/ir.ts'
import { propositionsOf } from '../../src/model/ltl.ts'
import type { Random } from './random.ts'

export interface Move {
  readonly from: number
  readonly to: number
  readonly instance: number
}

export interface Graph {
  readonly stateCount: number
  readonly instanceCount: number
  readonly initial: readonly number[]
  readonly moves: readonly Move[]
  /** States that a `within` assumption leaves out. */
  readonly outside: readonly number[]
}

/** What is claimed of a graph, and under which fairness. */
export interface Claim {
  readonly formula: Ltl
  readonly fairness: readonly FairnessGroup[]
}

const source = { file: 'graph.ts', line: 1 }
const domain = { kind: 'range', min: 0, max: 15 } as const
const x = { kind: 'variable', name: 'x' } as const
const literal = (value: number): Expr => ({ kind: 'literal', domain, value })
const isAt = (value: number): Expr => ({ kind: 'equal', left: x, right: literal(value) })
/** The predicate that holds in exactly these states. */
export const among = (states: readonly number[]): Ltl => ({
  kind: 'predicate',
  e: { kind: 'or', es: states.map(isAt) },
})

/** The predicate that holds in all others. */
export const except = (states: readonly number[]): Ltl => ({
  kind: 'predicate',
  e: { kind: 'not', e: { kind: 'or', es: states.map(isAt) } },
})

/** One liveness property for each claim: the fairness of the model, then its own. */
export function modelOf(graph: Graph, claims: readonly Claim[], shared: readonly FairnessGroup[] = []): Model {
  const go = (value: number) => [{ kind: 'assign', place: x, e: literal(value), source }] as const
  const instances = Array.from({ length: graph.instanceCount }, (_, action): Instance => {
    const own = graph.moves.filter((move) => move.instance === action)
    const alternatives = own.map(({ from, to }) => ({ value: to, given: isAt(from), then: go(to) }))
    return {
      action,
      binding: {},
      lane: `lane${action % 2}`,
      kind: 'action',
      thread: null,
      path: [],
      label: `a${action}`,
      guard: [],
      effect: [{ kind: 'choose', name: 'to', alternatives, source }],
      source,
    }
  })
  const choices = graph.initial.map((value) => ({ value, given: null, then: go(value) }))
  const outside: Expr = { kind: 'or', es: graph.outside.map(isAt) }
  return {
    name: 'graph',
    constants: {},
    variables: [{ name: 'x', domain, initial: 0, role: 'data', source }],
    initially: [{ kind: 'choose', name: 'x', alternatives: choices, source }],
    actions: instances.map(({ label }) => ({ name: label, source })),
    instances,
    threads: [],
    assumptions:
      graph.outside.length === 0
        ? []
        : [{ kind: 'within', name: 'inside', predicate: { kind: 'not', e: outside }, source }],
    fairness: shared,
    terminal: { kind: 'literal', domain: { kind: 'boolean' }, value: true },
    properties: claims.map(
      ({ formula, fairness }, i): Property => ({
        kind: 'liveness',
        name: `claim ${i}`,
        formula,
        assuming: fairness,
        source,
      }),
    ),
    expectedViolations: [],
    interchangeable: [],
    strips: [],
    source,
  }
}

/** Does the predicate hold in the state? Only predicates made by `among` and `except`, and literals. */
export function isTrueIn(e: Expr, state: number): boolean {
  switch (e.kind) {
    case 'literal':
      return e.value === true
    case 'or':
      return e.es.some((part) => isTrueIn(part, state))
    case 'not':
      return !isTrueIn(e.e, state)
    case 'equal':
      return e.right.kind === 'literal' && e.right.value === state
    default:
      throw new Error(`graph: no predicate of states: ${e.kind}`)
  }
}

interface ExplicitStateGraph {
  readonly graph: StateGraph
  /** The state of each index. */
  readonly states: readonly number[]
  /** The propositions of the model, each once. */
  readonly predicates: readonly Expr[]
}

/** The reachable part in breadth-first order, as the search would hand it over. */
export function stateGraphOf(graph: Graph, model: Model): ExplicitStateGraph {
  const states = [...new Set(graph.initial)].sort((a, b) => a - b)
  const levels = [0, states.length]
  const leaving = Array.from({ length: graph.stateCount }, (_, state) =>
    graph.outside.includes(state)
      ? []
      : graph.moves.filter((move) => move.from === state).sort((a, b) => a.instance - b.instance || a.to - b.to),
  )
  for (let level = 0; (levels[level] ?? 0) < states.length; level++) {
    for (const state of states.slice(levels[level])) {
      for (const { to } of leaving[state] ?? []) if (!states.includes(to)) states.push(to)
    }
    if (states.length > (levels.at(-1) ?? 0)) levels.push(states.length)
  }
  const predicates = propositionsOf(model)
  const maxSuccessors = Math.max(1, ...leaving.map((moves) => moves.length))
  const propositions = predicates.map((_, i) => i).slice(0, mostPropositions(maxSuccessors))
  const [listed, counted, told] = [new Int32Array(512), new Int32Array(512), new Int32Array(512)]
  const [indexOf, tags] = [new Int32Array(512 * maxSuccessors), new Int32Array(512 * maxSuccessors)]
  const read = (index: number, asked: readonly number[]): number => {
    const state = states[index] ?? 0
    if (graph.outside.includes(state)) return -1
    return asked.reduce((bits, p, i) => bits | (isTrueIn(predicates[p] ?? x, state) ? 1 << i : 0), 0)
  }
  const tellOf = (index: number): number => {
    const bits = read(index, propositions)
    return bits < 0 ? 1 : bits << 1
  }
  return {
    states,
    predicates,
    graph: {
      stateCount: states.length,
      levels,
      instanceCount: graph.instanceCount,
      recorded: null,
      spare: [],
      workspace: null,
      maxSuccessors,
      source: {
        ...{ listed, counted, told, indexOf, tags, propositions },
        // Three at most, so that there are several batches.
        transitionsOf: (count) => {
          const done = Math.min(3, count)
          let written = 0
          for (const [i, index] of listed.subarray(0, done).entries()) {
            const moves = leaving[states[index] ?? 0] ?? []
            counted[i] = moves.length
            told[i] = tellOf(index)
            for (const { to, instance } of moves) {
              indexOf[written] = states.indexOf(to)
              tags[written++] = instance
            }
          }
          return done
        },
        tell: (first, count) => {
          for (let i = 0; i < count; i++) told[i] = tellOf(first + i)
        },
      },
      read,
      compare: (left, right) => (states[left] ?? 0) - (states[right] ?? 0),
    },
  }
}

export function randomGraph(random: Random): Graph {
  const stateCount = 2 + random.below(6)
  const instanceCount = 1 + random.below(4)
  const states = Array.from({ length: stateCount }, (_, i) => i)
  const density = random.pick([0.8, 1.2, 1.8, 2.5])
  const moves = Array.from({ length: Math.ceil(stateCount * density) }, () => ({
    from: random.below(stateCount),
    to: random.below(stateCount),
    instance: random.below(instanceCount),
  }))
  const distinct = new Map(moves.map((move) => [`${move.from} ${move.to} ${move.instance}`, move]))
  const more = random.isTrue(0.2) ? random.some(states, 0.3) : []
  return {
    stateCount,
    instanceCount,
    initial: [...new Set([0, ...more])],
    moves: [...distinct.values()],
    outside: random.isTrue(0.1) ? random.some(states, 0.2) : [],
  }
}

/** Conditions over random sets of instances, overlapping as they may. */
export function randomFairness(random: Random, instanceCount: number): readonly FairnessGroup[] {
  const instances = Array.from({ length: instanceCount }, (_, i) => i)
  return Array.from({ length: random.below(4) }, (_, g): FairnessGroup => {
    const some = random.some(instances, 0.5)
    return {
      name: `group ${g}`,
      strength: random.isTrue(0.5) ? 'weak' : 'strong',
      instances: some.length > 0 ? some : [random.below(instanceCount)],
    }
  })
}
