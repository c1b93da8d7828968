/**
 * The states of a run, from what each step changed; what a step changed, leaf by leaf; and who wrote a variable last.
 */

import type { Value } from '../../model/ir.ts'
import { equalValues, isRecordValue, showValue } from '../../model/values.ts'
import type { PageStep } from '../page-data.ts'

export type FullState = ReadonlyMap<string, Value>

/** As the explorer's server is told of it. */
export const plain = (state: FullState): { readonly [variable: string]: Value } => Object.fromEntries(state)

/** The state after each step. Unchanged values are shared. */
export function statesOf(steps: readonly PageStep[]): readonly FullState[] {
  let state: FullState = new Map()
  return steps.map((step) => {
    state = new Map([...state, ...Object.entries(step.state)])
    return state
  })
}

/** A part of a variable that has a value of its own on the page. */
export interface Leaf {
  readonly path: string
  readonly text: string
}

/** One leaf, except for records: they are taken apart, unless they read as flags. */
export function leavesOf(path: string, value: Value): readonly Leaf[] {
  if (isRecordValue(value) && !isFlags(value)) {
    const parts = Object.entries(value)
    if (parts.length > 0) return parts.flatMap(([name, part]) => leavesOf(`${path}.${name}`, part))
  }
  return [{ path, text: showValue(value) }]
}

function isFlags(value: { readonly [name: string]: Value }): boolean {
  const parts = Object.entries(value)
  return parts.length > 1 && parts.every(([name, part]) => name.length === 1 && typeof part === 'boolean')
}

export interface LeafChange extends Leaf {
  readonly before: string
}

/** `hidden`: variables that are not shown. */
export function changesBetween(before: FullState, step: PageStep, hidden: ReadonlySet<string>): readonly LeafChange[] {
  return Object.entries(step.state).flatMap(([name, value]) => {
    const old = before.get(name)
    if (hidden.has(name) || old === undefined || equalValues(old, value)) return []
    const olds = new Map(leavesOf(name, old).map((leaf) => [leaf.path, leaf.text]))
    return leavesOf(name, value).flatMap((leaf) => {
      const was = olds.get(leaf.path) ?? ''
      return was === leaf.text ? [] : [{ ...leaf, before: was }]
    })
  })
}

/** The step that last changed the leaf at `path`, up to and including `step`; 0 when none did. */
export function lastWriter(states: readonly FullState[], step: number, name: string, path: string): number {
  const textAt = (i: number): string | undefined => {
    const value = states[i]?.get(name)
    return value === undefined ? undefined : leavesOf(name, value).find((leaf) => leaf.path === path)?.text
  }
  for (let i = step; i > 0; i--) {
    if (states[i]?.get(name) !== states[i - 1]?.get(name) && textAt(i) !== textAt(i - 1)) return i
  }
  return 0
}
