/**
 * A model: a function of its constants that says what there is, what may happen and what is claimed.
 */

import * as E from 'fp-ts/Either'
import { aKind } from '../model/domain.ts'
import { domainOf } from '../model/domain-of.ts'
import type {
  Action,
  Assumption,
  ConstantValues,
  Expr as ExprIr,
  Model,
  Property as PropertyIr,
  Source,
  Statement as StatementIr,
} from '../model/ir.ts'
import type { Problem } from '../model/problem.ts'
import { validate } from '../model/validate.ts'
import type { ActionHandle } from './action.ts'
import { checkBudgets } from './arrival-limits.ts'
import { here } from './blame.ts'
import { boundValues, type Constants, type Values, valueProblems } from './constant.ts'
import { type AnyExpr, coerce, declared, isExpr, isList, nameOf, returned } from './expression.ts'
import type { Fairness } from './fairness.ts'
import { fairnessList, fairnessOf, groupsOf } from './fairness-groups.ts'
import { isFormula, type Predicate } from './formula.ts'
import { threadOf } from './frame.ts'
import { type Collected, collectMistakes, demandKeys, demandName, fatalMistake, mistake, toldOf } from './mistakes.ts'
import { finished } from './position.ts'
import { type Property, reachable } from './property.ts'
import { type Draft, draftsOf, type Selected, type Selection } from './selection.ts'
import { freshVariables, variables } from './state.ts'
import { type Statements, statementsOf } from './statement.ts'
import type { ThreadHandle } from './thread.ts'
import { named } from './unknown-member.ts'

type Handles<T> = T | { readonly [id: string]: T } | readonly Handles<T>[]

/** What the builder of a model returns. Variables are those that `state` and `threads` declared meanwhile. */
export interface Definition {
  /** Run from the declared initial values; every outcome is an initial state. */
  readonly initially?: Statements
  readonly threads?: Handles<ThreadHandle>
  readonly actions?: Handles<ActionHandle>
  readonly fairness?: readonly Fairness[]
  /** States where one of these fails are counted and judged, but not expanded. */
  readonly within?: { readonly [name: string]: Predicate }
  /** Where the model may stop, besides states in which all threads have finished. */
  readonly terminal?: Predicate
  /** Deadlock is judged without being asked for. */
  readonly properties?: { readonly [name: string]: Property }
  /** Properties known to be violated: `deadlock` and messages of checks can be named too. */
  readonly expectViolated?: readonly string[]
  /** What reports and the explorer draw as coloured strips under the lanes, by the name of the strip. */
  readonly strips?: { readonly [name: string]: AnyExpr }
  /** Sets of labels that are all alike, as threads or elements of arrays: `--reduce symmetry` searches one order of each. */
  readonly interchangeable?: readonly (readonly string[])[]
}

const definitionKeys = {
  initially: true,
  threads: true,
  actions: true,
  fairness: true,
  within: true,
  terminal: true,
  properties: true,
  expectViolated: true,
  strips: true,
  interchangeable: true,
} as const

export interface ModelBuilder {
  readonly isModelBuilder: true
  readonly name: string
  readonly constants: Constants
  /** Builds and validates the model with these constants instead of the defaults. `Left`: all problems found. */
  build(values?: ConstantValues): E.Either<readonly Problem[], Model>
}

/** Of what a spec exports: whether it is a model. */
export function isModelBuilder(value: unknown): value is ModelBuilder {
  return typeof value === 'object' && value !== null && 'isModelBuilder' in value && value.isModelBuilder === true
}

const made: ModelBuilder[] = []

/** Models in the order in which a spec makes them; the names of its exports have another. */
export function inOrderMade(builders: readonly ModelBuilder[]): readonly ModelBuilder[] {
  return [...builders].sort((one, other) => made.indexOf(one) - made.indexOf(other))
}

