/**
 * The order in which the statements of `initially` are run. Two that have nothing to do with each other can change places, and the one comes first
 * that writes what counts more in the order of states: so states are mostly found in their order.
 */

import { type Scope, scopeOf } from '../../src/model/domain-of.ts'
import type { Model, Statement } from '../../src/model/ir.ts'
import { cannotRaiseOnAssignment } from '../../src/model/raising.ts'
import { type Cells, cellsOf } from '../reduce/cells.ts'
import { type CellSet, type Footprint, footprintOf } from '../reduce/footprint.ts'
import type { Layout, Leaf, Slot } from './layout.ts'

/** A statement of `initially`. */
export interface Start {
  readonly statement: Statement
  /** It leads from any state to the same changes, of what no other statement changes. */
  readonly isIndependent: boolean
}

/** The same statements, in an order that leads to the same states. */
export function inOrderOfStates(model: Model, layout: Layout): readonly Start[] {
  const cells = cellsOf(model)
  const weights = weightsOf(model, layout)
  const scope = scopeOf(model)
  const placed: Placed[] = []
  for (const statement of model.initially) {
    const one = placedOf(statement, { cells, weights, scope })
    let at = placed.length
    while (at > 0 && goesBefore(one, placed[at - 1] as Placed)) at--
    placed.splice(at, 0, one)
  }
  return placed.map((one) => ({ statement: one.statement, isIndependent: isIndependent(one, placed) }))
}

function isIndependent(one: Placed, all: readonly Placed[]): boolean {
  const { reads, writes } = one.footprint
  return (
    one.isHarmless &&
    reads.size === 0 &&
    all.every((other) => other === one || areApart(writes, other.footprint.writes))
  )
}

interface Placed {
  readonly statement: Statement
  readonly footprint: Footprint
  /** Of what it writes, the most. */
  readonly weight: number
  /** It goes at least one way, and raises no error. */
  readonly isHarmless: boolean
}

interface Knowledge {
  readonly cells: Cells
  /** Of each cell, how much it counts in the order of states. */
  readonly weights: readonly number[]
  readonly scope: Scope
}

function placedOf(statement: Statement, { cells, weights, scope }: Knowledge): Placed {
  const footprint = footprintOf([statement], cells)
  let weight = Number.NEGATIVE_INFINITY
  for (const cell of footprint.writes) weight = Math.max(weight, weights[cell] as number)
  return { statement, footprint, weight, isHarmless: isHarmless(statement, scope) }
}

/** Whether the later one can be run before the earlier one, and counts more. */
function goesBefore(later: Placed, earlier: Placed): boolean {
  return later.weight > earlier.weight && canChangePlaces(later, earlier)
}

/** What keeps others from being run, or fails, stays where it is: else errors would be raised that are not, or the other way round. */
function canChangePlaces(one: Placed, other: Placed): boolean {
  if (!one.isHarmless || !other.isHarmless) return false
  const [left, right] = [one.footprint, other.footprint]
  return areApart(left.writes, right.writes) && areApart(left.writes, right.reads) && areApart(left.reads, right.writes)
}

function areApart(some: CellSet, others: CellSet): boolean {
  for (const cell of some) if (others.has(cell)) return false
  return true
}

function isHarmless(statement: Statement, scope: Scope): boolean {
  if (statement.kind === 'assign') return cannotRaiseOnAssignment(statement, scope)
  return (
    statement.kind === 'choose' &&
    statement.alternatives.length > 0 &&
    statement.alternatives.every(({ given, then }) => given === null && then.every((one) => isHarmless(one, scope)))
  )
}

/** By cell: the first word counts most, and in a word the highest bit. */
function weightsOf(model: Model, { slots }: Layout): readonly number[] {
  const weights: number[] = []
  const add = (slot: Slot): void => {
    if (slot.kind === 'parts') for (const part of slot.parts) add(part)
    else weights.push(weightOf(leafOf(slot)))
  }
  for (const { name } of model.variables) add(slots.get(name) as Slot)
  return weights
}

/** Sets and sequences are one cell each. */
function leafOf(slot: Exclude<Slot, { kind: 'parts' }>): Leaf | undefined {
  if (slot.kind === 'scalar') return slot.leaf
  return slot.kind === 'set' ? slot.masks[0] : slot.length
}

const bitsOfWord = 32

function weightOf(leaf: Leaf | undefined): number {
  return leaf === undefined ? 0 : leaf.shift - leaf.word * bitsOfWord
}
