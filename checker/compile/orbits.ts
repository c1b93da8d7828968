/**
 * Where the members of interchangeable sets stand in a packed state: families of leaves that members' swaps lead to each other, and
 * leaves whose values are members.
 */

import { keysOf, valuesOf } from '../../src/model/domain.ts'
import type { Domain, Model, Value } from '../../src/model/ir.ts'
import type { Members, Mentions } from '../../src/model/members.ts'
import { isRecordValue } from '../../src/model/values.ts'
import type { Layout, Leaf, Slot } from './layout.ts'

/** Leaves whose names differ in nothing but the members that they mention. */
export interface Family {
  /** How many members each name mentions. */
  readonly arity: number
  readonly width: number
  readonly leaves: readonly Placed[]
  /** What each value mentions, where some value mentions a member; else null. */
  readonly values: readonly Mentions[] | null
}

export interface Placed {
  readonly members: readonly number[]
  readonly leaf: Leaf
  /** A part of an element of a sequence: nothing stands there, and the leaf is 0, unless the length is more than `position`. */
  readonly within: { readonly length: Leaf; readonly position: number } | null
}

/** Those that a swap can change. */
export function familiesOf(model: Model, layout: Layout, members: Members): readonly Family[] {
  const families = new Map<string, { family: Family; leaves: Placed[] }>()
  const add = (name: Mentions, at: Placed, values: readonly Mentions[] | null): void => {
    if (at.leaf.width === 0) return
    const found = families.get(name.template)
    if (found !== undefined) {
      found.leaves.push(at)
      return
    }
    const leaves = [at]
    const family = { arity: name.members.length, width: at.leaf.width, leaves, values }
    families.set(name.template, { family, leaves })
  }
  for (const { name } of model.variables) {
    const slot = layout.slots.get(name)
    if (slot !== undefined) walk(slot, { name: members.mentionsIn(name), within: null }, { members, add })
  }
  return [...families.values()].flatMap(({ family }) => (family.arity === 0 && family.values === null ? [] : [family]))
}

interface Place {
  readonly name: Mentions
  readonly within: Placed['within']
}

interface Walk {
  readonly members: Members
  readonly add: (name: Mentions, at: Placed, values: readonly Mentions[] | null) => void
}

function walk(slot: Slot, { name, within }: Place, on: Walk): void {
  const at = (leaf: Leaf, whole: Mentions): Placed => ({ members: whole.members, leaf, within })
  switch (slot.kind) {
    case 'scalar':
      on.add(name, at(slot.leaf, name), mentionsOf(slot.domain, on.members))
      return
    case 'parts':
      for (const [i, part] of slot.parts.entries())
        walk(part, { name: joined(name, partName(slot.domain, i, on.members)), within }, on)
      return
    case 'set':
      for (const [i, value] of valuesOf(slot.domain.element).entries()) {
        const mask = slot.masks[i >>> 5]
        if (mask === undefined) continue
        const whole = joined(name, joined(literal(' has '), mentionedBy(value, on.members)))
        on.add(whole, at({ word: mask.word, shift: mask.shift + (i & 31), width: 1 }, whole), null)
      }
      return
    case 'sequence': {
      const { length } = slot
      const size = joined(name, literal(' length'))
      on.add(size, at(length, size), null)
      for (const [position, part] of slot.parts.entries())
        walk(part, { name: joined(name, literal(` at ${position}`)), within: { length, position } }, on)
    }
  }
}

const literal = (template: string): Mentions => ({ template, members: [] })

function joined(left: Mentions, right: Mentions): Mentions {
  return { template: `${left.template}\n${right.template}`, members: [...left.members, ...right.members] }
}

/** A field is a name of the record alone, whatever it is called. */
function partName(d: Extract<Slot, { kind: 'parts' }>['domain'], i: number, members: Members): Mentions {
  if (d.kind === 'record') return literal(d.fields[i]?.name ?? '')
  return mentionedBy(keysOf(d.index)[i] ?? 0, members)
}

function mentionedBy(value: Value, members: Members): Mentions {
  if (typeof value === 'string') return members.mentionsIn(value)
  if (!isRecordValue(value)) return literal(String(value))
  return Object.values(value)
    .map((part) => mentionedBy(part, members))
    .reduce(joined)
}

function mentionsOf(d: Domain, members: Members): readonly Mentions[] | null {
  if (d.kind !== 'enumeration') return null
  const found = d.values.map((label) => members.mentionsIn(label))
  return found.some((one) => one.members.length > 0) ? found : null
}

/** Whether a family tells something of two members at once, so that sorting members by what each has does not settle it. */
export function isRelation({ arity, values }: Family): boolean {
  if (arity >= 2) return true
  return values !== null && (arity === 1 || values.some((one) => one.members.length >= 2))
}
