/**
 * Limits of arrivals: guards that keep a model finite. Each is a named assumption, so that a result can tell what it rests on.
 */

import type { Assumption, Conjunct, Expr as ExprIr, Source, Statement as StatementIr } from '../model/ir.ts'
import type { Arrival } from './arrival.ts'
import { coerce, declared } from './expression.ts'
import { type Frame, nestedOf, variable } from './frame.ts'
import { mistake } from './mistakes.ts'
import type { Draft } from './selection.ts'
import { declare } from './state.ts'

/** Frames of a thread, and how many may be suspended at once. */
export interface Stack {
  readonly frame: Frame
  /** How many fit. */
  readonly capacity: number
  /** How many the thread declared to assume. */
  readonly depth: number | undefined
}

const limitName = (id: string, one: Arrival): string => `${id}: ${one.name}, at most ${one.limit} at once`
const budgetName = (one: Arrival): string => `${one.name}, at most ${one.budget} in a run`
const depthName = (id: string, depth: number): string => `${id}: at most ${depth} suspended frames`

/** Conjuncts that only express declared limits. Their assumption is numbered when the model is complete. */
export function limitConjuncts({ frame, capacity, depth }: Stack, one: Arrival): readonly Conjunct[] {
  const conjuncts: Conjunct[] = []
  if (one.limit !== undefined) {
    const among = nestedOf(frame, capacity, one)
    const limit = coerce(one.limit)
    conjuncts.push({
      name: limitName(frame.id, one),
      e: { kind: 'compare', operator: 'lt', left: among, right: limit },
      assumption: -1,
    })
  }
  if (depth !== undefined) {
    const size: ExprIr = { kind: 'size', of: variable(frame.frames) }
    conjuncts.push({
      name: depthName(frame.id, depth),
      e: { kind: 'compare', operator: 'lt', left: size, right: coerce(depth) },
      assumption: -1,
    })
  }
  if (one.budget !== undefined) {
    const used = declareBudget(one, one.budget)
    conjuncts.push({
      name: budgetName(one),
      e: { kind: 'compare', operator: 'lt', left: used, right: coerce(one.budget) },
      assumption: -1,
    })
  }
  return conjuncts
}

/** Counts an arrival that has a budget. */
export function spendBudget(one: Arrival): readonly StatementIr[] {
  if (one.budget === undefined) return []
  const { source } = one
  const used = variable(`${one.name} arrivals`)
  return [
    { kind: 'assign', place: used, e: { kind: 'arithmetic', operator: 'plus', left: used, right: coerce(1) }, source },
  ]
}

/** The number of arrivals so far, in all threads together; declared by the first thread that takes this arrival. MC101. */
function declareBudget(one: Arrival, budget: number): Extract<ExprIr, { kind: 'variable' }> {
  const name = `${one.name} arrivals`
  const known = declared.get(name)
  if (known?.kind === 'range' && known.max !== budget) {
    const message = `the arrival '${one.name}' has a budget of ${known.max} in one thread and of ${budget} in another`
    mistake('MC101', message, oneBudget, one.source)
  }
  if (known === undefined) declare(name, { domain: { kind: 'range', min: 0, max: budget }, initial: 0 }, 'control')
  return variable(name)
}

export function assumptionsOf(
  frame: Frame,
  arrivals: readonly Arrival[],
  depth: number | undefined,
  source: Source,
): readonly Assumption[] {
  const limits = arrivals.flatMap((one): readonly Assumption[] => [
    ...(one.limit === undefined
      ? []
      : [{ kind: 'limit', name: limitName(frame.id, one), limit: one.limit, source: one.source } as const]),
    ...(one.budget === undefined
      ? []
      : [{ kind: 'budget', name: budgetName(one), limit: one.budget, source: one.source } as const]),
  ])
  if (depth === undefined) return limits
  return [...limits, { kind: 'depth', name: depthName(frame.id, depth), limit: depth, source }]
}

/** A budget that one thread gives and another does not would count the arrivals of the one alone. MC101. */
export function checkBudgets(drafts: readonly Draft[], assumptions: readonly Assumption[]): void {
  const budgets = new Set(assumptions.flatMap((one) => (one.kind === 'budget' ? [one.name] : [])))
  const arrivals = drafts.filter(({ instance }) => instance.kind === 'arrival')
  const isLimited = ({ instance }: Draft): boolean =>
    instance.guard.some(({ name, assumption }) => assumption !== null && budgets.has(name ?? ''))
  const named = new Set(arrivals.filter(isLimited).map(({ actionName }) => actionName))
  const [unlimited] = arrivals.filter((draft) => named.has(draft.actionName) && !isLimited(draft))
  if (unlimited === undefined) return
  const message = `the arrival '${unlimited.actionName}' has a budget in one thread and none in another`
  mistake('MC101', message, oneBudget, unlimited.instance.source)
}

const oneBudget = 'A budget is for all threads together: give one, or another name.'
