/**
 * Liveness properties, judged on the complete graph: verdict, certified lasso, the reason, and what is vacuous.
 */

import { failureOf } from '../../src/model/failure.ts'
import type { FairnessGroup, Ltl, Model, Property } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import { printExpr, printLtl } from '../../src/model/print.ts'
import type { Trace } from '../../src/model/trace.ts'
import type { Exploration } from '../explore/exploration.ts'
import { transitionGraph } from '../explore/transition-graph.ts'
import { createEdges } from '../liveness/edges.ts'
import { explainFailure, explainRepeated, missingFairness, repeatedPart, threadGroups } from '../liveness/explain.ts'
import { maxPropositions, normalForm } from '../liveness/formula.ts'
import { idleGroups } from '../liveness/idle-groups.ts'
import { premisesOf, whereHolds } from '../liveness/premises.ts'
import { type Lasso, type Question, solve } from '../liveness/solve.ts'
import { translate } from '../liveness/translate.ts'
import type { PropertyResult, Warning } from '../result.ts'
import { type Run, type Target, wordsOf } from '../trace/rebuild.ts'
import { tell } from '../trace/tell.ts'
import { laneNumbers } from '../trace/way.ts'
import {
  type Finding,
  isConclusive,
  type JudgeInput,
  nothingToShow,
  result,
  type Shown,
  theOnly,
  unshown,
} from './verdict.ts'

type Liveness = Extract<Property, { kind: 'liveness' }>

/** What all liveness properties of a model share: made when the first one asks. */
export type Ground = Pick<Question, 'graph' | 'edges' | 'lanes'>

export function createGround(model: Model, exploration: Exploration, edgeBytes: number): Ground {
  const graph = transitionGraph(exploration)
  return { graph, edges: createEdges(graph, edgeBytes), lanes: laneNumbers(model) }
}

/** Beyond this many states nothing is decided but the property itself: no suggested fairness is tried out, and no temporal premise. */
const extrasLimit = 300_000

export async function judgeLiveness(input: JudgeInput, property: Liveness): Promise<Finding> {
  const { pace } = input
  const { name } = property
  const open = result(input, { name, kind: 'liveness', verdict: 'inconclusive' })
  if (!isConclusive(input)) return nothingToShow(open)
  pace.begin('liveness', name)
  const found = await pace.through(decide(input, property), () => null)
  if (found === null) return nothingToShow(open)
  const { claim, lasso, ...decided } = found
  if (lasso === null) return nothingToShow(result(input, { name, kind: 'liveness', verdict: 'holds', ...decided }))
  const { levels } = input.exploration
  const stem: Target = {
    level: levels.findIndex((end) => lasso.origin < end),
    ends: new Map([[lasso.origin, null]]),
    blame: () => [],
  }
  return {
    known: result(input, { name, kind: 'liveness', verdict: 'violated', ...decided }),
    showing: { targets: [stem], tell: (runs) => show(input, claim, lasso, theOnly(runs)), untold: unshown },
  }
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
  const { ground, groups } = claim
  const lasso = yield* claim.isRefutedUnder(groups)
  const premises = lasso === null ? yield* idlePremises(input, property, ground) : []
  const idle = yield* idleGroups(ground.graph, ground.edges, groups)
  const reason = lasso === null && input.explainsFairness ? yield* explainNeed(claim) : []
  const warnings = [...premises.map(about('premise')), ...idle.map(about('fairness'))]
  return { claim, lasso, warnings, reason }
}

const about =
  (what: Warning['about']) =>
  (text: string): Warning => ({ about: what, text })

function* show(input: JudgeInput, claim: Claim, lasso: Lasso, stem: Run): Parts<Shown> {
  const { model } = input
  const trace = yield* traceOf(input, claim.property, lasso, stem)
  const part = repeatedPart(model, trace)
  const suggested = yield* suggestion(model, missingFairness(model, part), claim)
  const failure = failureOf(model, trace, claim.property.formula)
  const moment = failure === null ? null : explainFailure(failure)
  return {
    trace,
    reason: [...(moment === null ? [] : [moment]), ...explainRepeated(model, claim.groups, part), ...suggested],
  }
}

