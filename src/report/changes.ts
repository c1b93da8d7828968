/**
 * What a step changed, as short text.
 */

import type { Value } from '../model/ir.ts'
import { equalValues, isRecordValue, showValue } from '../model/values.ts'

type State = { readonly [variable: string]: Value }

/** One entry for each changed leaf: `daif ..IF -> ....`. */
export function changesOf(before: State, after: State, hidden: ReadonlySet<string>): readonly string[] {
  return Object.keys(after).flatMap((name) => {
    const old = before[name]
    const now = after[name]
    if (hidden.has(name) || old === undefined || now === undefined) return []
    return leafChanges(name, old, now)
  })
}

function leafChanges(path: string, before: Value, after: Value): readonly string[] {
  if (equalValues(before, after)) return []
  if (isRecordValue(before) && isRecordValue(after) && !isFlags(after)) {
    return Object.keys(after).flatMap((name) =>
      leafChanges(`${path}.${name}`, before[name] ?? false, after[name] ?? false),
    )
  }
  if (
    Array.isArray(before) &&
    Array.isArray(after) &&
    before.length === after.length &&
    after.length > 0 &&
    !after.some((v) => typeof v === 'string')
  ) {
    return after.flatMap((value: Value, i) => leafChanges(`${path}[${i}]`, before[i] ?? false, value))
  }
  if (typeof after === 'boolean') return [`${path}${after ? '' : ' no longer'}`.replace(/^(.*) no longer$/, 'not $1')]
  return [`${path} ${showValue(before)} -> ${showValue(after)}`]
}

/** A record that `showValue` writes as flags. */
function isFlags(value: { readonly [name: string]: Value }): boolean {
  const entries = Object.entries(value)
  return entries.length > 1 && entries.every(([name, v]) => name.length === 1 && typeof v === 'boolean')
}