export function model(name: string, builder: () => Definition): ModelBuilder
export function model<const C extends Constants>(
  name: string,
  constants: C,
  builder: (values: Values<C>) => Definition,
): ModelBuilder
export function model(
  name: string,
  first: Constants | (() => Definition),
  second?: (values: never) => Definition,
): ModelBuilder {
  const source = here()
  demandName('a model', name, source)
  const constants = typeof first === 'object' ? first : {}
  const builder = typeof first === 'function' ? first : second
  const declaration = { name, constants, source }
  const built: ModelBuilder = {
    isModelBuilder: true,
    name,
    constants,
    build: (values = {}) => {
      const outside = valueProblems(declaration, values)
      if (outside.length > 0) return E.left(outside)
      return freshVariables(() =>
        validated(
          collectMistakes(() => {
            const bound = boundValues(declaration, values)
            if (typeof builder !== 'function')
              return fatalMistake('MC107', `model '${name}' has no builder`, 'Pass a function.', source)
            const definition = builder(named('MC108', `model '${name}' has no constant`, { ...bound }) as never)
            return toldOf(source, () => assemble(name, bound, definition, source))
          }),
        ),
      )
    },
  }
  made.push(built)
  return built
}

/** `Left`: its mistakes, and what else is wrong with it in places where there was none: there it would be an echo. */
function validated({ built, mistakes }: Collected<Model>): E.Either<readonly Problem[], Model> {
  if (built === null) return E.left(mistakes)
  const valid = validate(built)
  if (mistakes.length === 0) return valid
  const isAt = (place: Source | null, { source }: Problem): boolean =>
    source?.file === place?.file && source?.line === place?.line
  // Of the line of the model all is told that has no better place.
  const isEcho = (found: Problem): boolean =>
    !isAt(built.source, found) && mistakes.some(({ source }) => isAt(source, found))
  return E.left([...mistakes, ...(E.isLeft(valid) ? valid.left.filter((one) => !isEcho(one)) : [])])
}

function flattenHandles<T extends { readonly selectionName: string }>(handles: Handles<T> | undefined): readonly T[] {
  if (handles === undefined) return []
  if (typeof handles !== 'object' || handles === null) {
    mistake('MC109', `${String(handles)} is neither a thread nor an action`, 'Return what `threads` or `action` gave.')
    return []
  }
  if (isHandle<T>(handles)) return [handles]
  return Object.values(handles).flatMap((one: Handles<T>) => flattenHandles(one))
}

/** Under one key of a definition there are threads only, under the other actions. MC107, in a spec that was not type-checked. */
function handlesOf<T extends Selected>(key: 'threads' | 'actions', handles: Handles<T> | undefined): readonly T[] {
  return flattenHandles(handles).filter((one) => {
    const belongs = 'thread' in one ? 'threads' : 'actions'
    if (belongs === key) return true
    mistake('MC107', `'${one.selectionName}' is returned as \`${key}\``, `Return it as \`${belongs}\`.`)
    return false
  })
}

function isHandle<T extends { readonly selectionName: string }>(handles: Handles<T>): handles is T {
  return 'selectionName' in handles && typeof handles.selectionName === 'string'
}

function assemble(name: string, constants: ConstantValues, definition: Definition, source: Source): Model {
  const hint = 'Return { threads, properties: { … } }.'
  if (typeof definition !== 'object' || definition === null || isExpr(definition) || isList(definition))
    return fatalMistake('MC107', `the builder of '${name}' returns ${returned(definition)}`, hint, source)
  if (definition instanceof Promise) {
    const why = 'A model is built without waiting: leave out `async`.'
    return fatalMistake('MC107', `the builder of '${name}' returns a promise`, why, source)
  }
  demandKeys(`what the builder of '${name}' returns`, definition, definitionKeys, source)
  const threads = handlesOf<ThreadHandle>('threads', definition.threads)
  const actions = handlesOf<ActionHandle>('actions', definition.actions)
  checkReturned(threads)
  demandOnce([...threads, ...actions])
  const assumptions = assumptionsOf(threads, definition, source)
  const drafts = [...threads.flatMap((thread) => thread.drafts), ...actions.flatMap((one) => one.drafts)]
  checkBudgets(drafts, assumptions)
  const numbers = new Map(drafts.map((draft, i) => [draft, i]))
  const select = (selection: Selection): readonly number[] =>
    [...new Set(draftsOf(selection).flatMap((draft) => numbers.get(draft) ?? []))].sort((a, b) => a - b)
  const actionList: Action[] = []
  return {
    name,
    constants,
    variables: [...variables],
    initially: statementsOf(definition.initially ?? []) as readonly StatementIr[],
    instances: drafts.map((draft) => numbered(draft, threads, actionList, assumptions)),
    actions: actionList,
    threads: threads.map((thread) => thread.thread),
    assumptions,
    fairness: fairnessOf(threads, actions, fairnessList(definition.fairness, source), select),
    terminal: terminalOf(threads, definition.terminal, source),
    properties: propertiesOf(definition, { select, source }),
    expectedViolations: definition.expectViolated ?? [],
    strips: namedParts('strips', definition.strips ?? {}, source).map(([key, e]) => ({
      name: key,
      e: coerce(e),
      source,
    })),
    interchangeable: interchangeableOf(definition, source),
    source,
  }
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
      ...{ kind: 'within', name, source },
      predicate: predicateOf(one, `\`within\` of '${name}'`, source),
    }),
  )
  return [...once, ...within]
}

