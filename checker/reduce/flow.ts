/**
 * Where a thread's control can go, and what each of its instances does there. The saving and restoring of locals by
 * arrivals is recognised: a copy that comes back to the variable it was made of is no use of the variable.
 */

import type { Expr, Instance, Model, Statement } from '../../src/model/ir.ts'
import { operandsOf } from '../../src/model/operands.ts'
import type { Cells } from './cells.ts'
import { type Footprint, footprintOf, readsOf } from './footprint.ts'
import { observedOf } from './observed.ts'

/** One instance of a thread. Locations are ordinals of the program counter. */
export interface FlowStep extends Footprint {
  readonly instance: number
  readonly from: readonly number[]
  /** Where control may be afterwards. */
  readonly to: readonly number[]
}

export interface Flow {
  readonly thread: number
  readonly counter: string
  readonly locations: readonly string[]
  readonly steps: readonly FlowStep[]
}

/** Null where the program counter does not tell what a thread may do: somebody else writes it, say. */
export function flowOf(model: Model, thread: number, cells: Cells): Flow | null {
  const counter = model.threads[thread]?.counter ?? ''
  const range = cells.byVariable.get(counter)
  if (range?.domain.kind !== 'enumeration') return null
  const locations = range.domain.values
  const stack = savedLocals(model, thread)
  const steps: FlowStep[] = []
  for (const [i, instance] of model.instances.entries()) {
    const own = footprintOf(
      instance.effect.filter((statement) => stack === null || !isPush(statement, stack)),
      cells,
    )
    if (instance.thread !== thread) {
      if (own.writes.has(range.first)) return null
      continue
    }
    const from = locationsOf(instance, counter, locations)
    if (from === null) return null
    const guards = instance.guard.flatMap(({ e }) => [...readsOf(e, cells)])
    const reads = new Set([...guards, ...own.reads])
    const to = targetsOf(instance.effect, { counter, locations }, from)
    // A step that may stay where it is changes the state by what it writes: that must not be taken back.
    const isStaying = from.some((location) => to.includes(location)) && !movesFrames(instance, stack)
    if (isStaying) for (const cell of own.writes) reads.add(cell)
    steps.push({ instance: i, from, to, ...own, reads })
  }
  return { thread, counter, locations, steps }
}

/** Ordinals of the locations where an instance may run; null if its guard does not begin with the program counter. */
function locationsOf(instance: Instance, counter: string, locations: readonly string[]): readonly number[] | null {
  const all = locations.map((_, i) => i)
  if (instance.kind === 'arrival') {
    const barred = instance.guard.flatMap(({ e }) => (e.kind === 'not' ? (locationTested(e.e, counter) ?? []) : []))
    return all.filter((i) => !barred.includes(locations[i] ?? ''))
  }
  const [first] = instance.guard
  const at = first === undefined || first.assumption !== null ? null : locationTested(first.e, counter)
  return at === null ? null : all.filter((i) => locations[i] === at)
}

/** The location that `counter = location` asks for. */
export function locationTested(e: Expr, counter: string): string | null {
  if (e.kind !== 'equal' || e.left.kind !== 'variable' || e.left.name !== counter) return null
  return e.right.kind === 'literal' ? String(e.right.value) : null
}

interface Counter {
  readonly counter: string
  readonly locations: readonly string[]
}

function targetsOf(
  statements: readonly Statement[],
  { counter, locations }: Counter,
  from: readonly number[],
): readonly number[] {
  let at = from
  const after = (ways: readonly (readonly Statement[])[]): readonly number[] => [
    ...new Set(ways.flatMap((way) => targetsOf(way, { counter, locations }, at))),
  ]
  for (const statement of statements) {
    if (statement.kind === 'when') at = after([statement.then, statement.otherwise])
    if (statement.kind === 'choose') at = after(statement.alternatives.map(({ then }) => then))
    if (statement.kind !== 'assign' || statement.place.kind !== 'variable' || statement.place.name !== counter) continue
    const { e } = statement
    at = e.kind === 'literal' ? [locations.indexOf(String(e.value))] : locations.map((_, i) => i)
  }
  return at
}

