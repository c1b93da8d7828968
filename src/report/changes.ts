/**
 * What a step changed, as short text.
 */

import type { Value } from '../model/ir.ts'
import { equalValues, isRecordValue, showValue } from '../model/values.ts'

type State = { readonly [variable: string]: Value }

/** One entry for each changed leaf: `daif ..IF -> ....`, `sent gains {from: p0, term: 1}`. */
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
  const exchange = isListOfRecords(before) && isListOfRecords(after) ? exchanged(path, before, after) : []
  return exchange.length > 0 ? exchange : [`${path} ${showValue(before)} -> ${showValue(after)}`]
}

/** Messages, mostly: a list of all that were ever sent would hide the one that is new. */
const isListOfRecords = (value: Value): value is readonly Value[] => Array.isArray(value) && value.every(isRecordValue)

/** What comes and goes; nothing where that does not tell everything, as of a queue that turns round, or where all is replaced. */
function exchanged(path: string, before: readonly Value[], after: readonly Value[]): readonly string[] {
  const [lost, keptBefore] = parted(before, after)
  const [gained, keptAfter] = parted(after, before)
  const isReplaced = keptAfter.length === 0 && before.length > 0 && after.length > 0
  if (isReplaced || !equalValues(keptBefore, keptAfter)) return []
  const told = (verb: string, values: readonly Value[]): readonly string[] =>
    values.length === 0 ? [] : [`${path} ${verb} ${values.map(showValue).join(', ')}`]
  return [...told('gains', gained), ...told('loses', lost)]
}

/** Those that the others have not, and those that they have. */
function parted(values: readonly Value[], others: readonly Value[]): readonly [readonly Value[], readonly Value[]] {
  const isThere = (value: Value): boolean => others.some((other) => equalValues(value, other))
  return [values.filter((value) => !isThere(value)), values.filter(isThere)]
}

/** A record that `showValue` writes as flags. */
function isFlags(value: { readonly [name: string]: Value }): boolean {
  const entries = Object.entries(value)
  return entries.length > 1 && entries.every(([name, v]) => name.length === 1 && typeof v === 'boolean')
}
