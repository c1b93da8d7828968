/**
 * Random domains and values of them: every kind, small, with the odd cases (one value, negative, no fields, next to the
 * least and the greatest of 32 bits) among them.
 */

import { keysOf, valuesOf } from '../../src/model/domain.ts'
import type { Domain, IndexDomain, Value } from '../../src/model/ir.ts'
import type { Choices } from './choices.ts'

const labels = ['a', 'b', 'c', 'd'] as const

export function randomRange(c: Choices): Extract<Domain, { kind: 'range' }> {
  const min = c.pick([0, 0, 0, 1, -1, -3, -(2 ** 31), 2 ** 31 - 8, -5, 2 ** 30])
  return { kind: 'range', min, max: min + c.pick([1, 2, 3, 0, 4, 7]) }
}

function randomEnumeration(c: Choices): Extract<Domain, { kind: 'enumeration' }> {
  const first = c.below(labels.length)
  const count = c.between(1, labels.length)
  const values = Array.from({ length: count }, (_, i) => labels[(first + i) % labels.length] ?? 'a')
  return { kind: 'enumeration', values }
}

export function randomScalar(c: Choices): Domain {
  const kind = c.below(3)
  return kind === 0 ? randomRange(c) : kind === 1 ? { kind: 'boolean' } : randomEnumeration(c)
}

function randomIndex(c: Choices): IndexDomain {
  if (c.chance(30)) return randomEnumeration(c)
  const min = c.pick([0, 0, 1, -2])
  return { kind: 'range', min, max: min + c.pick([1, 2, 0, 3]) }
}

/** What a set may contain: scalars and records of scalars; now and then more members than one word has bits. */
function randomMember(c: Choices): Domain {
  if (c.chance(10)) return { kind: 'range', min: -2, max: 30 + c.below(40) }
  if (!c.chance(25)) return randomScalar(c)
  return { kind: 'record', fields: c.times(1, 2, (i) => ({ name: `m${i}`, domain: randomScalar(c) })) }
}

export function randomDomain(c: Choices, depth: number): Domain {
  switch (depth === 0 ? 0 : c.pick([0, 0, 0, 1, 2, 3, 4])) {
    case 1:
      return {
        kind: 'record',
        fields: c.times(1, 3, (i) => ({ name: `f${i}`, domain: randomDomain(c, depth - 1) })),
      }
    case 2:
      return { kind: 'array', index: randomIndex(c), element: randomDomain(c, depth - 1) }
    case 3:
      return { kind: 'set', element: randomMember(c) }
    case 4:
      return { kind: 'sequence', element: randomDomain(c, depth - 1), capacity: c.between(1, 3) }
    default:
      return randomScalar(c)
  }
}

/** A value of the domain. */
export function randomValue(c: Choices, d: Domain): Value {
  switch (d.kind) {
    case 'boolean':
      return c.below(2) === 1
    case 'range':
      return d.min + c.below(d.max - d.min + 1)
    case 'enumeration':
      return c.pick(d.values)
    case 'record':
      return Object.fromEntries(d.fields.map((field) => [field.name, randomValue(c, field.domain)]))
    case 'array': {
      const elements = keysOf(d.index).map((key) => [String(key), randomValue(c, d.element)] as const)
      return d.index.kind === 'range' ? elements.map(([, v]) => v) : Object.fromEntries(elements)
    }
    case 'set':
      return valuesOf(d.element).filter(() => c.chance(40))
    case 'sequence':
      return Array.from({ length: c.below(d.capacity + 1) }, () => randomValue(c, d.element))
  }
}
