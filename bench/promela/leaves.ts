/**
 * Promela has scalars and arrays of scalars only: a variable of ours becomes one of them for each leaf of its domain.
 */

import { cardinality, keysOf, zeroValue } from '../../src/model/domain.ts'
import type { Domain, Value } from '../../src/model/ir.ts'
import { isListValue, isRecordValue } from '../../src/model/values.ts'

/** Why a model cannot be printed. The bench then leaves Spin out, and says so. */
export class NotPrintable extends Error {}

/** A scalar below a domain: names of fields on the way, sizes of the arrays and sequences that it lies in, outermost first. */
export interface Leaf {
  readonly path: string
  readonly sizes: readonly number[]
  /** Boolean, range, enumeration; or a set, which is a mask, and an array of masks where one has no room. */
  readonly domain: Domain
}

/** Members of a set that fit into an `int` without its sign. */
export const membersPerMask = 31

export function leavesOf(d: Domain): readonly Leaf[] {
  switch (d.kind) {
    case 'record':
      return d.fields.flatMap(({ name, domain }) =>
        leavesOf(domain).map((leaf) => ({ ...leaf, path: `_${name}${leaf.path}` })),
      )
    case 'array':
      return inside(cardinality(d.index), leavesOf(d.element))
    case 'sequence': {
      const length: Leaf = { path: '_length', sizes: [], domain: lengthDomain(d) }
      return [length, ...inside(d.capacity, leavesOf(d.element))]
    }
    case 'set': {
      const masks = Math.ceil(cardinality(d.element) / membersPerMask)
      return [{ path: '', sizes: masks > 1 ? [masks] : [], domain: d }]
    }
    default:
      return [{ path: '', sizes: [], domain: d }]
  }
}

const inside = (size: number, leaves: readonly Leaf[]): readonly Leaf[] =>
  leaves.map((leaf) => ({ ...leaf, sizes: [size, ...leaf.sizes] }))

export const lengthDomain = (d: Extract<Domain, { kind: 'sequence' }>): Domain => ({
  kind: 'range',
  min: 0,
  max: d.capacity,
})

/** Every element of a leaf: the positions in the arrays it lies in. */
export function positionsOf(sizes: readonly number[]): readonly (readonly number[])[] {
  return sizes.reduce<readonly (readonly number[])[]>(
    (all, size) => all.flatMap((some) => Array.from({ length: size }, (_, i) => [...some, i])),
    [[]],
  )
}

/** The number that stands for a scalar value. */
function ordinalOf(d: Domain, value: Value): number {
  switch (d.kind) {
    case 'boolean':
      return value === true ? 1 : 0
    case 'range':
      return Number(value)
    case 'enumeration':
      return d.values.indexOf(String(value))
    default:
      throw new Error(`${d.kind} is no scalar`)
  }
}

/** One of the masks of a set. */
function maskOf(element: Domain, value: Value, which: number): number {
  const members = isListValue(value) ? value.map((one) => memberOf(element, one) - which * membersPerMask) : []
  return members.filter((bit) => bit >= 0 && bit < membersPerMask).reduce((mask, bit) => mask | (1 << bit), 0)
}

/** Position of a member in the order of its domain. */
function memberOf(d: Domain, value: Value): number {
  if (d.kind === 'range') return Number(value) - d.min
  if (d.kind === 'set') return maskOf(d.element, value, 0)
  if (d.kind !== 'record') return ordinalOf(d, value)
  return d.fields.reduce((n, { name, domain }) => n * cardinality(domain) + memberOf(domain, partOf(value, name)), 0)
}

const partOf = (value: Value, name: string): Value => (isRecordValue(value) ? (value[name] ?? 0) : 0)

/** The number at one element of one leaf of a value. */
export function numberAt(d: Domain, value: Value, path: string, positions: readonly number[]): number {
  switch (d.kind) {
    case 'record': {
      const field = d.fields.find(({ name, domain }) =>
        leavesOf(domain).some((leaf) => `_${name}${leaf.path}` === path && leaf.sizes.length === positions.length),
      )
      if (field === undefined) throw new Error(`no leaf ${path}`)
      return numberAt(field.domain, partOf(value, field.name), path.slice(field.name.length + 1), positions)
    }
    case 'array': {
      const [first = 0, ...rest] = positions
      const element = isListValue(value) ? value[first] : partOf(value, String(keysOf(d.index)[first]))
      return numberAt(d.element, element ?? 0, path, rest)
    }
    case 'sequence': {
      const list = isListValue(value) ? value : []
      if (path === '_length' && positions.length === 0) return list.length
      const [first = 0, ...rest] = positions
      return numberAt(d.element, list[first] ?? zeroValue(d.element), path, rest)
    }
    case 'set':
      return maskOf(d.element, value, positions[0] ?? 0)
    default:
      return ordinalOf(d, value)
  }
}