/** What is said of premises that make no demand of a property that holds. */
function* idlePremises(input: JudgeInput, property: Liveness, { graph }: Ground): Parts<readonly string[]> {
  const { model } = input
  const warnings: string[] = []
  for (const { premise, isInitial } of premisesOf(property.formula)) {
    if (premise.kind === 'predicate') {
      const where = yield* whereHolds(model, premise.e, graph)
      const text = `the premise \`${printExpr(premise.e)}\` holds in no`
      if (where === 'nowhere') warnings.push(`${text} reachable state`)
      else if (isInitial && where === 'later')
        warnings.push(`${text} initial state, and is asked of no other: is \`always\` missing?`)
    } else if (graph.stateCount <= extrasLimit) {
      const never: Ltl = { kind: 'not', f: premise }
      const claim = claimOf(input, { ...property, formula: isInitial ? never : { kind: 'always', f: never } })
      if ((yield* claim.isRefutedUnder(claim.groups)) === null)
        warnings.push(`the premise \`${printLtl(premise)}\` never holds${isInitial ? ' at the beginning' : ''}`)
    }
  }
  return warnings
}

function* traceOf(input: JudgeInput, property: Liveness, lasso: Lasso, stem: Run): Parts<Trace> {
  const { exploration } = input
  const run = told(
    {
      states: [...stem.states, ...lasso.steps.map((step) => wordsOf(exploration, step.state))],
      instances: [...stem.instances, ...lasso.steps.map((step) => step.instance)],
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

/** Which declared fairness the property needs: what can be left out, all of it together, and strong fairness of which weak would do. */
function* explainNeed({ groups, isRefutedUnder }: Claim): Parts<readonly string[]> {
  if ((yield* isRefutedUnder([])) === null) return ['holds without any fairness']
  let needed = groups
  for (const group of groups) {
    const rest = needed.filter((one) => one !== group)
    if (rest.length > 0 && (yield* isRefutedUnder(rest)) === null) needed = rest
  }
  const spare = groups.filter((group) => !needed.includes(group))
  const without =
    spare.length === 0 ? 'every declared fairness is needed' : `holds without ${byStrength(spare).join(', and ')}`
  const weaker: string[] = []
  for (const group of needed) {
    if (group.strength === 'weak') continue
    const weakened = needed.map((one): FairnessGroup => (one === group ? { ...one, strength: 'weak' } : one))
    if ((yield* isRefutedUnder(weakened)) !== null) continue
    needed = weakened
    weaker.push(group.name)
  }
  return weaker.length === 0 ? [without] : [without, `weak instead of strong fairness of ${weaker.join(', ')} would do`]
}

function byStrength(groups: readonly FairnessGroup[]): readonly string[] {
  return (['weak', 'strong'] as const).flatMap((strength) => {
    const names = groups.filter((group) => group.strength === strength).map(({ name }) => name)
    return names.length === 0 ? [] : [`the ${strength} fairness of ${names.join(', ')}`]
  })
}

const named = ({ strength, name }: FairnessGroup): string => `${strength} fairness of ${name}`

/** Which added fairness rules the run out, and whether the property then holds: tried out unless it is too large. */
function* suggestion(
  model: Model,
  missing: readonly FairnessGroup[],
  { ground, groups, isRefutedUnder }: Claim,
): Parts<readonly string[]> {
  const [first] = missing
  if (first === undefined) return []
  if (ground.graph.stateCount > extrasLimit)
    return [`${named(first)} would rule this run out (not tried whether the property then holds)`]
  const holdsWith = function* (added: readonly FairnessGroup[]): Parts<boolean> {
    return (yield* isRefutedUnder([...groups, ...added])) === null
  }
  for (const group of missing.slice(0, 4)) {
    if (yield* holdsWith([group])) return [`${named(group)} would rule this run out, and the property would hold`]
  }
  const rulesOut = `${named(first)} would rule this run out, but not every one that violates the property`
  for (const strength of ['weak', 'strong'] as const) {
    const all = threadGroups(model).map((group): FairnessGroup => ({ ...group, strength }))
    if (all.length > 0 && (yield* holdsWith(all)))
      return [rulesOut, `${strength} fairness of every thread would make it hold`]
  }
  return [rulesOut]
}
