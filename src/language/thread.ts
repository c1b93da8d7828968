/**
 * Threads: lowers sequential code and arrivals to guarded instances over a program counter.
 *
 * The running frame lives in variables of its own (`p0.pc`, `p0.via`, one for each local); `p0.frames` holds the suspended
 * frames only. A popped frame vanishes from the sequence, so that it cannot tell states apart.
 */

import type {
  Assumption,
  Conjunct,
  Domain,
  Expr as ExprIr,
  Source,
  Statement as StatementIr,
  Thread,
  Value,
} from '../model/ir.ts'
import { here } from './blame.ts'
import type { Declared } from './domain.ts'
import { coerce, declared, node, typed } from './expression.ts'
import type { Predicate } from './formula.ts'
import type { Expr } from './kinds.ts'
import { type LabelOf, type Line, type Lines, linesOf, type Names, type RoutineOf } from './line.ts'
import { canonical, type Exit, exitsOf, type Location, lower, newLocation, reachable } from './lower.ts'
import { mistake } from './mistakes.ts'
import type { Draft, Selected } from './selection.ts'
import { declare, type Variables } from './state.ts'
import { type Statements, statementsOf } from './statement.ts'

/** Labels of steps: some by name, each of which must exist, or all that a function picks. */
export type Labels = string | readonly string[] | ((label: string) => boolean)

function picks(labels: Labels): (label: string) => boolean {
  if (typeof labels === 'function') return labels
  return typeof labels === 'string' ? (label) => label === labels : (label) => labels.includes(label)
}

interface ArrivalParts<Handler extends Lines, Return extends Line> {
  /** When the hardware takes it. */
  readonly when: Predicate
  /** What the hardware does; sees the locals of the new frame. */
  readonly does?: Statements
  /** The handler. */
  readonly runs: Handler
  /** The last step: restores; then the suspended frame goes on. */
  readonly returns: Return
  /** How many may be nested at once in one thread. */
  readonly limit?: number
  /** How many may arrive in a run, in all threads together. */
  readonly budget?: number
  readonly fair?: 'weak' | 'strong'
  /** Labels of steps before which it cannot arrive. */
  readonly notAt?: Labels
}

/** An interrupt: what may break in between any two steps of a thread. */
export interface Arrival<Label extends string = string, Routine extends string = string>
  extends ArrivalParts<Lines, Line>,
    Names<Label, Routine> {
  readonly name: string
  readonly source: Source
}

export function arrival<const B extends Lines, const R extends Line>(
  name: string,
  parts: ArrivalParts<B, R>,
): Arrival<LabelOf<B | R>, RoutineOf<B | R>> {
  return { name, ...parts, source: here() }
}

type Locals = { readonly [name: string]: Declared<unknown> }

export interface ThreadOptions<I extends string, L extends Locals, A extends Arrival = Arrival> {
  /** All steps of a thread form one group; idle steps and arrivals do not belong to it. */
  readonly fair?: 'weak' | 'strong'
  /** The CPU or thread that traces show the steps under; default: the thread's name. */
  readonly lane?: (me: I) => string
  /** A guard of every step and arrival of the thread. */
  readonly runs?: (me: I) => Predicate
  /** Variables of a frame: saved by an arrival, fresh in its handler. */
  readonly locals?: L
  readonly arrivals?: (me: I, local: Variables<L>) => readonly A[]
  /** At most so many suspended frames: a named assumption. */
  readonly depth?: number
}

/** A thread that has been lowered: what `at`, `inside`, fairness and `taken` refer to. */
export interface ThreadHandle<Label extends string = string, Routine extends string = string>
  extends Selected,
    Names<Label, Routine> {
  readonly thread: Thread
  readonly counter: ExprIr
  readonly counterDomain: Domain
  readonly strength: 'weak' | 'strong' | null
  readonly fairDrafts: readonly Draft[]
  readonly arrivalGroups: readonly {
    readonly name: string
    readonly strength: 'weak' | 'strong'
    readonly drafts: readonly Draft[]
  }[]
  readonly assumptions: readonly Assumption[]
}

const doneName = 'done'

