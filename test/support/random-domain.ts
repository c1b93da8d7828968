/**
 * Random domains and values of them: every kind, most of them small, with the odd cases (one value, negative, no fields, next to the
 * least and the greatest of 32 bits, or nearly all that lie between) among them.
 */

import { keysOf, valuesOf } from '../../src/model/domain.ts'
import type { Domain, IndexDomain, Value } from '../../src/model/ir.ts'
import type { Choices } from './choices.ts'

const labels = ['a', 'b', 'c', 'd'] as const

export function randomRange(c: Choices): Extract<Domain, { kind: 'range' }> {
  const min = c.pick([0, 0, 0, 1, -1, -3, -(2 ** 31), 2 ** 31 - 8, -5, 2 ** 30])
  return { kind: 'range', min, max: min + c.pick([1, 2, 3, 0, 4, 7]) }
}

/** Of more values than anybody lists, and as many bits as a word has. */
function randomWide(c: Choices): Extract<Domain, { kind: 'range' }> {
  const [min, max] = c.pick([
    [0, 2 ** 31 - 1],
    [-(2 ** 31), 2 ** 31 - 2],
    [1 - 2 ** 31, 2 ** 31 - 1],
    [-(2 ** 31), 0],
    [-1, 2 ** 30],
    [-300, 70_000],
  ] as const)
  return { kind: 'range', min, max }
}

export function randomNumbers(c: Choices): Extract<Domain, { kind: 'range' }> {
  return c.chance(15) ? randomWide(c) : randomRange(c)
}

function randomEnumeration(c: Choices): Extract<Domain, { kind: 'enumeration' }> {
  const first = c.below(labels.length)
  const count = c.between(1, labels.length)
  const values = Array.from({ length: count }, (_, i) => labels[(first + i) % labels.length] ?? 'a')
  return { kind: 'enumeration', values }
}

type Numbers = (c: Choices) => Domain

export function randomScalar(c: Choices, numbers: Numbers = randomRange): Domain {
  const kind = c.below(3)
  if (c.chance(4)) return { kind: 'enumeration', values: Array.from({ length: 5 + c.below(40) }, (_, i) => `l${i}`) }
  return kind === 0 ? numbers(c) : kind === 1 ? { kind: 'boolean' } : randomEnumeration(c)
}

function randomIndex(c: Choices, depth: number): IndexDomain {
  if (c.chance(30)) return randomEnumeration(c)
  const min = c.pick([0, 0, 1, -2, -17, -(2 ** 31), 2 ** 31 - 40])
  return { kind: 'range', min, max: min + (depth === 1 && c.chance(7) ? 4 + c.below(6) : c.pick([1, 2, 0, 3])) }
}

/** What a set may contain: scalars and records of scalars; now and then more members than one word has bits. */
export function randomMember(c: Choices): Domain {
  if (c.chance(10)) return { kind: 'range', min: -2, max: 30 + c.below(40) }
  if (!c.chance(35)) return randomScalar(c)
  return { kind: 'record', fields: c.times(1, 2, (i) => ({ name: `m${i}`, domain: randomScalar(c) })) }
}

export function randomDomain(c: Choices, depth: number, numbers: Numbers = randomRange): Domain {
  switch (depth === 0 ? 0 : c.pick([0, 0, 0, 1, 2, 3, 4])) {
    case 1:
      return {
        kind: 'record',
        fields: c.times(1, 3, (i) => ({ name: `f${i}`, domain: randomDomain(c, depth - 1, numbers) })),
      }
    case 2:
      return { kind: 'array', index: randomIndex(c, depth), element: randomDomain(c, depth - 1, numbers) }
    case 3:
      return { kind: 'set', element: randomMember(c) }
    case 4:
      return {
        kind: 'sequence',
        element: randomDomain(c, depth - 1, numbers),
        capacity: depth === 1 && c.chance(8) ? 4 + c.below(2) : c.between(1, 3),
      }
    default:
      return randomScalar(c, numbers)
  }
}

/** A value of the domain. */
export function randomValue(c: Choices, d: Domain): Value {
  switch (d.kind) {
    case 'boolean':
      return c.below(2) === 1
    case 'range':
      return d.max - d.min < 100
        ? d.min + c.below(d.max - d.min + 1)
        : Math.max(
            d.min,
            Math.min(d.max, c.pick([d.min, d.max, d.max - 1, 0, 1, -1, -7, 65_536, 46_341, -46_341, c.below(2 ** 30)])),
          )
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
