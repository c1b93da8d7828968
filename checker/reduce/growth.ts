/**
 * What statements only put into sets, or only take out of them: whoever comes first, the same sets come of it. A message to everybody
 * is such a row of statements.
 */

import type { Expr, Statement } from '../../src/model/ir.ts'
import { type Cells, isExact, rangesAt } from './cells.ts'
import { type CellSet, footprintOf, readsOf } from './footprint.ts'

export interface Uses {
  readonly reads: CellSet
  /** But for the sets that only gain, or only lose. */
  readonly writes: CellSet
  readonly gains: CellSet
  readonly losses: CellSet
}

const nothing: CellSet = new Set<number>()

export function usesOf(statement: Statement, cells: Cells): Uses {
  switch (statement.kind) {
    case 'when':
      return joined(readsOf(statement.condition, cells), [...statement.then, ...statement.otherwise], cells)
    case 'choose': {
      const given = statement.alternatives.flatMap((one) => (one.given === null ? [] : [...readsOf(one.given, cells)]))
      const then = statement.alternatives.flatMap((one) => one.then)
      return joined(new Set(given), then, cells)
    }
    default:
      return { ...footprintOf([statement], cells), gains: nothing, losses: nothing, ...changeOf(statement, cells) }
  }
}

function joined(reads: CellSet, statements: readonly Statement[], cells: Cells): Uses {
  const all = statements.map((one) => usesOf(one, cells))
  const union = (of: (uses: Uses) => CellSet): CellSet => new Set(all.flatMap((uses) => [...of(uses)]))
  return {
    reads: new Set([...reads, ...union((uses) => uses.reads)]),
    writes: union((uses) => uses.writes),
    gains: union((uses) => uses.gains),
    losses: union((uses) => uses.losses),
  }
}

/** Null unless a set is assigned itself and more members, or itself without some, and they do not depend on it. */
function changeOf(statement: Statement, cells: Cells): Uses | null {
  if (statement.kind !== 'assign' || !isExact(statement.place, cells)) return null
  const { place, e } = statement
  if (e.kind !== 'insert' && e.kind !== 'remove') return null
  const elements: Expr[] = []
  let base: Expr = e
  while (base.kind === e.kind) {
    elements.push(base.element)
    base = base.set
  }
  const cell = cellAt(place, cells)
  const reads = new Set(elements.flatMap((element) => [...readsOf(element, cells)]))
  if (cell === null || cellAt(base, cells) !== cell || reads.has(cell)) return null
  const own = new Set([cell])
  const isGain = e.kind === 'insert'
  return { reads, writes: nothing, gains: isGain ? own : nothing, losses: isGain ? nothing : own }
}

/** The one cell that a place always is. */
function cellAt(e: Expr, cells: Cells): number | null {
  if ((e.kind !== 'variable' && e.kind !== 'field' && e.kind !== 'index') || !isExact(e, cells)) return null
  const [range, ...others] = rangesAt(e, cells) ?? []
  return range === undefined || others.length > 0 || range.parts !== null ? null : range.first
}
