/**
 * Which instances interfere, which can be seen by the judged properties, and what may enable a disabled one: the tables that
 * stubborn sets are computed from.
 *
 * Two instances interfere if one writes what the other reads or writes. Of one thread only what runs at the same location does:
 * elsewhere nothing of it can run before something that runs here has moved the program counter.
 */

import type { Conjunct, Expr, Instance, Model } from '../../src/model/ir.ts'
import { operandsOf } from '../../src/model/operands.ts'
import type { Parts } from '../../src/model/parts.ts'
import type { Enabling, Interference, Placed } from '../compile/kernel-input.ts'
import { type Cells, cellsOf, rangesAt } from './cells.ts'
import { type Flow, type FlowStep, flowOf, locationTested } from './flow.ts'
import { type CellSet, footprintOf, readsOf } from './footprint.ts'
import { expressionsOf } from './observed.ts'

interface Actor {
  readonly instance: Instance
  readonly reads: CellSet
  readonly writes: CellSet
  /** Null: no thread, or one whose control flow is not known. */
  readonly flow: Flow | null
  readonly step: FlowStep | null
}

/** A conjunct of a guard, and the instances of which one is taken before it can become true. */
interface Enabler {
  readonly e: Expr
  readonly by: readonly number[]
}

/** Of the properties of the model given, which are invariants and `reachable` only. */
export function* interferenceOf(model: Model): Parts<Interference> {
  const cells = cellsOf(model)
  // A thread without a step has nothing to place.
  const flows = model.threads
    .flatMap((_, thread) => flowOf(model, thread, cells) ?? [])
    .filter(({ steps }) => steps.length > 0)
  const actors = model.instances.map((instance, i) => actorOf(model, instance, i, { cells, flows }))
  const rows = createRows(actors.length)
  const threads = flows.map((flow): Placed => {
    const instances = flow.steps.map(({ instance }) => instance)
    return { counter: flow.counter, instances, all: rows.add(instances), located: rows.addAll(instancesAt(flow)) }
  })
  const visible = visibleInstances(model, actors, cells)
  const rivals: (readonly number[])[] = []
  const enablers: (readonly Enabler[])[] = []
  for (const [i, one] of actors.entries()) {
    yield
    rivals.push(actors.flatMap((other, k) => (k !== i && interfere(one, other) ? [k] : [])))
    enablers.push(inOrder(one.instance.guard).map(({ e }) => ({ e, by: enabling(e, i, actors, cells) })))
  }
  const isApart = (i: number, own: Flow, mates: readonly number[]): boolean =>
    own.steps.find(({ instance }) => instance === i)?.from.length === 1 &&
    !visible.includes(i) &&
    (rivals[i] ?? []).every((k) => mates.includes(k)) &&
    (enablers[i] ?? []).every(({ by }) => by.every((k) => actors[k]?.flow === own))
  const apart = new Map(
    flows.flatMap((flow) =>
      instancesAt(flow).flatMap((mates) =>
        mates.every((i) => isApart(i, flow, mates)) ? mates.map((i) => [i, rows.add(mates)] as const) : [],
      ),
    ),
  )
  return {
    interfering: rivals.map((those) => rows.add(those)),
    visible: rows.add(visible),
    guards: enablers.map((conjuncts) => conjuncts.map(({ e, by }): Enabling => ({ e, row: rows.add(by) }))),
    threads,
    apart: actors.map((_, i) => apart.get(i) ?? -1),
    unplaced: rows.add(actors.flatMap(({ flow }, i) => (flow === null ? [i] : []))),
    rows: rows.all,
    maskWords: rows.maskWords,
  }
}

interface Ground {
  readonly cells: Cells
  readonly flows: readonly Flow[]
}

function actorOf(model: Model, instance: Instance, index: number, { cells, flows }: Ground): Actor {
  const { reads, writes } = footprintOf(instance.effect, cells)
  const within = model.assumptions.flatMap((one) => (one.kind === 'within' ? [one.predicate] : []))
  const tested = [...within, ...instance.guard.map(({ e }) => e)].flatMap((e) => [...readsOf(e, cells)])
  const flow = flows.find(({ thread }) => thread === instance.thread) ?? null
  const step = flow?.steps.find((one) => one.instance === index) ?? null
  return { instance, reads: new Set([...reads, ...tested]), writes, flow, step }
}

