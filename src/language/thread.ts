/**
 * Threads: lowers sequential code and arrivals to guarded instances over a program counter.
 */

import type { Assumption, Domain, Source, Statement as StatementIr, Strength, Thread } from '../model/ir.ts'
import type { Ways } from '../model/ways.ts'
import { type Arrival, mostNested } from './arrival.ts'
import { assumptionsOf } from './arrival-limits.ts'
import { here } from './blame.ts'
import type { Declared } from './domain.ts'
import { coerce, declared, nameOf } from './expression.ts'
import { strengthOf } from './fairness.ts'
import type { Predicate } from './formula.ts'
import { counterOf, declareStack, doneName, frameOf, localsOf, popFrame, variable } from './frame.ts'
import { type LabelOf, type Line, type Lines, linesOf, type Names, type RoutineOf } from './line.ts'
import { canonical, type Exit, exitsOf, type Location, lower, newLocation, reachable, waysOf } from './lower.ts'
import { arrivalDraft, type Build, counterAt, lowerHandler, own } from './lower-arrival.ts'
import { demandCount, demandKeys, demandLane, fatalMistake, mistake } from './mistakes.ts'
import type { Draft, Selected } from './selection.ts'
import { declare, type Variables } from './state.ts'
import { named } from './unknown-member.ts'

type Locals = { readonly [name: string]: Declared<unknown> }

export interface ThreadOptions<I extends string, L extends Locals, A extends Arrival = Arrival> {
  /** All steps of a thread form one group; idle steps and arrivals do not belong to it. */
  readonly fair?: Strength
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

const optionKeys = { fair: true, lane: true, runs: true, locals: true, arrivals: true, depth: true } as const

/** A thread that has been lowered: what `at`, `inside`, fairness and `taken` refer to. */
export interface ThreadHandle<Label extends string = string, Routine extends string = string>
  extends Selected,
    Ways,
    Names<Label, Routine> {
  readonly thread: Thread
  readonly strength: Strength | null
  readonly fairDrafts: readonly Draft[]
  readonly arrivalGroups: readonly {
    readonly name: string
    readonly strength: Strength
    readonly drafts: readonly Draft[]
  }[]
  readonly assumptions: readonly Assumption[]
}

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
  demandNames(ids)
  if (typeof code !== 'function')
    fatalMistake('MC107', 'the threads have no code', "Write threads(['p0', 'p1'], { … }, (me) => [step(…), …]).")
  const handles = ids.map((id, i) => [id, lowerThread(id, options, (me, local) => code(me, local, i))])
  return named('MC105', 'there is no thread', Object.fromEntries(handles))
}

/** MC107 for numbers and the like, in a spec that was not type-checked; MC101 for a name that occurs twice. */
function demandNames(ids: readonly unknown[]): void {
  const hint = "Name threads by labels: threads(['p0', 'p1'], …)."
  if (!Array.isArray(ids)) fatalMistake('MC107', `${nameOf(ids)} is no list of names of threads`, hint)
  if (ids.length === 0) mistake('MC107', 'the list of threads is empty', hint)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice !== undefined) fatalMistake('MC101', `the thread '${nameOf(twice)}' occurs twice`, 'Rename one of them.')
  const wrong = ids.filter((id) => typeof id !== 'string' || id.trim() === '')
  if (wrong.length > 0) fatalMistake('MC107', `${nameOf(wrong[0]) || 'an empty text'} is no name of a thread`, hint)
}

/** MC107 for a key that means nothing, and for a value of the wrong kind, in a spec that was not type-checked. */
function demandOptions<I extends string, L extends Locals>(
  id: string,
  options: ThreadOptions<I, L>,
  source: Source,
): void {
  demandKeys(`\`threads\``, options, optionKeys, source)
  const { locals } = options
  for (const key of ['lane', 'runs'] as const) {
    const given: unknown = options[key]
    const what = `\`${key}\` of thread '${id}' is ${nameOf(given)}, and no function`
    if (given !== undefined && typeof given !== 'function')
      fatalMistake('MC107', what, `Write ${key}: (me) => ….`, source)
  }
  if (locals !== undefined && typeof locals !== 'object')
    mistake(
      'MC107',
      `\`locals\` of thread '${id}' is ${nameOf(locals)}`,
      'Write locals: { seen: bool.starts(false) }.',
      source,
    )
}

/** MC101 for a name that occurs twice; MC107 for what is no list, in a spec that was not type-checked. */
function arrivalsOf<I extends string, L extends Locals>(
  id: I,
  local: Variables<L>,
  { arrivals }: ThreadOptions<I, L>,
  source: Source,
): readonly Arrival[] {
  if (arrivals === undefined) return []
  const given = typeof arrivals === 'function' ? arrivals(id, local) : null
  if (Array.isArray(given)) {
    const twice = given.find(({ name }, i) => given.findIndex((one) => one.name === name) !== i)
    if (twice !== undefined)
      mistake('MC101', `thread '${id}' has two arrivals '${twice.name}'`, 'Rename one of them.', source)
    return given
  }
  const what = `\`arrivals\` of thread '${id}' is no function that gives a list`
  mistake('MC107', what, 'Write arrivals: (me, locals) => [arrival(…)].', source)
  return []
}