/** What a builder returned as a predicate: by then no line of the spec is being run, so the model is the place. MC109, MC202. */
function predicateOf(value: Predicate | undefined, name: string, source: Source): ExprIr {
  if (isExpr(value)) {
    const { kind } = domainOf(coerce(value), declared)
    if (kind === 'boolean') return coerce(value)
    mistake('MC202', `${name} is ${aKind(kind)}, and no predicate`, 'Compare it with something.', source)
    return coerce(false)
  }
  if (typeof value === 'boolean') return coerce(value)
  mistake('MC109', `${name} is ${nameOf(value)}, and no predicate`, 'Give a boolean, or compare something.', source)
  return coerce(false)
}

const examples = {
  properties: "properties: { 'stays low': always(n.lt(3)) }",
  within: 'within: { small: n.lt(3) }',
  strips: 'strips: { level: n }',
} as const

/** What stands under a key of a definition, by name. MC109 for what has no names. */
function namedParts<T>(
  key: keyof typeof examples,
  parts: { readonly [name: string]: T },
  source: Source,
): readonly [string, T][] {
  if (typeof parts === 'object' && parts !== null && !Array.isArray(parts) && !isExpr(parts) && !isFormula(parts)) {
    return Object.entries(parts)
  }
  mistake('MC109', `\`${key}\` is ${nameOf(parts)}`, `Name each: ${examples[key]}.`, source)
  return []
}

function terminalOf(threads: readonly ThreadHandle[], terminal: Predicate | undefined, source: Source): ExprIr {
  const stop = predicateOf(terminal ?? false, '`terminal`', source)
  if (threads.length === 0) return stop
  const ended: ExprIr = { kind: 'and', es: threads.map((thread) => finished(thread).ir) }
  return terminal === undefined ? ended : { kind: 'or', es: [stop, ended] }
}

interface Place {
  readonly select: (selection: Selection) => readonly number[]
  /** Of the model. */
  readonly source: Source
}

function propertiesOf({ properties = {} }: Definition, place: Place): readonly PropertyIr[] {
  return namedParts('properties', properties, place.source).map(([name, claim]) => {
    const property = propertyOf(name, claim, place)
    demandName('a property', name, property.source)
    return property
  })
}

function propertyOf(name: string, claim: Property, place: Place): PropertyIr {
  const { select } = place
  if (typeof claim !== 'object' || claim === null) return noProperty(name, place)
  if ('special' in claim) {
    const { source } = claim
    if (claim.special === 'step') {
      const { refines } = claim
      return { kind: 'step', name, relation: claim.e, ...(refines === undefined ? {} : { refines }), source }
    }
    if (claim.special === 'reachable') return { kind: 'reachable', name, predicate: claim.e, source }
    return { kind: 'measure', name, e: claim.e, ...(claim.where === undefined ? {} : { where: claim.where }), source }
  }
  if (isFormula(claim)) {
    const { source } = claim
    if (claim.invariant !== undefined) return { kind: 'invariant', name, predicate: claim.invariant, source }
    return { kind: 'liveness', name, formula: claim.temporal(select), assuming: [], source }
  }
  if (!('assuming' in claim)) return noProperty(name, place)
  const assuming = groupsOf(claim.assuming, select)
  return { kind: 'liveness', name, formula: claim.formula.temporal(select), assuming, source: claim.formula.source }
}

function noProperty(name: string, place: Place): PropertyIr {
  mistake('MC109', `'${name}' is no property`, 'Use always(…), leadsTo(…), reachable(…) and so on.', place.source)
  return propertyOf(name, reachable(false), place)
}