interface Rows {
  readonly maskWords: number
  readonly all: readonly Int32Array[]
  add(instances: readonly number[]): number
  /** Rows that follow each other; the index of the first. */
  addAll(sets: readonly (readonly number[])[]): number
}

function createRows(instanceCount: number): Rows {
  const maskWords = Math.max(1, Math.ceil(instanceCount / 32))
  const all: Int32Array[] = []
  const known = new Map<string, number>()
  const push = (instances: readonly number[]): number => {
    const row = new Int32Array(maskWords)
    for (const i of instances) row[i >>> 5] = (row[i >>> 5] ?? 0) | (1 << (i & 31))
    return all.push(row) - 1
  }
  return {
    maskWords,
    all,
    add: (instances) => {
      const key = instances.join(' ')
      const row = known.get(key) ?? push(instances)
      known.set(key, row)
      return row
    },
    addAll: (sets) => sets.map(push)[0] ?? 0,
  }
}

function instancesAt({ locations, steps }: Flow): readonly (readonly number[])[] {
  return locations.map((_, location) =>
    steps.flatMap(({ instance, from }) => (from.includes(location) ? [instance] : [])),
  )
}

function share(left: Iterable<number>, right: CellSet): boolean {
  for (const cell of left) if (right.has(cell)) return true
  return false
}

function interfere(one: Actor, other: Actor): boolean {
  if (one.flow !== null && one.flow === other.flow) return share(one.step?.from ?? [], new Set(other.step?.from))
  return share(one.writes, other.reads) || share(one.writes, other.writes) || share(other.writes, one.reads)
}

/** As the kernel tests them: a model's own conjuncts before those of assumptions. */
function inOrder(guard: readonly Conjunct[]): readonly Conjunct[] {
  return [
    ...guard.filter(({ assumption }) => assumption === null),
    ...guard.filter(({ assumption }) => assumption !== null),
  ]
}

/**
 * Instances of which one is taken before this conjunct of instance `index` can become true: those of others that write what it
 * reads, and what else may run where the thread is.
 */
function enabling(e: Expr, index: number, actors: readonly Actor[], cells: Cells): readonly number[] {
  const reads = readsOf(e, cells)
  const own = actors[index]
  return actors.flatMap((other, k) => {
    if (own === undefined || k === index) return []
    const isBeside = own.flow !== null && own.flow === other.flow && own.instance.kind === 'step'
    return (isBeside ? interfere(own, other) : share(other.writes, reads)) ? [k] : []
  })
}

/** What the judged predicates look at: cells, and of program counters that are only compared with locations, those locations. */
function visibleInstances(model: Model, actors: readonly Actor[], cells: Cells): readonly number[] {
  const watched = new Set<number>()
  const places = new Map(
    actors.flatMap(({ flow }) => (flow === null ? [] : [[flow.counter, new Set<string>()] as const])),
  )
  const seen = new Set<Expr>()
  const watch = (e: Expr): void => {
    if (seen.has(e)) return
    seen.add(e)
    for (const [counter, locations] of places) {
      const location = locationTested(e, counter)
      if (location !== null) {
        locations.add(location)
        return
      }
    }
    if (rangesAt(e, cells) === null) for (const operand of operandsOf(e)) watch(operand)
    else for (const cell of readsOf(e, cells)) watched.add(cell)
  }
  for (const property of model.properties) for (const e of expressionsOf(property)) watch(e)
  return actors.flatMap((one, i) => {
    const isSeen = share(one.writes, watched) || isSeenMoving(one, places)
    return isSeen ? [i] : []
  })
}

function isSeenMoving({ flow, step }: Actor, places: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (flow === null || step === null) return false
  const isWatched = (location: number): boolean =>
    places.get(flow.counter)?.has(flow.locations[location] ?? '') === true
  return step.from.some((from) => step.to.some((to) => from !== to && (isWatched(from) || isWatched(to))))
}
