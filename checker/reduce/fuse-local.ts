/**
 * Local steps are fused with the step before them: a thread that comes to a location where all it can do concerns itself
 * alone goes on at once, and the location in between is no state any more.
 *
 * Such a location has one step, or a test and its opposite; nothing can arrive there; the steps read and write only what no other
 * instance touches and nobody looks at, and cannot raise an error. Each location is passed once, so no cycle is closed.
 *
 * The fused steps are a choice at the end of the effect, under a name of their own, from which a run is told step by step.
 */

import { type Scope, scopeOf } from '../../src/model/domain-of.ts'
import type { Alternative, Expr, Instance, Model, Statement } from '../../src/model/ir.ts'
import { createNumbering } from '../../src/model/numbering.ts'
import { operandsOf, partsOf } from '../../src/model/operands.ts'
import { cannotRaise, cannotRaiseOnAssignment } from '../../src/model/raising.ts'
import { type Cells, cellsOf, isExact, rangesAt } from './cells.ts'
import { type Flow, flowOf, locationTested } from './flow.ts'
import { type CellSet, footprintOf, readsOf } from './footprint.ts'
import { observedOf } from './observed.ts'

/** The name of the choices that fused steps are; a value is the index of an instance. No spec can write it. */
export const fusedName = '\u0000fused'

interface Ground {
  readonly model: Model
  readonly cells: Cells
  readonly scope: Scope
  /** For each cell the threads that touch it; null stands for an instance without one, and for who looks on. */
  readonly touching: readonly ReadonlySet<number | null>[]
}

/** Of the properties of the model given: a caller who judges only some gives the model with those. */
export function fuseLocal(model: Model): Model {
  const cells = cellsOf(model)
  const flows = model.threads.flatMap(({ stack }, thread) =>
    stack === null ? (flowOf(model, thread, cells) ?? []) : [],
  )
  const ground = { model, cells, scope: scopeOf(model), touching: touchingOf(model, cells, flows) }
  const instances = [...model.instances]
  for (const flow of flows) {
    const local = localLocations(ground, flow)
    for (const { instance: index, to } of flow.steps) {
      const instance = model.instances[index]
      const rest = to.length === 1 ? goOn(ground, local, to[0] ?? 0, new Set()) : null
      if (instance !== undefined && rest !== null)
        instances[index] = { ...instance, effect: [...instance.effect, rest] }
    }
  }
  return { ...model, instances }
}

function touchingOf(model: Model, cells: Cells, flows: readonly Flow[]): readonly ReadonlySet<number | null>[] {
  const touching = cells.all.map(() => new Set<number | null>())
  const touch = (found: CellSet, by: number | null): void => {
    for (const cell of found) touching[cell]?.add(by)
  }
  for (const instance of model.instances) {
    const { reads, writes } = footprintOf(instance.effect, cells)
    for (const one of [reads, writes, ...instance.guard.map(({ e }) => readsOf(e, cells))]) touch(one, instance.thread)
  }
  // A program counter that is only compared with locations is looked at there alone.
  const seen = new Set<Expr>()
  const look = (e: Expr): void => {
    if (seen.has(e)) return
    seen.add(e)
    if (flows.some(({ counter }) => locationTested(e, counter) !== null)) return
    if (rangesAt(e, cells) === null) for (const operand of operandsOf(e)) look(operand)
    else touch(readsOf(e, cells), null)
  }
  for (const e of observedOf(model)) look(e)
  return touching
}

interface Local {
  readonly instances: readonly number[]
  /** Where each leads. */
  readonly to: readonly number[]
}

function localLocations(ground: Ground, flow: Flow): ReadonlyMap<number, Local> {
  const watched = watchedLocations(ground.model, flow.counter)
  const found = new Map<number, Local>()
  for (const [location, name] of flow.locations.entries()) {
    const steps = flow.steps.filter(({ from }) => from.includes(location))
    const bodies = steps.flatMap(({ instance }) => ground.model.instances[instance] ?? [])
    const targets = steps.flatMap(({ to }) => (to.length === 1 ? to : []))
    const isSeen = [name, ...targets.map((target) => flow.locations[target] ?? '')].some((one) => watched.has(one))
    if (isSeen || targets.length !== steps.length || targets.includes(location)) continue
    if (!isCovering(bodies) || !bodies.every((one) => isPrivate(ground, flow, one))) continue
    found.set(location, { instances: steps.map(({ instance }) => instance), to: targets })
  }
  return found
}

function watchedLocations(model: Model, counter: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const e of observedOf(model)) {
    for (const part of partsOf(e)) {
      const location = locationTested(part, counter)
      if (location !== null) found.add(location)
    }
  }
  return found
}

/** What a guard asks for besides the location. */
function conditionsOf({ guard }: Instance): readonly Expr[] {
  return guard.slice(1).map(({ e }) => e)
}

/** One step without a condition, or two of which always exactly one is possible. */
function isCovering(steps: readonly Instance[]): boolean {
  const [first, second] = steps.map(conditionsOf)
  if (steps.some(({ guard }) => guard.some(({ assumption }) => assumption !== null)) || first === undefined)
    return false
  if (second === undefined) return first.length === 0
  const [one, other] = [first[0], second[0]]
  if (steps.length > 2 || first.length !== 1 || second.length !== 1 || one === undefined || other === undefined)
    return false
  const numberOf = createNumbering()
  const isOpposite = (e: Expr, not: Expr): boolean => not.kind === 'not' && numberOf(not.e) === numberOf(e)
  return isOpposite(one, other) || isOpposite(other, one)
}

function isPrivate({ cells, scope, touching }: Ground, flow: Flow, step: Instance): boolean {
  const { reads, writes } = footprintOf(step.effect, cells)
  const conditions = conditionsOf(step)
  const touched = [...reads, ...writes, ...conditions.flatMap((e) => [...readsOf(e, cells)])]
  return (
    touched.every((cell) => [...(touching[cell] ?? [])].every((by) => by === flow.thread)) &&
    conditions.every((e) => cannotRaise(e, scope)) &&
    step.effect.every(
      (one) => one.kind === 'assign' && isExact(one.place, cells) && cannotRaiseOnAssignment(one, scope),
    )
  )
}

/** What is done at once from a location on; null where the thread stops to be looked at. */
function goOn(
  ground: Ground,
  local: ReadonlyMap<number, Local>,
  location: number,
  passed: ReadonlySet<number>,
): Statement | null {
  const here = local.get(location)
  const [first] = here?.instances ?? []
  const source = first === undefined ? undefined : ground.model.instances[first]?.source
  if (here === undefined || source === undefined || passed.has(location)) return null
  const alternatives = here.instances.map((index, i): Alternative => {
    const step = ground.model.instances[index]
    const rest = goOn(ground, local, here.to[i] ?? 0, new Set([...passed, location]))
    const [given = null] = step === undefined ? [] : conditionsOf(step)
    return { value: index, given, then: [...(step?.effect ?? []), ...(rest === null ? [] : [rest])] }
  })
  return { kind: 'choose', name: fusedName, alternatives, source }
}
