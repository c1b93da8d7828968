/**
 * Cells: the parts of a state that can be told apart. Records and arrays are split down to their scalars; a set and a
 * sequence is one cell each. Analyses speak of sets of cells, so that `level[0]` and `level[1]` do not interfere.
 */

import { keysOf } from '../../src/model/domain.ts'
import type { Domain, Expr, Model, Place, Value } from '../../src/model/ir.ts'
import { equalValues, isListValue, isRecordValue } from '../../src/model/values.ts'

/** The cells first … first + count - 1 of a variable, or of a part of one. */
export interface CellRange {
  readonly first: number
  readonly count: number
  readonly domain: Domain
  /** Fields of a record or elements of an array, in order; null for a cell. */
  readonly parts: readonly CellRange[] | null
}

export interface Cell {
  readonly variable: string
  readonly place: Place
  readonly domain: Domain
  readonly initial: Value
}

export interface Cells {
  readonly all: readonly Cell[]
  readonly byVariable: ReadonlyMap<string, CellRange>
}

export function cellsOf(model: Model): Cells {
  const all: Cell[] = []
  const split = (variable: string, { place, domain, initial }: Part): CellRange => {
    const first = all.length
    const parts = partsOf(place, domain, initial)
    if (parts === null) {
      all.push({ variable, place, domain, initial })
      return { first, count: 1, domain, parts: null }
    }
    const ranges = parts.map((part) => split(variable, part))
    return { first, count: all.length - first, domain, parts: ranges }
  }
  const byVariable = new Map(
    model.variables.map(({ name, domain, initial }) => [
      name,
      split(name, { place: { kind: 'variable', name }, domain, initial }),
    ]),
  )
  return { all, byVariable }
}

interface Part {
  readonly place: Place
  readonly domain: Domain
  readonly initial: Value
}

function partsOf(of: Place, d: Domain, value: Value): readonly Part[] | null {
  if (d.kind === 'record')
    return d.fields.map(({ name, domain }) => ({
      place: { kind: 'field', of, name },
      domain,
      initial: partOf(value, name),
    }))
  if (d.kind !== 'array') return null
  const { index, element } = d
  return keysOf(index).map((key, i) => ({
    place: { kind: 'index', of, index: { kind: 'literal', domain: index, value: key } },
    domain: element,
    initial: isListValue(value) ? (value[i] ?? false) : partOf(value, String(key)),
  }))
}

function partOf(value: Value, name: string): Value {
  return isRecordValue(value) ? (value[name] ?? false) : false
}

/** What a place may be: one range of cells, or, where an index is computed, any of several. Null: no place. */
export function rangesAt(e: Expr, cells: Cells): readonly CellRange[] | null {
  switch (e.kind) {
    case 'variable': {
      const range = cells.byVariable.get(e.name)
      return range === undefined ? null : [range]
    }
    case 'field':
      return rangesAt(e.of, cells)?.flatMap((range) => fieldOf(range, e.name)) ?? null
    case 'index':
      return rangesAt(e.of, cells)?.flatMap((range) => elementsOf(range, e.index)) ?? null
    default:
      return null
  }
}

function fieldOf(range: CellRange, name: string): readonly CellRange[] {
  if (range.parts === null || range.domain.kind !== 'record') return [range]
  const position = range.domain.fields.findIndex((field) => field.name === name)
  return range.parts.slice(position, position + 1)
}

/** An element of a sequence stands for the whole sequence, which is one cell. */
function elementsOf(range: CellRange, index: Expr): readonly CellRange[] {
  if (range.parts === null || range.domain.kind !== 'array') return [range]
  if (index.kind !== 'literal') return range.parts
  const { value } = index
  const position = keysOf(range.domain.index).findIndex((key) => equalValues(key, value))
  return position === -1 ? range.parts : range.parts.slice(position, position + 1)
}

/** True if the place is always the same cells, and all of each. */
export function isExact(place: Place, cells: Cells): boolean {
  if (place.kind === 'variable') return true
  const { of } = place
  if (of.kind !== 'variable' && of.kind !== 'field' && of.kind !== 'index') return false
  const kind = rangesAt(of, cells)?.[0]?.domain.kind
  const isPart = place.kind === 'field' ? kind === 'record' : kind === 'array' && place.index.kind === 'literal'
  return isPart && isExact(of, cells)
}
