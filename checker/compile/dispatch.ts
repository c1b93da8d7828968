/**
 * Which instances run where: those that ask first at which location a thread is, and the others.
 */

import type { Instance, Model } from '../../src/model/ir.ts'
import { type Layout, ordinalOf } from './layout.ts'

/** Instances of one location run together. */
interface Case {
  readonly variable: string
  readonly ordinal: number
  readonly instances: readonly number[]
}

export interface Dispatch {
  readonly cases: readonly Case[]
  /** Those without a location run always. */
  readonly others: readonly number[]
}

/** The program counter test that heads a guard, if it does. */
function locationOf(
  instance: Instance,
  layout: Layout,
): { readonly variable: string; readonly ordinal: number } | null {
  const e = instance.guard[0]?.e
  if (instance.guard[0]?.assumption !== null) return null
  if (e?.kind !== 'equal' || e.left.kind !== 'variable' || e.right.kind !== 'literal') return null
  const slot = layout.slots.get(e.left.name)
  if (slot?.kind !== 'scalar' || slot.domain.kind === 'boolean') return null
  const ordinal = ordinalOf(slot.domain, e.right.value)
  return ordinal < 0 ? null : { variable: e.left.name, ordinal }
}

export function dispatchOf(model: Model, layout: Layout): Dispatch {
  const cases = new Map<string, Case & { readonly instances: number[] }>()
  const others: number[] = []
  for (const [i, instance] of model.instances.entries()) {
    const found = locationOf(instance, layout)
    if (found === null) {
      others.push(i)
      continue
    }
    const key = `${found.ordinal} ${found.variable}`
    const known = cases.get(key)
    if (known === undefined) cases.set(key, { ...found, instances: [i] })
    else known.instances.push(i)
  }
  return { cases: [...cases.values()], others }
}
