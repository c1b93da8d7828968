/**
 * Where a thread is: predicates on its program counter and on its stack.
 */

import type { Expr as ExprIr, Thread } from '../model/ir.ts'
import { coerce, nameOf, node, typed } from './expression.ts'
import { doneName, variable } from './frame.ts'
import type { Expr } from './kinds.ts'
import { picks } from './labels.ts'
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
  const { locations } = handle.thread
  const named = typeof label === 'function' ? [] : [label].flat()
  const missing = named.find((name) => !locations.some(({ labels }) => labels.includes(name)))
  if (missing !== undefined) return isAt(handle, [], { kind: 'label', name: missing })
  const isWanted = picks(label)
  const found = locations.filter(({ labels }) => labels.some(isWanted))
  if (found.length === 0) return isAt(handle, found, { kind: 'label', name: 'picked' })
  return anyOf(found.map((location) => conjunction(isThere(handle, location), nextOf(handle, location, isWanted))))
}

/** Under which condition one of the wanted steps comes next at a location. */
function nextOf(handle: ThreadHandle, location: Location, isWanted: (label: string) => boolean): ExprIr | null {
  const ways = handle.ways.filter(({ value }) => value === location.value)
  const wanted = ways.filter(({ label }) => isWanted(label))
  // Whatever is decided, it comes next.
  if (wanted.length === ways.length || wanted.some(({ decided }) => decided.length === 0)) return null
  return anyOf(wanted.map(({ decided }) => decided.reduce(conjunction))).ir
}

/** The running frame's call path contains this routine. MC105. */
export function inside<R extends string>(handle: ThreadHandle<string, R>, routine: NoInfer<R>): Expr<boolean> {
  if (!isThread(handle)) return nowhere('inside', handle)
  return isAt(
    handle,
    handle.thread.locations.filter(({ path }) => path.includes(routine)),
    { kind: 'routine', name: routine },
  )
}

/** The thread ran to its end. MC105. */
export function finished(handle: ThreadHandle): Expr<boolean> {
  if (!isThread(handle)) return nowhere('finished', handle)
  const values = handle.thread.locations.filter(({ labels }) => labels.length === 0)
  return values.length === 0
    ? typed<boolean>(node(coerce(false)))
    : isAt(handle, values, { kind: 'label', name: doneName })
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

type Location = Thread['locations'][number]

interface Named {
  readonly kind: 'label' | 'routine'
  readonly name: string
}

function isAt(handle: ThreadHandle, locations: readonly Location[], what: Named): Expr<boolean> {
  if (locations.length === 0) {
    mistake('MC105', `thread '${handle.thread.name}' has no ${what.kind} '${what.name}'`, knownNames(handle, what.kind))
    return typed<boolean>(node(coerce(false)))
  }
  return anyOf(locations.map((location) => isThere(handle, location)))
}

function isThere({ counter, counterDomain }: ThreadHandle, { value }: Location): ExprIr {
  return { kind: 'equal', left: counter, right: { kind: 'literal', domain: counterDomain, value } }
}

function conjunction(one: ExprIr, other: ExprIr | null): ExprIr {
  return other === null ? one : { kind: 'and', es: [one, other] }
}

function anyOf(es: readonly ExprIr[]): Expr<boolean> {
  const only = es[0]
  return typed<boolean>(node(es.length === 1 && only !== undefined ? only : { kind: 'or', es }))
}

function knownNames({ thread }: ThreadHandle, kind: Named['kind']): string {
  const names = thread.locations.flatMap(({ labels, path }) => (kind === 'label' ? labels : path))
  if (names.length === 0)
    return `It has no ${kind}s${kind === 'routine' ? '; whether a handler runs say nesting(thread) and at(thread, label)' : ''}.`
  return `Its ${kind}s are: ${[...new Set(names)].join(', ')}.`
}
