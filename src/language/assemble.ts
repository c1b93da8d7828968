/**
 * From what a builder returned to a model: instances get their numbers, and what speaks of them its lists of these.
 */

import type {
  Action,
  Assumption,
  ConstantValues,
  Expr as ExprIr,
  Model,
  Source,
  Statement as StatementIr,
} from '../model/ir.ts'
import type { ActionHandle } from './action.ts'
import { checkBudgets } from './arrival-limits.ts'
import { type Definition, demandDefinition, handlesOf, namedParts, predicateOf } from './definition.ts'
import { coerce } from './expression.ts'
import { conditionsOf } from './fairness.ts'
import { fairnessOf, showBinding } from './fairness-groups.ts'
import type { Predicate } from './formula.ts'
import { threadOf } from './frame.ts'
import { mistake } from './mistakes.ts'
import { finished } from './position.ts'
import { propertiesOf } from './properties-of.ts'
import { type Draft, draftsOf, type Selected, type Selection } from './selection.ts'
import { variables } from './state.ts'
import { statementsOf } from './statement.ts'
import type { ThreadHandle } from './thread.ts'

/** MC101, MC107, and what else a definition can be mistaken in. */
export function assemble(name: string, constants: ConstantValues, definition: Definition, source: Source): Model {
  demandDefinition(name, definition, source)
  const threads = handlesOf<ThreadHandle>('threads', definition.threads)
  const actions = handlesOf<ActionHandle>('actions', definition.actions)
  checkReturned(threads)
  demandOnce([...threads, ...actions])
  demandDistinct(actions)
  const assumptions = assumptionsOf(threads, definition, source)
  const drafts = [...threads.flatMap((thread) => thread.drafts), ...actions.flatMap((one) => one.drafts)]
  checkBudgets(drafts, assumptions)
  const numbers = new Map(drafts.map((draft, i) => [draft, i]))
  const select = (selection: Selection): readonly number[] =>
    [...new Set(draftsOf(selection).flatMap((draft) => numbers.get(draft) ?? []))].sort((a, b) => a - b)
  const actionList: Action[] = []
  const instances = drafts.map((draft) => numbered(draft, threads, actionList, assumptions))
  // One without instances is told of too: it is never taken.
  for (const { selectionName, source: place } of actions)
    if (!actionList.some(({ name: known }) => known === selectionName))
      actionList.push({ name: selectionName, source: place })
  return {
    name,
    constants,
    variables: [...variables],
    initially: statementsOf(definition.initially ?? []) as readonly StatementIr[],
    instances,
    actions: actionList,
    threads: threads.map((thread) => thread.thread),
    assumptions,
    fairness: fairnessOf(threads, actions, conditionsOf(definition.fairness ?? []), select),
    terminal: terminalOf(threads, definition.terminal, source),
    properties: propertiesOf(definition, { select, source }),
    expectedViolations: expectedOf(definition, source),
    strips: namedParts('strips', definition.strips ?? {}, source).map(([key, e]) => ({
      name: key,
      e: coerce(e),
      source,
    })),
    interchangeable: interchangeableOf(definition, source),
    source,
  }
}

function expectedOf({ expectViolated = [] }: Definition, source: Source): readonly string[] {
  if (Array.isArray(expectViolated) && expectViolated.every(isLabel)) return expectViolated
  mistake('MC107', '`expectViolated` is no list of names', "Write expectViolated: ['mutual exclusion'].", source)
  return []
}

function interchangeableOf({ interchangeable = [] }: Definition, source: Source): Model['interchangeable'] {
  const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
  const isFine = isList(interchangeable) && interchangeable.every((set) => isList(set) && set.every(isLabel))
  if (isFine) return interchangeable
  mistake('MC107', '`interchangeable` is no list of lists of labels', "Write interchangeable: [['p0', 'p1']].", source)
  return []
}

const isLabel = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** Returned twice, a thread or an action would be taken twice, and fairness would speak of one of the two. MC101. */
function demandOnce(handles: readonly Selected[]): void {
  handles.forEach((one, i) => {
    if (handles.indexOf(one) === i) return
    mistake('MC101', `'${one.selectionName}' is returned twice`, 'Leave one out.', one.drafts[0]?.instance.source)
  })
}

/** Of what reports, saved runs and fairness call by one name they would tell now one and now the other. MC101. */
function demandDistinct(actions: readonly ActionHandle[]): void {
  const known = new Set<string>()
  const hint = 'Rename one of them, or let their parameters differ.'
  for (const draft of [...new Set(actions)].flatMap((one) => one.drafts)) {
    const name = draft.actionName + showBinding(draft)
    if (known.has(name)) mistake('MC101', `there are two actions '${name}'`, hint, draft.instance.source)
    known.add(name)
  }
}

/** Code that is written down and not returned would not run, and every property would hold. MC107. */
function checkReturned(threads: readonly ThreadHandle[]): void {
  const lost = variables.filter(
    ({ name, role }) =>
      role === 'control' && threadOf(name) !== null && !threads.some(({ thread }) => thread.counter === name),
  )
  const [first] = lost
  if (first === undefined) return
  const names = lost.map(({ name }) => `'${threadOf(name)}'`).join(', ')
  const what = lost.length === 1 ? `the thread ${names} is` : `the threads ${names} are`
  mistake('MC107', `${what} not returned by the model`, 'Return { threads, properties: { … } }.', first.source)
}

function numbered(
  draft: Draft,
  threads: readonly ThreadHandle[],
  actions: Action[],
  assumptions: readonly Assumption[],
): Model['instances'][number] {
  let action = actions.findIndex((one) => one.name === draft.actionName)
  if (action === -1) action = actions.push({ name: draft.actionName, source: draft.instance.source }) - 1
  const thread = threads.findIndex((one) => one.drafts.includes(draft))
  return {
    ...draft.instance,
    action,
    thread: thread === -1 ? null : thread,
    guard: draft.instance.guard.map((conjunct) =>
      conjunct.assumption === null
        ? conjunct
        : { ...conjunct, assumption: assumptions.findIndex((one) => one.name === conjunct.name) },
    ),
  }
}

function assumptionsOf(
  threads: readonly ThreadHandle[],
  definition: Definition,
  source: Source,
): readonly Assumption[] {
  const limits = threads.flatMap((thread) => thread.assumptions)
  const once = limits.filter((one, i) => limits.findIndex((other) => other.name === one.name) === i)
  const within = namedParts('within', definition.within ?? {}, source).map(
    ([name, one]): Assumption => ({
      kind: 'within',
      name,
      source,
      predicate: predicateOf(one, `\`within\` of '${name}'`, source),
    }),
  )
  return [...once, ...within]
}

function terminalOf(threads: readonly ThreadHandle[], terminal: Predicate | undefined, source: Source): ExprIr {
  const stop = predicateOf(terminal ?? false, '`terminal`', source)
  if (threads.length === 0) return stop
  const ended: ExprIr = { kind: 'and', es: threads.map((thread) => finished(thread).ir) }
  return terminal === undefined ? ended : { kind: 'or', es: [stop, ended] }
}