/** Threads that run the same code, each with its own program counter. The code is told the thread's name and its number. */
export function threads<
  const I extends string,
  const B extends Lines,
  L extends Locals = Record<never, never>,
  A extends Arrival = Arrival<never, never>,
>(
  ids: readonly I[],
  options: ThreadOptions<I, L, A>,
  code: (me: I, local: Variables<L>, i: number) => B,
): { readonly [K in I]: ThreadHandle<LabelOf<A | B>, RoutineOf<A | B>> } {
  return Object.fromEntries(ids.map((id, i) => [id, lowerThread(id, options, (me, local) => code(me, local, i))])) as {
    readonly [K in I]: ThreadHandle<LabelOf<A | B>, RoutineOf<A | B>>
  }
}

interface Frame {
  readonly id: string
  readonly counter: string
  readonly via: string
  readonly frames: string
  /** Locals by their own name and by their variable. */
  readonly locals: readonly {
    readonly name: string
    readonly variable: string
    readonly initial: Value
    readonly domain: Domain
  }[]
}

function lowerThread<I extends string, L extends Locals>(
  id: I,
  options: ThreadOptions<I, L>,
  code: (me: I, local: Variables<L>) => Lines,
): ThreadHandle {
  const source = here()
  const declarations = Object.entries(options.locals ?? {})
  const local = Object.fromEntries(
    declarations.map(([name, declaration]) => [name, declare(`${id}.${name}`, declaration, 'data')]),
  ) as unknown as Variables<L>
  const frame: Frame = {
    id,
    counter: `${id}.pc`,
    via: `${id}.via`,
    frames: `${id}.frames`,
    locals: declarations.map(([name, { domain, initial }]) => ({ name, variable: `${id}.${name}`, initial, domain })),
  }
  const done = newLocation()
  const start = canonical(lower(linesOf(code(id, local)), done))
  const arrivals = options.arrivals?.(id, local) ?? []
  const handlers = arrivals.map((one) => canonical(lowerHandler(one)))
  const locations = reachable([start, ...handlers])
  const names = nameLocations(locations, done)
  const counterDomain: Domain = { kind: 'enumeration', values: [...names.values()] }
  declare(frame.counter, { domain: counterDomain, initial: names.get(start) ?? doneName }, 'control')
  const stack = arrivals.length === 0 ? null : declareStack(frame, arrivals, options.depth, counterDomain, source)
  const lane = options.lane?.(id) ?? id
  const runs = options.runs === undefined ? [] : [coerce(options.runs(id))]
  const build: Build = { frame, names, counterDomain, runs, lane, arrivals, capacity: stack ?? 0 }
  const steps = locations.flatMap((location) =>
    exitsOf(location).map((exit) => ({ exit, draft: stepDraft(build, location, exit) })),
  )
  const taken = arrivals.map((one, i) => arrivalDraft(build, one, handlers[i] ?? done, options.depth))
  return {
    selectionName: id,
    drafts: [...steps.map(({ draft }) => draft), ...taken],
    thread: {
      name: id,
      lane,
      counter: frame.counter,
      stack: stack === null ? null : frame.frames,
      locations: [...names].map(([location, value]) => ({
        value,
        path: location.path,
        labels: exitsOf(location).map((exit) => exit.label),
      })),
    },
    counter: { kind: 'variable', name: frame.counter },
    counterDomain,
    strength: options.fair ?? null,
    fairDrafts: steps.filter(({ exit }) => !exit.isIdle).map(({ draft }) => draft),
    arrivalGroups: arrivals.flatMap((one, i) => {
      const draft = taken[i]
      if (one.fair === undefined || draft === undefined) return []
      return [{ name: `${id}: ${one.name}`, strength: one.fair, drafts: [draft] }]
    }),
    assumptions: assumptionsOf(frame, arrivals, options.depth, source),
  }
}

function lowerHandler(one: Arrival): Location {
  const end = newLocation()
  if (one.returns.kind !== 'step') {
    mistake('MC107', `'${one.name}' must return by a step`, 'Give `returns: step(…)`.', one.source)
    return end
  }
  const { label, guard, effect, isIdle, source } = one.returns
  end.exits.push({ label, path: [], guard, effect, isIdle, source, target: null })
  return lower(linesOf(one.runs), end)
}

