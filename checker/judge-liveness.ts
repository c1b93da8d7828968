/**
 * Liveness properties, judged on the complete graph: verdict, certified lasso, the reason, and what is vacuous.
 */

import type { FairnessGroup, Model, Property } from '../src/model/ir.ts'
import { printExpr } from '../src/model/print.ts'
import type { Trace } from '../src/model/trace.ts'
import type { Exploration } from './explore/exploration.ts'
import { transitionGraph } from './explore/transition-graph.ts'
import { createEdges } from './liveness/edges.ts'
import { explainRepeated, missingFairness, repeatedPart } from './liveness/explain.ts'
import { maxPropositions, normalForm } from './liveness/formula.ts'
import { idleGroups } from './liveness/idle-groups.ts'
import { unreachablePremises } from './liveness/premises.ts'
import { type Lasso, type Question, solve } from './liveness/solve.ts'
import { translate } from './liveness/translate.ts'
import type { Parts } from './parts.ts'
import type { PropertyResult } from './result.ts'
import { laneNumbers, type Run, rebuild, wordsOf } from './trace/rebuild.ts'
import { tell } from './trace/tell.ts'
import { isConclusive, type JudgeInput, result, type Shown, unshown } from './verdict.ts'

type Liveness = Extract<Property, { kind: 'liveness' }>

/** What all liveness properties of a model share: made when the first one asks. */
export type Ground = Pick<Question, 'graph' | 'edges' | 'lanes'>

export function createGround(model: Model, exploration: Exploration, edgeBytes: number): Ground {
  const graph = transitionGraph(exploration)
  return { graph, edges: createEdges(graph, edgeBytes), lanes: laneNumbers(model) }
}

/** Beyond this many states a suggested fairness is not tried out. */
const suggestionLimit = 300_000

export async function judgeLiveness(input: JudgeInput, property: Liveness): Promise<PropertyResult> {
  const { pace } = input
  const { name } = property
  const open = result(input, { name, kind: 'liveness', verdict: 'inconclusive' })
  if (!isConclusive(input)) return open
  pace.begin('liveness', name)
  const found = await pace.through(decide(input, property), () => null)
  if (found === null) return open
  const { claim, lasso, ...decided } = found
  if (lasso === null) return result(input, { name, kind: 'liveness', verdict: 'holds', ...decided })
  pace.begin('trace', name)
  const shown = await pace.through(show(input, claim, lasso), unshown)
  return result(input, { name, kind: 'liveness', verdict: 'violated', ...decided, ...shown })
}

/** A property, ready to be decided, under other fairness too. */
interface Claim {
  readonly property: Liveness
  readonly ground: Ground
  readonly groups: readonly FairnessGroup[]
  readonly isRefutedUnder: (fairness: readonly FairnessGroup[]) => Parts<Lasso | null>
}

function claimOf({ model, ground: groundOf }: JudgeInput, property: Liveness): Claim {
  const ground = groundOf()
  const { formula, alphabet, builder } = normalForm(model, property.formula, true)
  if (alphabet.predicates.length + alphabet.taken.length > maxPropositions)
    throw new Error(`${property.name}: more than ${maxPropositions} propositions`)
  const automaton = translate(formula, builder)
  return {
    property,
    ground,
    groups: [...model.fairness, ...property.assuming],
    isRefutedUnder: (groups) => solve({ ...ground, automaton, alphabet, groups }),
  }
}

interface Decided extends Pick<PropertyResult, 'warnings' | 'reason'> {
  readonly claim: Claim
  readonly lasso: Lasso | null
}

function* decide(input: JudgeInput, property: Liveness): Parts<Decided> {
  const claim = claimOf(input, property)
  const warnings = yield* vacuityOf(input.model, claim)
  const lasso = yield* claim.isRefutedUnder(claim.groups)
  const reason = lasso === null && input.explainsFairness ? [yield* superfluous(claim)] : []
  return { claim, lasso, warnings, reason }
}

