/**
 * What expressions and effects read and write, as sets of cells. Reads may be too many and so may writes; what is
 * certainly overwritten (`kills`) may be too little. What raises an error reads what the error depends on.
 */

import type { Expr, Place, Statement } from '../../src/model/ir.ts'
import { operandsOf } from '../../src/model/operands.ts'
import { type CellRange, type Cells, isExact, rangesAt } from './cells.ts'

export type CellSet = ReadonlySet<number>

export interface Footprint {
  /** Cells whose value before the effect may matter. */
  readonly reads: CellSet
  readonly writes: CellSet
  /** Cells that every outcome has overwritten. */
  readonly kills: CellSet
}

function addRange(set: Set<number>, { first, count }: CellRange): void {
  for (let cell = first; cell < first + count; cell++) set.add(cell)
}

/** `next(e)` reads the same cells as e: of step properties both matter. */
export function readsOf(e: Expr, cells: Cells): CellSet {
  const reads = new Set<number>()
  addReads(e, cells, reads)
  return reads
}

function addReads(e: Expr, cells: Cells, reads: Set<number>, seen: Set<Expr> = new Set()): void {
  if (seen.has(e)) return
  seen.add(e)
  const ranges = rangesAt(e, cells)
  if (ranges === null) {
    for (const operand of operandsOf(e)) addReads(operand, cells, reads, seen)
    return
  }
  for (const range of ranges) addRange(reads, range)
  for (const index of indicesOf(e)) addReads(index, cells, reads, seen)
}

/** The index expressions on the way to a place. */
function indicesOf(e: Expr): readonly Expr[] {
  if (e.kind === 'field') return indicesOf(e.of)
  return e.kind === 'index' ? [...indicesOf(e.of), e.index] : []
}

export function footprintOf(statements: readonly Statement[], cells: Cells): Footprint {
  const reads = new Set<number>()
  const writes = new Set<number>()
  const kills = new Set<number>()
  for (const statement of statements) {
    const own = ofStatement(statement, cells)
    for (const cell of own.reads) if (!kills.has(cell)) reads.add(cell)
    for (const cell of own.writes) writes.add(cell)
    for (const cell of own.kills) kills.add(cell)
  }
  return { reads, writes, kills }
}

const none: CellSet = new Set<number>()

function ofStatement(statement: Statement, cells: Cells): Footprint {
  switch (statement.kind) {
    case 'assign':
      return ofAssignment(statement.place, statement.e, cells)
    case 'check':
      return { reads: readsOf(statement.condition, cells), writes: none, kills: none }
    case 'when': {
      const ways = [statement.then, statement.otherwise].map((one) => footprintOf(one, cells))
      return ofWays(ways, readsOf(statement.condition, cells))
    }
    case 'choose': {
      const given = statement.alternatives.flatMap((one) => (one.given === null ? [] : [...readsOf(one.given, cells)]))
      const ways = statement.alternatives.map(({ then }) => footprintOf(then, cells))
      return ofWays(ways, new Set(given))
    }
  }
}

function ofAssignment(place: Place, e: Expr, cells: Cells): Footprint {
  const ranges = rangesAt(place, cells) ?? []
  const writes = new Set<number>()
  for (const range of ranges) addRange(writes, range)
  const reads = new Set(readsOf(e, cells))
  for (const index of indicesOf(place)) addReads(index, cells, reads)
  if (isExact(place, cells)) return { reads, writes, kills: writes }
  // Whether an element of a sequence exists depends on the sequence.
  for (const range of ranges) if (range.domain.kind === 'sequence') addRange(reads, range)
  return { reads, writes, kills: none }
}

function ofWays(ways: readonly Footprint[], condition: CellSet): Footprint {
  const [first, ...others] = ways
  return {
    reads: new Set([...condition, ...ways.flatMap(({ reads }) => [...reads])]),
    writes: new Set(ways.flatMap(({ writes }) => [...writes])),
    kills: new Set([...(first?.kills ?? [])].filter((cell) => others.every(({ kills }) => kills.has(cell)))),
  }
}