/** Short unique text for each location: its call path and the labels that may run there. */
function nameLocations(locations: readonly Location[], done: Location): ReadonlyMap<Location, string> {
  const names = new Map<Location, string>()
  const used = new Map<string, number>()
  for (const location of locations) {
    const exits = exitsOf(location)
    const labels = [...new Set(exits.map((exit) => exit.label))].join(' | ')
    const path = exits[0]?.path ?? []
    const text =
      location === done || exits.length === 0 ? doneName : path.length === 0 ? labels : `${path.join(' > ')}: ${labels}`
    const uses = (used.get(text) ?? 0) + 1
    used.set(text, uses)
    names.set(location, uses === 1 ? text : `${text} (${uses})`)
  }
  return names
}

const threadVia = 'thread'

/** Declares `via` and the stack; returns its capacity. MC106 when nothing bounds the nesting. */
function declareStack(
  frame: Frame,
  arrivals: readonly Arrival[],
  depth: number | undefined,
  counter: Domain,
  source: Source,
): number {
  const unbounded = arrivals.find((one) => one.limit === undefined)
  const limits = arrivals.reduce((sum, one) => sum + (one.limit ?? 0), 0)
  if (depth === undefined && unbounded !== undefined) {
    mistake(
      'MC106',
      `nothing bounds how often '${unbounded.name}' nests`,
      'Give it a `limit`, or the thread a `depth`.',
      source,
    )
  }
  const capacity = unbounded === undefined ? Math.min(limits, depth ?? limits) : (depth ?? limits)
  const via: Domain = { kind: 'enumeration', values: [threadVia, ...arrivals.map((one) => one.name)] }
  declare(frame.via, { domain: via, initial: threadVia }, 'control')
  const element: Domain = {
    kind: 'record',
    fields: [
      { name: 'pc', domain: counter },
      { name: 'via', domain: via },
      ...frame.locals.map(({ name, domain }) => ({ name, domain })),
    ],
  }
  declare(
    frame.frames,
    { domain: { kind: 'sequence', element, capacity: Math.max(1, capacity) }, initial: [] },
    'control',
  )
  return capacity
}

interface Build {
  readonly frame: Frame
  readonly names: ReadonlyMap<Location, string>
  readonly counterDomain: Domain
  readonly runs: readonly ExprIr[]
  readonly lane: string
  readonly arrivals: readonly Arrival[]
  readonly capacity: number
}

function variable(name: string): Extract<ExprIr, { kind: 'variable' }> {
  return { kind: 'variable', name }
}

function location(build: Build, at: Location): ExprIr {
  return { kind: 'literal', domain: build.counterDomain, value: build.names.get(canonical(at)) ?? doneName }
}

const own = (e: ExprIr, name: string | null = null): Conjunct => ({ name, e, assumption: null })

function stepDraft(build: Build, at: Location, exit: Exit): Draft {
  const { frame } = build
  const { source } = exit
  const leave: readonly StatementIr[] =
    exit.target === null
      ? popFrame(frame, source)
      : [{ kind: 'assign', place: variable(frame.counter), e: location(build, exit.target), source }]
  return {
    actionName: exit.path.length === 0 ? exit.label : `${exit.path.join(' > ')}: ${exit.label}`,
    instance: {
      binding: { thread: frame.id },
      lane: build.lane,
      kind: 'step',
      thread: null,
      path: exit.path,
      label: exit.label,
      source,
      guard: [
        own({ kind: 'equal', left: variable(frame.counter), right: location(build, at) }),
        ...build.runs.map((e) => own(e)),
        ...exit.guard.map((e) => own(e)),
      ],
      effect: [...exit.effect, ...(canonical(exit.target ?? at) === at && exit.target !== null ? [] : leave)],
    },
  }
}

function popFrame(frame: Frame, source: Source): readonly StatementIr[] {
  const last: ExprIr = { kind: 'last', of: variable(frame.frames) }
  const restore = (name: string, place: string): StatementIr => ({
    kind: 'assign',
    place: variable(place),
    e: { kind: 'field', of: last, name },
    source,
  })
  return [
    restore('pc', frame.counter),
    restore('via', frame.via),
    ...frame.locals.map((one) => restore(one.name, one.variable)),
    { kind: 'assign', place: variable(frame.frames), e: { kind: 'front', of: variable(frame.frames) }, source },
  ]
}

