/**
 * Tests of a few bits of one word: a flag, a label, a member of a set. Several of one word are a single comparison, which matters where
 * a quantifier ranges over hundreds of members, or a guard looks at the flags of every thread.
 */

import { cardinality } from '../../src/model/domain.ts'
import type { Domain, Expr, Value } from '../../src/model/ir.ts'
import { isRecordValue } from '../../src/model/values.ts'
import { type Layout, type Leaf, ordinalOf, type Slot } from './layout.ts'

/** The bits of a word under `mask` are `bits`. Cannot raise an error. */
export interface FieldTest {
  readonly word: number
  readonly mask: number
  readonly bits: number
}

/** The test that holds exactly where `e` has this truth; null if it is more than one test. */
export function fieldTestOf(e: Expr, truth: boolean, layout: Layout): FieldTest | null {
  switch (e.kind) {
    case 'not':
      return fieldTestOf(e.e, !truth, layout)
    case 'variable':
    case 'field':
    case 'index': {
      const slot = slotOf(e, layout)
      return slot?.kind === 'scalar' && slot.domain.kind === 'boolean' ? testOf(slot.leaf, truth ? 1 : 0) : null
    }
    case 'equal':
      return equalityOf(slotOf(e.left, layout), e.right, truth)
    case 'contains': {
      const set = slotOf(e.set, layout)
      const member = constantOf(e.element)
      if (set?.kind !== 'set' || member === null) return null
      const ordinal = ordinalIn(set.domain.element, member)
      const mask = set.masks[ordinal >>> 5]
      if (ordinal < 0 || mask === undefined) return null
      const bit = { word: mask.word, shift: mask.shift + (ordinal & 31), width: 1 }
      return testOf(bit, truth ? 1 : 0)
    }
    default:
      return null
  }
}

/** A label that is not this one is another single one only where there are two. */
function equalityOf(slot: Slot | null, right: Expr, truth: boolean): FieldTest | null {
  if (slot?.kind !== 'scalar' || right.kind !== 'literal') return null
  const ordinal = ordinalIn(slot.domain, right.value)
  const count = cardinality(slot.domain)
  if (ordinal < 0 || count < 2) return null
  if (truth) return testOf(slot.leaf, ordinal)
  return count === 2 ? testOf(slot.leaf, 1 - ordinal) : null
}

function testOf({ word, shift, width }: Leaf, value: number): FieldTest {
  return { word, mask: ((2 ** width - 1) << shift) | 0, bits: (value << shift) | 0 }
}

/** Where a variable lies, or a part of it that is known now; null: `e` is neither. */
export function slotOf(e: Expr, layout: Layout): Slot | null {
  if (e.kind === 'variable') return layout.slots.get(e.name) ?? null
  if (e.kind !== 'field' && e.kind !== 'index') return null
  const whole = slotOf(e.of, layout)
  if (whole?.kind !== 'parts') return null
  const { domain } = whole
  if (e.kind === 'field')
    return domain.kind === 'record'
      ? (whole.parts[domain.fields.findIndex(({ name }) => name === e.name)] ?? null)
      : null
  if (domain.kind !== 'array' || e.index.kind !== 'literal') return null
  return whole.parts[ordinalIn(domain.index, e.index.value)] ?? null
}

function constantOf(e: Expr): Value | null {
  if (e.kind === 'literal') return e.value
  if (e.kind !== 'construct' || e.domain.kind !== 'record') return null
  const items = e.items.map(constantOf)
  if (items.includes(null)) return null
  return Object.fromEntries(e.domain.fields.map(({ name }, i) => [name, items[i] ?? false]))
}

/** Position in a domain of scalars and records of them, first field most significant; -1 if the value lies outside. */
function ordinalIn(d: Domain, value: Value): number {
  if (d.kind === 'record') {
    if (!isRecordValue(value)) return -1
    return d.fields.reduce((sum, field) => {
      const own = ordinalIn(field.domain, value[field.name] ?? false)
      return sum < 0 || own < 0 ? -1 : sum * cardinality(field.domain) + own
    }, 0)
  }
  if (d.kind !== 'boolean' && d.kind !== 'range' && d.kind !== 'enumeration') return -1
  const ordinal = ordinalOf(d, value)
  return ordinal < cardinality(d) ? ordinal : -1
}
