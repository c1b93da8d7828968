/**
 * Values taken apart, down to their leaves: a scalar is one, a set has one for every 32 possible members, a sequence one for its length
 * besides those of its elements. A variable's leaves are places in the state, an expression's are texts.
 */

import type { Composite, Domain } from '../../src/model/ir.ts'

type Of<Kind extends Domain['kind']> = Extract<Domain, { kind: Kind }>

export type Shaped<Leaf> =
  | { readonly kind: 'scalar'; readonly leaf: Leaf; readonly domain: Domain }
  | { readonly kind: 'parts'; readonly parts: readonly Shaped<Leaf>[]; readonly domain: Composite }
  /** Masks of up to 32 members each, in domain order, least bit first. */
  | { readonly kind: 'set'; readonly masks: readonly Leaf[]; readonly domain: Of<'set'> }
  /** Elements beyond the length are zero. */
  | {
      readonly kind: 'sequence'
      readonly length: Leaf
      readonly parts: readonly Shaped<Leaf>[]
      readonly domain: Of<'sequence'>
    }

/** In order. */
export function leavesOf<Leaf>(value: Shaped<Leaf>): readonly Leaf[] {
  const leaves: Leaf[] = []
  addLeaves(value, leaves)
  return leaves
}

function addLeaves<Leaf>(value: Shaped<Leaf>, leaves: Leaf[]): void {
  if (value.kind === 'scalar') leaves.push(value.leaf)
  else if (value.kind === 'set') leaves.push(...value.masks)
  else {
    if (value.kind === 'sequence') leaves.push(value.length)
    for (const part of value.parts) addLeaves(part, leaves)
  }
}

/** The same shape of other leaves, which are made in order. `domain`: of a scalar; null for a mask or a length. */
export function mapLeaves<From, To>(
  value: Shaped<From>,
  change: (leaf: From, domain: Domain | null) => To,
): Shaped<To> {
  const all = (parts: readonly Shaped<From>[]): readonly Shaped<To>[] => parts.map((part) => mapLeaves(part, change))
  switch (value.kind) {
    case 'scalar':
      return { kind: 'scalar', leaf: change(value.leaf, value.domain), domain: value.domain }
    case 'parts':
      return { kind: 'parts', parts: all(value.parts), domain: value.domain }
    case 'set':
      return { kind: 'set', masks: value.masks.map((mask) => change(mask, null)), domain: value.domain }
    case 'sequence':
      return {
        kind: 'sequence',
        length: change(value.length, null),
        parts: all(value.parts),
        domain: value.domain,
      }
  }
}