function lowerThread<I extends string, L extends Locals>(
  id: I,
  options: ThreadOptions<I, L>,
  code: (me: I, local: Variables<L>) => Lines,
): ThreadHandle {
  const source = here()
  demandOptions(id, options, source)
  if (declared.has(counterOf(id))) fatalMistake('MC101', `there are two threads '${id}'`, 'Rename one of them.', source)
  const depth = demandCount('`depth`', options.depth, mostNested, source)
  const declarations = Object.entries(options.locals ?? {})
  const made = declarations.map(([name, declaration]) => [name, declare(`${id}.${name}`, declaration, 'data')])
  const local: Variables<L> = named('MC201', `thread '${id}' has no local`, Object.fromEntries(made))
  const done = newLocation()
  const start = canonical(lower(codeOf(id, code(id, local), source), done))
  const arrivals = arrivalsOf(id, local, options, source)
  const handlers = arrivals.map((one) => canonical(lowerHandler(one)))
  const places = reachable([start, ...handlers])
  const names = nameLocations(places, done)
  const counterDomain: Domain = { kind: 'enumeration', values: [...names.values()] }
  const frame = frameOf(id, localsOf(id, options.locals ?? {}), counterDomain, arrivals)
  declare(frame.counter, { domain: counterDomain, initial: names.get(start) ?? doneName }, 'control')
  const stack = arrivals.length === 0 ? null : declareStack(frame, arrivals, depth, source)
  const lane = options.lane?.(id) ?? id
  demandLane(`thread '${id}'`, lane, source)
  const runs = options.runs === undefined ? [] : [coerce(options.runs(id))]
  const counter = variable(frame.counter)
  const locations = [...names].map(([at, value]) => ({ value, path: at.path, ways: waysOf(at, done) }))
  const build: Build = { frame, names, counter, counterDomain, locations, runs, lane, capacity: stack ?? 0, depth }
  const steps = places.flatMap((place) =>
    exitsOf(place).map((exit) => ({ exit, draft: stepDraft(build, place, exit) })),
  )
  const taken = arrivals.map((one, i) => arrivalDraft(build, one, handlers[i] ?? done))
  return {
    selectionName: id,
    drafts: [...steps.map(({ draft }) => draft), ...taken],
    thread: {
      name: id,
      lane,
      counter: frame.counter,
      stack: stack === null ? null : frame.frames,
      locations,
    },
    counter,
    counterDomain,
    locations,
    strength: strengthOf(options.fair),
    fairDrafts: steps.filter(({ exit }) => !exit.isIdle).map(({ draft }) => draft),
    arrivalGroups: arrivals.flatMap((one, i) => {
      const draft = taken[i]
      const strength = strengthOf(one.fair)
      if (strength === null || draft === undefined) return []
      return [{ name: `${id}: ${one.name}`, strength, drafts: [draft] }]
    }),
    assumptions: assumptionsOf(frame, arrivals, depth, source),
  }
}

function codeOf(id: string, lines: Lines, source: Source): readonly Line[] {
  if (lines === undefined)
    mistake('MC107', `the code of thread '${id}' returns nothing`, 'Return its lines: (me) => forever(…).', source)
  return linesOf(lines)
}

/** Short unique text for each location: its call path and the labels that may run there. */
function nameLocations(locations: readonly Location[], done: Location): ReadonlyMap<Location, string> {
  const names = new Map<Location, string>()
  const used = new Map<string, number>()
  for (const location of locations) {
    const exits = exitsOf(location)
    const path = exits[0]?.path ?? []
    const what = exits.length === 0 ? steplessNames(location, done) : exits.map((exit) => exit.label)
    const place = [...new Set(what)].join(' | ')
    const text = path.length === 0 ? place : `${path.join(' > ')}: ${place}`
    const uses = (used.get(text) ?? 0) + 1
    used.set(text, uses)
    names.set(location, uses === 1 ? text : `${text} (${uses})`)
  }
  return names
}

/** Of a location that no step leaves; an `either` without alternatives leads nowhere. */
function steplessNames(location: Location, done: Location): readonly string[] {
  const ways = waysOf(location, done)
  return ways.length === 0 ? ['stuck'] : ways.map(({ kind }) => (kind === 'end' ? doneName : 'forever'))
}

function stepDraft(build: Build, at: Location, exit: Exit): Draft {
  const { frame } = build
  const { source } = exit
  const leave: readonly StatementIr[] =
    exit.target === null
      ? popFrame(frame, source)
      : [{ kind: 'assign', place: variable(frame.counter), e: counterAt(build, exit.target), source }]
  return {
    actionName: exit.path.length === 0 ? exit.label : `${exit.path.join(' > ')}: ${exit.label}`,
    instance: {
      binding: { thread: frame.id },
      lane: build.lane,
      kind: 'step',
      thread: null,
      path: exit.path,
      label: exit.label,
      ...(exit.isIdle ? { isIdle: true } : {}),
      source,
      guard: [
        own({ kind: 'equal', left: variable(frame.counter), right: counterAt(build, at) }),
        ...build.runs.map((e) => own(e)),
        ...exit.guard.map((e) => own(e)),
      ],
      effect: [...exit.effect, ...(canonical(exit.target ?? at) === at && exit.target !== null ? [] : leave)],
    },
  }
}
