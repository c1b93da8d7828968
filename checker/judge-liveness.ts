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
import type { StateGraph } from './liveness/state-graph.ts'
import { translate } from './liveness/translate.ts'
import type { Pace } from './pace.ts'
import type { PropertyResult } from './result.ts'
import { laneNumbers, type Run, rebuild, wordsOf } from './trace/rebuild.ts'
import { tell } from './trace/tell.ts'
import { isConclusive, type JudgeInput, result } from './verdict.ts'

type Liveness = Extract<Property, { kind: 'liveness' }>

/** What all liveness properties of a model share: made when the first one asks. */
export type Ground = Pick<Question, 'graph' | 'edges' | 'lanes'>

export function createGround(model: Model, exploration: Exploration, edgeBytes: number, pace: Pace): Ground {
  const states = transitionGraph(exploration)
  const graph: StateGraph = {
    ...states,
    expand: (list, count, into) => {
      pace.tick()
      states.expand(list, count, into)
    },
  }
  return { graph, edges: createEdges(graph, edgeBytes), lanes: laneNumbers(model) }
}

/** Beyond this many states a suggested fairness is not tried out. */
const suggestionLimit = 300_000

export async function judgeLiveness(input: JudgeInput, property: Liveness): Promise<PropertyResult> {
  const { model, pace } = input
  const { name } = property
  await pace.begin('liveness', name)
  if (!isConclusive(input) || pace.reason !== null)
    return result(input, { name, kind: 'liveness', verdict: 'inconclusive' })
  const ground = input.ground()
  const { formula, alphabet, builder } = normalForm(model, property.formula, true)
  if (alphabet.predicates.length + alphabet.taken.length > maxPropositions)
    throw new Error(`${name}: more than ${maxPropositions} propositions`)
  const automaton = translate(formula, builder)
  const groups = [...model.fairness, ...property.assuming]
  const isRefutedUnder = (fairness: readonly FairnessGroup[]): Lasso | null =>
    solve({ ...ground, automaton, alphabet, groups: fairness })
  const warnings = vacuityOf(model, property, ground)
  const lasso = isRefutedUnder(groups)
  if (lasso === null) {
    const reason = input.explainsFairness ? [superfluous(groups, isRefutedUnder)] : []
    return result(input, { name, kind: 'liveness', verdict: 'holds', warnings, reason })
  }
  await pace.begin('trace', name)
  const trace = traceOf(input, property, lasso)
  const part = repeatedPart(model, trace)
  const suggested = suggestion(model, missingFairness(model, part), (added) =>
    ground.graph.stateCount > suggestionLimit ? null : isRefutedUnder([...groups, ...added]) === null,
  )
  const reason = [...explainRepeated(model, groups, part), ...suggested]
  return result(input, { name, kind: 'liveness', verdict: 'violated', trace, reason, warnings })
}

/** What makes the verdict say less than it seems to. */
function vacuityOf(model: Model, { formula, assuming }: Liveness, { graph, edges }: Ground): readonly string[] {
  return [
    ...unreachablePremises(model, formula, graph).map(
      (e) => `the premise \`${printExpr(e)}\` holds in no reachable state`,
    ),
    ...idleGroups(graph, edges, [...model.fairness, ...assuming]).map(
      ({ strength, name }) => `the ${strength} fairness of ${name} asks for nothing: it is never enabled`,
    ),
  ]
}

function traceOf(input: JudgeInput, property: Liveness, lasso: Lasso): Trace {
  const { exploration } = input
  const level = exploration.levels.findIndex((end) => lasso.origin < end)
  const prefix = rebuild(input, { level, ends: new Map([[lasso.origin, null]]) })
  const run = told(
    {
      states: [...prefix.states, ...lasso.steps.map((step) => wordsOf(exploration, step.state))],
      instances: [...prefix.instances, ...lasso.steps.map((step) => step.instance)],
    },
    lasso.loopLength,
  )
  const shown = { kind: 'property', property, value: null } as const
  return tell(input, run, shown, run.states.length - 1 - lasso.loopLength)
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
function superfluous(
  groups: readonly FairnessGroup[],
  isRefutedUnder: (groups: readonly FairnessGroup[]) => Lasso | null,
): string {
  const needed = groups.reduce<readonly FairnessGroup[]>((kept, group) => {
    const rest = kept.filter((one) => one !== group)
    return isRefutedUnder(rest) === null ? rest : kept
  }, groups)
  const spare = groups.filter((group) => !needed.includes(group))
  if (groups.length === 0) return 'holds without any fairness'
  if (spare.length === 0) return 'every declared fairness is needed'
  return `holds without the ${spare.map((group) => `${group.strength} fairness of ${group.name}`).join(', ')}`
}

/** Which added fairness rules the run out, and whether the property then holds: tried out (null: too large to try). */
function suggestion(
  model: Model,
  missing: readonly FairnessGroup[],
  holdsWith: (added: readonly FairnessGroup[]) => boolean | null,
): readonly string[] {
  const [first] = missing
  if (first === undefined) return []
  const named = (group: FairnessGroup): string => `${group.strength} fairness of ${group.name}`
  for (const group of missing.slice(0, 4)) {
    const holds = holdsWith([group])
    if (holds === null) return [`${named(first)} would rule this run out (not tried whether the property then holds)`]
    if (holds) return [`${named(group)} would rule this run out, and the property would hold`]
  }
  const rulesOut = `${named(first)} would rule this run out, but not every one that violates the property`
  for (const strength of ['weak', 'strong'] as const) {
    const all = model.threads.map(({ name }, thread): FairnessGroup => {
      const instances = model.instances.flatMap((one, i) => (one.kind === 'step' && one.thread === thread ? [i] : []))
      return { name, strength, instances }
    })
    if (all.length > 0 && holdsWith(all) === true)
      return [rulesOut, `${strength} fairness of every thread would make it hold`]
  }
  return [rulesOut]
}