function arrivalDraft(build: Build, one: Arrival, handler: Location, depth: number | undefined): Draft {
  const { frame } = build
  const { source } = one
  const isDone: ExprIr = {
    kind: 'equal',
    left: variable(frame.counter),
    right: { kind: 'literal', domain: build.counterDomain, value: doneName },
  }
  const canEnd = build.counterDomain.kind === 'enumeration' && build.counterDomain.values.includes(doneName)
  return {
    actionName: one.name,
    instance: {
      binding: { thread: frame.id },
      lane: build.lane,
      kind: 'arrival',
      thread: null,
      path: [],
      label: one.name,
      source,
      guard: [
        ...(canEnd ? [own({ kind: 'not', e: isDone })] : []),
        ...build.runs.map((e) => own(e)),
        ...barred(build, one),
        own(coerce(one.when)),
        ...limitConjuncts(build, one, depth),
      ],
      effect: [
        ...pushFrame(build, one, source),
        ...spendBudget(one, source),
        ...statementsOf(one.does ?? []),
        { kind: 'assign', place: variable(frame.counter), e: location(build, handler), source },
      ],
    },
  }
}

function pushFrame(build: Build, one: Arrival, source: Source): readonly StatementIr[] {
  const { frame } = build
  const element: Domain = {
    kind: 'record',
    fields: [
      { name: 'pc', domain: build.counterDomain },
      { name: 'via', domain: viaDomain(build) },
      ...frame.locals.map(({ name, domain }) => ({ name, domain })),
    ],
  }
  const saved: ExprIr = {
    kind: 'construct',
    domain: element,
    items: [variable(frame.counter), variable(frame.via), ...frame.locals.map((local) => variable(local.variable))],
  }
  const frames = variable(frame.frames)
  return [
    { kind: 'assign', place: frames, e: { kind: 'append', sequence: frames, element: saved }, source },
    {
      kind: 'assign',
      place: variable(frame.via),
      e: { kind: 'literal', domain: viaDomain(build), value: one.name },
      source,
    },
    ...frame.locals.map(
      ({ variable: name, domain, initial }): StatementIr => ({
        kind: 'assign',
        place: variable(name),
        e: { kind: 'literal', domain, value: initial },
        source,
      }),
    ),
  ]
}

function spendBudget(one: Arrival, source: Source): readonly StatementIr[] {
  if (one.budget === undefined) return []
  const used = variable(`${one.name} arrivals`)
  return [
    { kind: 'assign', place: used, e: { kind: 'arithmetic', operator: 'plus', left: used, right: coerce(1) }, source },
  ]
}

function viaDomain(build: Build): Domain {
  return { kind: 'enumeration', values: [threadVia, ...build.arrivals.map((one) => one.name)] }
}

/** The locations where this arrival is ruled out. MC105 for a label that no step has. */
function barred(build: Build, one: Arrival): readonly Conjunct[] {
  const { frame, names, counterDomain } = build
  const labels = one.notAt ?? []
  const isBarred = picks(labels)
  const all = [...names].flatMap(([at, value]) => exitsOf(at).map((exit) => ({ value, label: exit.label })))
  const named = typeof labels === 'function' ? [] : typeof labels === 'string' ? [labels] : labels
  const unknown = named.find((label) => !all.some((entry) => entry.label === label))
  if (unknown !== undefined) {
    mistake(
      'MC105',
      `'${one.name}' cannot arrive at '${unknown}', but no step has that label`,
      'Check `notAt`.',
      one.source,
    )
  }
  const values = new Set(all.filter((entry) => isBarred(entry.label)).map((entry) => entry.value))
  return [...values].map((value) =>
    own({
      kind: 'not',
      e: { kind: 'equal', left: variable(frame.counter), right: { kind: 'literal', domain: counterDomain, value } },
    }),
  )
}

const limitName = (id: string, one: Arrival): string => `${id}: ${one.name}, at most ${one.limit} at once`
const budgetName = (one: Arrival): string => `${one.name}, at most ${one.budget} in a run`
const depthName = (id: string, depth: number): string => `${id}: at most ${depth} suspended frames`

