/**
 * What the values of a saved trace do not say by themselves: which lists are sets, and which arrays do not begin at 0.
 */

import { keysOf } from '../model/domain.ts'
import type { Domain, Model } from '../model/ir.ts'

/** By path, in which `[]` stands for any element of a list. A number: the first index. */
export type Shape = { readonly [path: string]: number | 'set' }

export function shapeOf({ variables }: Model): Shape {
  const data = variables.filter(({ role }) => role === 'data')
  return Object.fromEntries(data.flatMap(({ name, domain }) => entriesOf(name, domain)))
}

function entriesOf(path: string, d: Domain): readonly (readonly [string, number | 'set'])[] {
  switch (d.kind) {
    case 'boolean':
    case 'range':
    case 'enumeration':
      return []
    case 'set':
      return [[path, 'set']]
    case 'sequence':
      return entriesOf(`${path}[]`, d.element)
    case 'record':
      return d.fields.flatMap(({ name, domain }) => entriesOf(`${path}.${name}`, domain))
    case 'array': {
      if (d.index.kind === 'enumeration')
        return keysOf(d.index).flatMap((key) => entriesOf(`${path}.${key}`, d.element))
      const own = d.index.min === 0 ? [] : [[path, d.index.min] as const]
      return [...own, ...entriesOf(`${path}[]`, d.element)]
    }
  }
}
