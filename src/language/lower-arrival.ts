/**
 * Arrivals to guarded instances, one for each thread: a frame is pushed, the hardware acts, the handler begins.
 */

import type { Conjunct, Expr as ExprIr } from '../model/ir.ts'
import { comingNext, isAt, labelsOf, type Ways, whenDecided } from '../model/ways.ts'
import type { Arrival } from './arrival.ts'
import { limitConjuncts, type Stack, spendBudget } from './arrival-limits.ts'
import { coerce } from './expression.ts'
import { doneName, pushFrame, variable } from './frame.ts'
import { picks } from './labels.ts'
import { linesOf } from './line.ts'
import { canonical, type Location, lower, newLocation } from './lower.ts'
import { mistake } from './mistakes.ts'
import type { Draft } from './selection.ts'
import { statementsOf } from './statement.ts'

/** What every instance of a thread shares. */
export interface Build extends Stack, Ways {
  readonly names: ReadonlyMap<Location, string>
  /** Guards of every step and arrival. */
  readonly runs: readonly ExprIr[]
  readonly lane: string
}

export const own = (e: ExprIr): Conjunct => ({ name: null, e, assumption: null })

/** The program counter's value at a location. */
export function counterAt({ frame, names }: Build, at: Location): ExprIr {
  return { kind: 'literal', domain: frame.counterDomain, value: names.get(canonical(at)) ?? doneName }
}

/** The entry of a handler; its last step returns to the suspended frame. MC107. */
export function lowerHandler(one: Arrival): Location {
  const end = newLocation()
  if (one.returns.kind !== 'step') {
    mistake('MC107', `'${one.name}' must return by a step`, 'Give `returns: step(…)`.', one.source)
    return end
  }
  end.exits.push({ ...one.returns, path: [], target: null, decided: [] })
  return lower(linesOf(one.runs), end)
}

export function arrivalDraft(build: Build, one: Arrival, handler: Location): Draft {
  const { frame } = build
  const { source } = one
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
        ...ended(build),
        ...build.runs.map((e) => own(e)),
        ...barred(build, one),
        own(coerce(one.when)),
        ...limitConjuncts(build, one),
      ],
      effect: [
        ...pushFrame(frame, one),
        ...spendBudget(one),
        ...statementsOf(one.does ?? []),
        { kind: 'assign', place: variable(frame.counter), e: counterAt(build, handler), source },
      ],
    },
  }
}

/** Not where the thread has ended, or would end if it went on. */
function ended(build: Build): readonly Conjunct[] {
  return build.locations.flatMap(({ value, ways }) => {
    const others = ways.filter(({ kind }) => kind !== 'end')
    if (others.length === ways.length) return []
    const there = isAt(build, value)
    if (others.length === 0) return [own({ kind: 'not', e: there })]
    const on = whenDecided(others)
    return on === null ? [] : [own({ kind: 'implies', left: there, right: on })]
  })
}

/** Not where a step comes next that rules it out. MC105 for a label that no step has. */
function barred(build: Build, one: Arrival): readonly Conjunct[] {
  const labels = one.notAt ?? []
  const isBarred = picks(labels)
  const known = new Set(build.locations.flatMap(labelsOf))
  const named = typeof labels === 'function' ? [] : [labels].flat()
  const unknown = named.find((label) => !known.has(label))
  if (unknown !== undefined) {
    mistake(
      'MC105',
      `'${one.name}' cannot arrive at '${unknown}', but no step has that label`,
      'Check `notAt`.',
      one.source,
    )
  }
  const places = comingNext(build, (way) => way.kind === 'step' && isBarred(way.label))
  return places.map((e) => own({ kind: 'not', e }))
}
