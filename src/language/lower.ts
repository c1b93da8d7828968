/**
 * Sequential code to a graph of locations: where control can be, and which steps lead on from there.
 */

import type { Expr as ExprIr, Source, Way } from '../model/ir.ts'
import type { Line, Step } from './line.ts'
import { mistake } from './mistakes.ts'

/** Where control can be. A location made by `either` or a loop head stands for others: their steps are its own. */
export interface Location {
  readonly path: readonly string[]
  readonly exits: Exit[]
  /** Locations whose exits are this one's too, some of them only where a condition holds. */
  readonly same: Alias[]
}

interface Alias {
  readonly location: Location
  readonly guard: readonly ExprIr[]
}

/** A step that leaves a location. */
export interface Exit extends Omit<Step, 'kind'> {
  readonly path: readonly string[]
  /** Null: the frame ends here (the last step of a handler). */
  readonly target: Location | null
  /** Under which conditions of `decide` it is the next step at all; they are part of its guard. */
  readonly decided: readonly ExprIr[]
}

export function newLocation(path: readonly string[] = []): Location {
  return { path, exits: [], same: [] }
}

/** Where a line stands: in which routines, and where `leave` leads (null: there is nothing to leave). */
interface Surroundings {
  readonly path: readonly string[]
  readonly after: { readonly loop: Location | null; readonly routine: Location | null }
}

/** The entry of a thread's or a handler's lines, which go on at `next`. */
export function lower(lines: readonly Line[], next: Location): Location {
  return lowerLines(lines, next, { path: [], after: { loop: null, routine: null } })
}

function lowerLines(lines: readonly Line[], next: Location, around: Surroundings): Location {
  return lines.reduceRight((target, line) => lowerLine(line, target, around), next)
}

function lowerLine(line: Line, next: Location, around: Surroundings): Location {
  const { path } = around
  const inLoop = { path, after: { ...around.after, loop: next } }
  switch (line.kind) {
    case 'step': {
      const location = newLocation(path)
      location.exits.push({ ...line, path, target: next, decided: [] })
      return location
    }
    case 'call':
      return lowerLines(line.body, next, { path: [...path, line.routine], after: { loop: null, routine: next } })
    case 'branch':
      return test(line, path, newLocation(path), {
        then: lowerLines(line.then, next, around),
        otherwise: lowerLines(line.otherwise, next, around),
      })
    case 'loop': {
      const head = newLocation(path)
      return test(line, path, head, { then: lowerLines(line.body, head, inLoop), otherwise: next })
    }
    case 'repeat': {
      const tail = newLocation(path)
      const entry = lowerLines(line.body, tail, inLoop)
      test(line, path, tail, { then: entry, otherwise: next })
      return entry
    }
    case 'forever': {
      const head = newLocation(path)
      head.same.push({ location: lowerLines(line.body, head, inLoop), guard: [] })
      return head
    }
    case 'either': {
      const head = newLocation(path)
      head.same.push(...line.alternatives.map((lines) => ({ location: lowerLines(lines, next, around), guard: [] })))
      return head
    }
    case 'decide': {
      const { condition } = line
      const head = newLocation(path)
      head.same.push(
        { location: lowerLines(line.then, next, around), guard: [condition] },
        { location: lowerLines(line.otherwise, next, around), guard: [{ kind: 'not', e: condition }] },
      )
      return head
    }
    case 'leave': {
      const target = around.after[line.what]
      if (target === null) nothingToLeave(line.what, line.source)
      return target ?? next
    }
  }
}

function nothingToLeave(what: 'loop' | 'routine', source: Source): void {
  const hint =
    what === 'loop'
      ? 'Put it into a loop, a repeat or a forever; a routine cannot leave the loop of its caller.'
      : 'Put it into a routine that is called.'
  mistake('MC107', `there is no ${what} to leave`, hint, source)
}

interface Test {
  readonly label: string
  readonly condition: ExprIr
  readonly source: Source
}

function test(
  line: Test,
  path: readonly string[],
  location: Location,
  ways: { readonly then: Location; readonly otherwise: Location },
): Location {
  const { label, condition, source } = line
  const common = { label, path, effect: [], isIdle: false, source, decided: [] }
  location.exits.push({ ...common, guard: [condition], target: ways.then })
  location.exits.push({ ...common, guard: [{ kind: 'not', e: condition }], target: ways.otherwise })
  return location
}

/** A location that another one stands for, and under which conditions of `decide`. */
interface Shared {
  readonly location: Location
  readonly decided: readonly ExprIr[]
  /** Control comes back to it without a step. */
  readonly isRound: boolean
}

/** A location and those that it stands for, in program order. */
function sharedBy(
  location: Location,
  decided: readonly ExprIr[] = [],
  seen: ReadonlySet<Location> = new Set(),
): readonly Shared[] {
  if (seen.has(location)) return [{ location, decided, isRound: true }]
  const inner = new Set([...seen, location])
  return [
    { location, decided, isRound: false },
    ...location.same.flatMap(({ location: other, guard }) => sharedBy(other, [...decided, ...guard], inner)),
  ]
}

/** All exits of a location, those it shares included. */
export function exitsOf(location: Location): readonly Exit[] {
  return exitsAmong(sharedBy(location))
}

function exitsAmong(shared: readonly Shared[]): readonly Exit[] {
  return shared.flatMap(({ location: { exits }, decided, isRound }) =>
    isRound ? [] : exits.map((exit) => ({ ...exit, guard: [...decided, ...exit.guard], decided })),
  )
}

/** All ways on from a location: its steps, and those without one, to the end of the thread or round a loop for ever. */
export function waysOf(location: Location, done: Location): readonly Way[] {
  const shared = sharedBy(location)
  return [
    ...exitsAmong(shared).map(({ label, decided }): Way => ({ kind: 'step', label, decided })),
    ...shared.flatMap(({ location: at, decided, isRound }): readonly Way[] =>
      at === done ? [{ kind: 'end', decided }] : isRound ? [{ kind: 'round', decided }] : [],
    ),
  ]
}

/** Follows locations that stand for exactly one other, so that both get one name. */
export function canonical(location: Location): Location {
  let found = location
  for (let hops = 0; found.exits.length === 0 && found.same.length === 1 && hops < 1000; hops++) {
    const [only] = found.same
    if (only === undefined || only.guard.length > 0) break
    found = only.location
  }
  return found
}

/** Every location that control can reach from the entries, in program order. */
export function reachable(entries: readonly Location[]): readonly Location[] {
  const found: Location[] = []
  const pending = entries.map(canonical).reverse()
  const seen = new Set<Location>()
  for (let location = pending.pop(); location !== undefined; location = pending.pop()) {
    if (seen.has(location)) continue
    seen.add(location)
    found.push(location)
    const targets = exitsOf(location).flatMap((exit) => (exit.target === null ? [] : [canonical(exit.target)]))
    pending.push(...targets.reverse())
  }
  return found
}