/** Conjuncts that only express declared limits. Their assumption is numbered when the model is complete. */
function limitConjuncts(build: Build, one: Arrival, depth: number | undefined): readonly Conjunct[] {
  const { frame } = build
  const conjuncts: Conjunct[] = []
  if (one.limit !== undefined) {
    const among = nestedOf(build, one)
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

/** The number of arrivals so far, in all threads together; declared by the first thread that takes this arrival. */
function declareBudget(one: Arrival, budget: number): Extract<ExprIr, { kind: 'variable' }> {
  const name = `${one.name} arrivals`
  if (!declared.has(name)) declare(name, { domain: { kind: 'range', min: 0, max: budget }, initial: 0 }, 'control')
  return variable(name)
}

/** How many frames of this arrival there are, the running one included. */
function nestedOf(build: Build, one: Arrival): ExprIr {
  const { frame } = build
  const name: ExprIr = { kind: 'literal', domain: viaDomain(build), value: one.name }
  const frames = variable(frame.frames)
  const suspended = Array.from(
    { length: build.capacity },
    (_, i): ExprIr => ({
      kind: 'and',
      es: [
        { kind: 'compare', operator: 'gt', left: { kind: 'size', of: frames }, right: coerce(i) },
        {
          kind: 'equal',
          left: { kind: 'field', of: { kind: 'index', of: frames, index: coerce(i) }, name: 'via' },
          right: name,
        },
      ],
    }),
  )
  return { kind: 'count', es: [{ kind: 'equal', left: variable(frame.via), right: name }, ...suspended] }
}

function assumptionsOf(
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

/**
 * The thread is about to run the step (any of the steps) with this label, in its running frame; with a function, any step
 * whose label it picks. MC105.
 */
export function at<L extends string>(
  handle: ThreadHandle<L>,
  label: NoInfer<L> | readonly NoInfer<L>[] | ((label: string) => boolean),
): Expr<boolean> {
  const isWanted = picks(label)
  const values = handle.thread.locations.filter(({ labels }) => labels.some(isWanted))
  return isAt(handle, values, {
    kind: 'label',
    name: typeof label === 'function' ? 'picked' : [label].flat().join("', '"),
  })
}

/** The running frame's call path contains this routine. MC105. */
export function inside<R extends string>(handle: ThreadHandle<string, R>, routine: NoInfer<R>): Expr<boolean> {
  return isAt(
    handle,
    handle.thread.locations.filter(({ path }) => path.includes(routine)),
    { kind: 'routine', name: routine },
  )
}

/** The thread ran to its end. */
export function finished(handle: ThreadHandle): Expr<boolean> {
  const values = handle.thread.locations.filter(({ labels }) => labels.length === 0)
  return values.length === 0
    ? typed<boolean>(node(coerce(false)))
    : isAt(handle, values, { kind: 'label', name: doneName })
}

/** Number of suspended frames. */
export function nesting(handle: ThreadHandle): Expr<number> {
  const { stack } = handle.thread
  return typed<number>(node(stack === null ? coerce(0) : { kind: 'size', of: variable(stack) }))
}

interface Named {
  readonly kind: 'label' | 'routine'
  readonly name: string
}

function isAt(handle: ThreadHandle, locations: Thread['locations'], what: Named): Expr<boolean> {
  if (locations.length === 0) {
    mistake('MC105', `thread '${handle.thread.name}' has no ${what.kind} '${what.name}'`, knownNames(handle, what.kind))
    return typed<boolean>(node(coerce(false)))
  }
  const es = locations.map(
    ({ value }): ExprIr => ({
      kind: 'equal',
      left: handle.counter,
      right: { kind: 'literal', domain: handle.counterDomain, value },
    }),
  )
  const only = es[0]
  return typed<boolean>(node(es.length === 1 && only !== undefined ? only : { kind: 'or', es }))
}

function knownNames({ thread }: ThreadHandle, kind: Named['kind']): string {
  const names = thread.locations.flatMap(({ labels, path }) => (kind === 'label' ? labels : path))
  return names.length === 0 ? `It has no ${kind}s.` : `Its ${kind}s are: ${[...new Set(names)].join(', ')}.`
}
