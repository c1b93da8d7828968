/**
 * Orbits by brute force: every state that the reference evaluator reaches, in every order of the members. It shares no code with `checker/`,
 * nor with the names that it swaps by.
 */

import type { Domain, Model, Value } from '../../src/model/ir.ts'
import type { State } from '../../src/model/trace.ts'
import { canonicalJson, isListValue, isRecordValue } from '../../src/model/values.ts'
import { type BruteForce, bruteForce } from './brute-force.ts'

type Swap = ReadonlyMap<string, string>

/** What it leaves is written anew all the same: sets have an order of their own here. */
const noSwap: Swap = new Map()

export interface Orbits {
  readonly distinct: number
  readonly initial: number
  readonly generated: number
  readonly depth: number
  readonly terminal: number
}

/** Null for a model with more than `maxStates` states. */
export function orbitsOf(model: Model, maxStates: number): Orbits | null {
  const found = bruteForce(model, { maxStates })
  if (!found.complete) return null
  const swaps = swapsOf(model.interchangeable)
  const orbits: { readonly level: number; readonly outcomes: number }[] = []
  const known = new Set<string>()
  // The states of lower levels come first.
  for (const { state, level, outcomes } of found.nodes.values()) {
    if (known.has(canonicalJson(swapped(model, state, noSwap)))) continue
    for (const swap of swaps) known.add(canonicalJson(swapped(model, state, swap)))
    orbits.push({ level, outcomes: outcomes?.length ?? 0 })
  }
  const initial = orbits.filter(({ level }) => level === 1).length
  return {
    distinct: orbits.length,
    initial,
    generated: orbits.reduce((sum, { outcomes }) => sum + outcomes, initial),
    depth: Math.max(...orbits.map(({ level }) => level)),
    terminal: terminalOrbits(found, orbits.filter(({ outcomes }) => outcomes === 0).length),
  }
}

/** Of a model without assumptions: a state that is not expanded has no outcomes either. */
function terminalOrbits({ held }: BruteForce, without: number): number {
  if (held.length > 0) throw new Error('orbits: a model with assumptions')
  return without
}

function ordersOf(items: readonly string[]): readonly (readonly string[])[] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) => ordersOf(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))
}

function swapsOf(sets: readonly (readonly string[])[]): readonly Swap[] {
  return sets.reduce<readonly Swap[]>(
    (swaps, set) =>
      swaps.flatMap((swap) =>
        ordersOf(set).map((order) => new Map([...swap, ...set.map((name, i) => [name, order[i] ?? ''] as const)])),
      ),
    [new Map()],
  )
}

/** Words of a name are what stands between blanks and dots. */
function swappedName(name: string, swap: Swap): string {
  return name
    .split(/([ .])/)
    .map((word) => swap.get(word) ?? word)
    .join('')
}

function swapped(model: Model, state: State, swap: Swap): State {
  return Object.fromEntries(
    model.variables.map(({ name, domain }) => [
      swappedName(name, swap),
      swappedValue(state[name] ?? false, domain, swap),
    ]),
  )
}

function swappedValue(value: Value, d: Domain, swap: Swap): Value {
  if (typeof value === 'string') return swappedName(value, swap)
  if (isListValue(value)) {
    const element = d.kind === 'set' || d.kind === 'sequence' || d.kind === 'array' ? d.element : d
    const items = value.map((item) => swappedValue(item, element, swap))
    const text = (item: Value): string => canonicalJson(item)
    return d.kind === 'set' ? items.sort((left, right) => (text(left) < text(right) ? -1 : 1)) : items
  }
  if (!isRecordValue(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (d.kind === 'array') return [swappedName(key, swap), swappedValue(item, d.element, swap)]
      const field = d.kind === 'record' ? d.fields.find(({ name }) => name === key) : undefined
      return [key, swappedValue(item, field?.domain ?? d, swap)]
    }),
  )
}
