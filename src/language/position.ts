/**
 * Where a thread is: predicates on its program counter and on its stack.
 */

import type { Expr as ExprIr } from '../model/ir.ts'
import { comingNext, disjunction, isAt, labelsOf } from '../model/ways.ts'
import { coerce, nameOf, node, typed } from './expression.ts'
import { variable } from './frame.ts'
import type { Expr } from './kinds.ts'
import { picks, thereAre } from './labels.ts'
import { mistake } from './mistakes.ts'
import type { ThreadHandle } from './thread.ts'

/**
 * The thread is about to run the step (any of the steps) with this label, in its running frame; with a function, any step
 * whose label it picks. MC105.
 */
export function at<L extends string>(
  handle: ThreadHandle<L>,
  label: NoInfer<L> | readonly NoInfer<L>[] | ((label: string) => boolean),
): Expr<boolean> {
  if (!isThread(handle)) return nowhere('at', handle)
  const isWanted = picks(label)
  const named = typeof label === 'function' ? [] : [label].flat()
  const found = comingNext(handle, (way) => way.kind === 'step' && isWanted(way.label))
  const missing = named.find((name) => !handle.locations.some((one) => labelsOf(one).includes(name)))
  const what = missing === undefined ? 'label that is picked' : `label '${missing}'`
  return oneOf(handle, missing === undefined ? found : [], { kind: 'label', what })
}

/** The running frame's call path contains this routine. MC105. */
export function inside<R extends string>(handle: ThreadHandle<string, R>, routine: NoInfer<R>): Expr<boolean> {
  if (!isThread(handle)) return nowhere('inside', handle)
  const found = handle.locations.filter(({ path }) => path.includes(routine))
  return oneOf(
    handle,
    found.map(({ value }) => isAt(handle, value)),
    { kind: 'routine', what: `routine '${routine}'` },
  )
}

/** The thread ran to its end. MC105. */
export function finished(handle: ThreadHandle): Expr<boolean> {
  if (!isThread(handle)) return nowhere('finished', handle)
  const ends = comingNext(handle, ({ kind }) => kind === 'end')
  return typed<boolean>(node(ends.length === 0 ? coerce(false) : disjunction(ends)))
}

/** Number of suspended frames. MC105. */
export function nesting(handle: ThreadHandle): Expr<number> {
  if (!isThread(handle)) return nowhere('nesting', handle)
  const { stack } = handle.thread
  return typed<number>(node(stack === null ? coerce(0) : { kind: 'size', of: variable(stack) }))
}

/** In a spec that was not type-checked a thread may be named that does not exist. */
function isThread(handle: unknown): handle is ThreadHandle {
  return typeof handle === 'object' && handle !== null && 'thread' in handle
}

/** After a mistake. MC105. */
function nowhere<T>(predicate: string, given: unknown): Expr<T> {
  const hint = 'Give one that `threads` returned, as in processes.p0.'
  mistake('MC105', `\`${predicate}\` is asked of ${nameOf(given)}, which is no thread`, hint)
  return typed<T>(node(coerce(predicate === 'nesting' ? 0 : false)))
}

interface Sought {
  readonly kind: 'label' | 'routine'
  readonly what: string
}

/** One of the places. MC105 for none. */
function oneOf(handle: ThreadHandle, places: readonly ExprIr[], { kind, what }: Sought): Expr<boolean> {
  if (places.length > 0) return typed<boolean>(node(disjunction(places)))
  mistake('MC105', `thread '${handle.thread.name}' has no ${what}`, knownNames(handle, kind))
  return typed<boolean>(node(coerce(false)))
}

function knownNames({ locations }: ThreadHandle, kind: Sought['kind']): string {
  const names = locations.flatMap((one) => (kind === 'label' ? labelsOf(one) : one.path))
  const known = thereAre(kind, names)
  if (kind === 'label') return isRound(locations) ? `${known} It goes round a \`forever\` without a step.` : known
  return names.length > 0 ? known : `${known} Whether a handler runs say nesting(thread) and at(thread, label).`
}

const isRound = (locations: ThreadHandle['locations']): boolean =>
  locations.some(({ ways }) => ways.some((way) => way.kind === 'round'))
