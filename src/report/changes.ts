/**
 * What a step changed, as short text.
 */

import type { Value } from '../model/ir.ts'
import type { State } from '../model/trace.ts'
import { equalValues, isListValue, isRecordValue, showValue } from '../model/values.ts'
import type { Shape } from './shape.ts'

export interface ChangesView {
  readonly hidden: ReadonlySet<string>
  /** Absent: every list is an array from 0, or a sequence. */
  readonly shape?: Shape | undefined
}

/** One entry for each changed leaf: `daif ..IF -> ....`, `sent gains {from: p0, term: 1}`. */
export function changesOf(before: State, after: State, { hidden, shape = {} }: ChangesView): readonly string[] {
  return Object.keys(after).flatMap((name) => {
    const old = before[name]
    const now = after[name]
    if (hidden.has(name) || old === undefined || now === undefined) return []
    return leafChanges({ path: name, kind: name, shape }, old, now)
  })
}

interface Leaf {
  readonly path: string
  /** The path in the shape. */
  readonly kind: string
  readonly shape: Shape
}

function leafChanges({ path, kind, shape }: Leaf, before: Value, after: Value): readonly string[] {
  if (equalValues(before, after)) return []
  const own = Object.hasOwn(shape, kind) ? shape[kind] : 0
  if (isRecordValue(before) && isRecordValue(after) && !isFlags(after)) {
    return Object.keys(after).flatMap((name) =>
      leafChanges(
        { path: `${path}.${name}`, kind: `${kind}.${name}`, shape },
        before[name] ?? false,
        after[name] ?? false,
      ),
    )
  }
  if (
    own !== 'set' &&
    isListValue(before) &&
    isListValue(after) &&
    before.length === after.length &&
    after.length > 0 &&
    !after.some((v) => typeof v === 'string')
  ) {
    const first = own ?? 0
    return after.flatMap((value: Value, i) =>
      leafChanges({ path: `${path}[${first + i}]`, kind: `${kind}[]`, shape }, before[i] ?? false, value),
    )
  }
  if (typeof after === 'boolean') return [`${path}${after ? '' : ' no longer'}`.replace(/^(.*) no longer$/, 'not $1')]
  const exchange =
    isListValue(before) && isListValue(after) && isToldByMembers(before, after, own === 'set')
      ? exchanged(path, before, after)
      : []
  return exchange.length > 0 ? exchange : [`${path} ${showValue(before)} -> ${showValue(after)}`]
}

/** Of messages, mostly: a list of all that were ever sent would hide the one that is new. Of a set where one goes for another. */
function isToldByMembers(before: readonly Value[], after: readonly Value[], isSet: boolean): boolean {
  return (isSet && before.length === after.length) || [...before, ...after].every(isRecordValue)
}

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