function* show(input: JudgeInput, claim: Claim, lasso: Lasso): Parts<Shown> {
  const { model } = input
  const trace = yield* traceOf(input, claim.property, lasso)
  const part = repeatedPart(model, trace)
  const suggested = yield* suggestion(model, missingFairness(model, part), claim)
  return { trace, reason: [...explainRepeated(model, claim.groups, part), ...suggested] }
}

/** What makes the verdict say less than it seems to. */
function* vacuityOf(model: Model, { property, ground, groups }: Claim): Parts<readonly string[]> {
  const premises = yield* unreachablePremises(model, property.formula, ground.graph)
  const idle = yield* idleGroups(ground.graph, ground.edges, groups)
  return [
    ...premises.map((e) => `the premise \`${printExpr(e)}\` holds in no reachable state`),
    ...idle.map(({ strength, name }) => `the ${strength} fairness of ${name} asks for nothing: it is never enabled`),
  ]
}

function* traceOf(input: JudgeInput, property: Liveness, lasso: Lasso): Parts<Trace> {
  const { exploration } = input
  const level = exploration.levels.findIndex((end) => lasso.origin < end)
  const prefix = yield* rebuild(input, { level, ends: new Map([[lasso.origin, null]]), blame: () => [] })
  const run = told(
    {
      states: [...prefix.states, ...lasso.steps.map((step) => wordsOf(exploration, step.state))],
      instances: [...prefix.instances, ...lasso.steps.map((step) => step.instance)],
    },
    lasso.loopLength,
  )
  const shown = { kind: 'property', property, value: null } as const
  return yield* tell(input, run, shown, run.states.length - 1 - lasso.loopLength)
}

/** The same run without telling a step twice: where stem and loop end in the same step, the loop begins before it. */
function told({ states, instances }: Run, loopLength: number): Run {
  const isSame = (i: number, j: number): boolean => states[i]?.every((word, w) => word === states[j]?.[w]) ?? false
  let end = instances.length
  for (; loopLength > 0 && end > loopLength; end--) {
    const stem = end - loopLength
    if (instances[stem - 1] !== instances[end - 1] || !isSame(stem - 1, end - 1)) break
  }
  return { states: states.slice(0, end + 1), instances: instances.slice(0, end) }
}

/** Names the fairness that was declared and not needed, all of it together. */
function* superfluous({ groups, isRefutedUnder }: Claim): Parts<string> {
  let needed = groups
  for (const group of groups) {
    const rest = needed.filter((one) => one !== group)
    if ((yield* isRefutedUnder(rest)) === null) needed = rest
  }
  const spare = groups.filter((group) => !needed.includes(group))
  if (groups.length === 0) return 'holds without any fairness'
  if (spare.length === 0) return 'every declared fairness is needed'
  return `holds without the ${spare.map((group) => `${group.strength} fairness of ${group.name}`).join(', ')}`
}

/** Which added fairness rules the run out, and whether the property then holds: tried out unless it is too large. */
function* suggestion(
  model: Model,
  missing: readonly FairnessGroup[],
  { ground, groups, isRefutedUnder }: Claim,
): Parts<readonly string[]> {
  const [first] = missing
  if (first === undefined) return []
  const named = (group: FairnessGroup): string => `${group.strength} fairness of ${group.name}`
  if (ground.graph.stateCount > suggestionLimit)
    return [`${named(first)} would rule this run out (not tried whether the property then holds)`]
  const holdsWith = function* (added: readonly FairnessGroup[]): Parts<boolean> {
    return (yield* isRefutedUnder([...groups, ...added])) === null
  }
  for (const group of missing.slice(0, 4)) {
    if (yield* holdsWith([group])) return [`${named(group)} would rule this run out, and the property would hold`]
  }
  const rulesOut = `${named(first)} would rule this run out, but not every one that violates the property`
  for (const strength of ['weak', 'strong'] as const) {
    const all = model.threads.map(({ name }, thread): FairnessGroup => {
      const instances = model.instances.flatMap((one, i) => (one.kind === 'step' && one.thread === thread ? [i] : []))
      return { name, strength, instances }
    })
    if (all.length > 0 && (yield* holdsWith(all)))
      return [rulesOut, `${strength} fairness of every thread would make it hold`]
  }
  return [rulesOut]
}