/** A stack of suspended frames whose fields come back to the variables that they were copied from. */
interface Stack {
  readonly name: string
  /** For each field of a frame, the variable that it saves. */
  readonly saves: ReadonlyMap<string, string>
}

/** Null: no stack, or one that is read in another way than by pushing and popping. */
function savedLocals(model: Model, thread: number): Stack | null {
  const name = model.threads[thread]?.stack ?? null
  const domain = model.variables.find((v) => v.name === name)?.domain
  if (name === null || domain?.kind !== 'sequence' || domain.element.kind !== 'record') return null
  const saves = new Map<string, string>()
  for (const instance of model.instances) {
    for (const statement of instance.effect) {
      const restored = restoredField(statement, name)
      if (restored === null) continue
      const { field, variable } = restored
      if ((saves.get(field) ?? variable) !== variable) return null
      saves.set(field, variable)
    }
  }
  const stack = { name, saves }
  return isOnlyMoved(model, stack) ? stack : null
}

function restoredField(
  statement: Statement,
  stack: string,
): { readonly field: string; readonly variable: string } | null {
  if (statement.kind !== 'assign' || statement.place.kind !== 'variable' || statement.e.kind !== 'field') return null
  const { of, name } = statement.e
  if (of.kind !== 'last' || of.of.kind !== 'variable' || of.of.name !== stack) return null
  return { field: name, variable: statement.place.name }
}

function isVariable(e: Expr, name: string): boolean {
  return e.kind === 'variable' && e.name === name
}

function isPush(statement: Statement, { name, saves }: Stack): boolean {
  if (statement.kind !== 'assign' || !isVariable(statement.place, name) || statement.e.kind !== 'append') return false
  const { sequence, element } = statement.e
  if (!isVariable(sequence, name) || element.kind !== 'construct' || element.domain.kind !== 'record') return false
  return element.domain.fields.every(({ name: field }, i) => {
    const item = element.items[i]
    const saved = saves.get(field)
    // Without a way back nobody misses what is saved.
    return item !== undefined && item.kind === 'variable' && (saved === undefined || item.name === saved)
  })
}

/** An arrival, or the last step of a handler: the stack changes whatever the program counter does. */
function movesFrames({ effect }: Instance, stack: Stack | null): boolean {
  return (
    stack !== null && effect.some((statement) => statement.kind === 'assign' && isVariable(statement.place, stack.name))
  )
}

/** Fields that say which frames there are may be looked at; those that hold locals may only come back. */
const structure: readonly string[] = ['pc', 'via']

function isOnlyMoved(model: Model, stack: Stack): boolean {
  const isPeek = (e: Expr): boolean => {
    if (e.kind === 'size' && isVariable(e.of, stack.name)) return true
    if (e.kind !== 'field' || !structure.includes(e.name)) return false
    return (e.of.kind === 'index' || e.of.kind === 'last') && isVariable(e.of.of, stack.name)
  }
  // An expression may be used many times.
  const known = new Map<Expr, boolean>()
  const isFree = (e: Expr): boolean => {
    const found = known.get(e) ?? (isPeek(e) || (!isVariable(e, stack.name) && operandsOf(e).every(isFree)))
    known.set(e, found)
    return found
  }
  const isFreeStatement = (statement: Statement): boolean => {
    switch (statement.kind) {
      case 'assign':
        if (isPush(statement, stack) || restoredField(statement, stack.name) !== null) return true
        if (isVariable(statement.place, stack.name))
          return statement.e.kind === 'front' && isVariable(statement.e.of, stack.name)
        return isFree(statement.e) && isFree(statement.place)
      case 'check':
        return isFree(statement.condition)
      case 'when':
        return isFree(statement.condition) && [...statement.then, ...statement.otherwise].every(isFreeStatement)
      case 'choose':
        return statement.alternatives.every(
          ({ given, then }) => (given === null || isFree(given)) && then.every(isFreeStatement),
        )
    }
  }
  return (
    observedOf(model).every(isFree) &&
    model.instances.every(({ guard, effect }) => guard.every(({ e }) => isFree(e)) && effect.every(isFreeStatement))
  )
}
