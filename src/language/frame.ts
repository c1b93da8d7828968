/**
 * Frames of a thread. The running frame lives in variables of its own (`p0.pc`, `p0.via`, one for each local); `p0.frames`
 * holds the suspended frames only. A popped frame vanishes from the sequence, so that it cannot tell states apart.
 */

import type { Composite, Domain, Expr as ExprIr, Source, Statement as StatementIr, Value } from '../model/ir.ts'
import type { Arrival } from './arrival.ts'
import type { Declared } from './domain.ts'
import { coerce } from './expression.ts'
import { mistake } from './mistakes.ts'
import { declare } from './state.ts'

/** The value of a program counter that has no step left. */
export const doneName = 'done'

const counterEnd = '.pc'

/** The variable that is the program counter of a thread. */
export function counterOf(thread: string): string {
  return `${thread}${counterEnd}`
}

/** The thread whose program counter a variable is, or null. */
export function threadOf(variable: string): string | null {
  return variable.endsWith(counterEnd) ? variable.slice(0, -counterEnd.length) : null
}

/** What runs in a frame that no arrival pushed. */
const threadVia = 'thread'

export interface Frame {
  readonly id: string
  readonly counter: string
  readonly via: string
  readonly frames: string
  readonly counterDomain: Domain
  /** The arrival that pushed a frame. */
  readonly viaDomain: Domain
  /** Locals by their own name and by their variable. */
  readonly locals: readonly Local[]
}

interface Local {
  readonly name: string
  readonly variable: string
  readonly initial: Value
  readonly domain: Domain
}

export function localsOf(id: string, declarations: { readonly [name: string]: Declared<unknown> }): readonly Local[] {
  return Object.entries(declarations).map(([name, { domain, initial }]) => ({
    name,
    variable: `${id}.${name}`,
    initial,
    domain,
  }))
}

export function frameOf(
  id: string,
  locals: readonly Local[],
  counterDomain: Domain,
  arrivals: readonly Arrival[],
): Frame {
  return {
    id,
    counter: counterOf(id),
    via: `${id}.via`,
    frames: `${id}.frames`,
    counterDomain,
    viaDomain: { kind: 'enumeration', values: [threadVia, ...arrivals.map((one) => one.name)] },
    locals,
  }
}

export function variable(name: string): Extract<ExprIr, { kind: 'variable' }> {
  return { kind: 'variable', name }
}

/** What is kept of a suspended frame. */
function suspendedDomain(frame: Frame): Composite {
  return {
    kind: 'record',
    fields: [
      { name: 'pc', domain: frame.counterDomain },
      { name: 'via', domain: frame.viaDomain },
      ...frame.locals.map(({ name, domain }) => ({ name, domain })),
    ],
  }
}

/** Declares `via` and the stack; returns its capacity. MC106 when nothing bounds the nesting. */
export function declareStack(
  frame: Frame,
  arrivals: readonly Arrival[],
  depth: number | undefined,
  source: Source,
): number {
  const unbounded = arrivals.find((one) => one.limit === undefined)
  const limits = arrivals.reduce((sum, one) => sum + (one.limit ?? 0), 0)
  if (depth === undefined && unbounded !== undefined) {
    mistake(
      'MC106',
      `nothing bounds how often '${unbounded.name}' nests`,
      'Give it a `limit`, or the thread a `depth`.',
      source,
    )
  }
  const capacity = unbounded === undefined ? Math.min(limits, depth ?? limits) : (depth ?? limits)
  declare(frame.via, { domain: frame.viaDomain, initial: threadVia }, 'control')
  const element = suspendedDomain(frame)
  declare(
    frame.frames,
    { domain: { kind: 'sequence', element, capacity: Math.max(1, capacity) }, initial: [] },
    'control',
  )
  return capacity
}

/** The thread is interrupted: its frame is suspended, and a fresh one runs. */
export function pushFrame(frame: Frame, one: Arrival): readonly StatementIr[] {
  const { source } = one
  const saved: ExprIr = {
    kind: 'construct',
    domain: suspendedDomain(frame),
    items: [variable(frame.counter), variable(frame.via), ...frame.locals.map((local) => variable(local.variable))],
  }
  const frames = variable(frame.frames)
  return [
    { kind: 'assign', place: frames, e: { kind: 'append', sequence: frames, element: saved }, source },
    {
      kind: 'assign',
      place: variable(frame.via),
      e: { kind: 'literal', domain: frame.viaDomain, value: one.name },
      source,
    },
    ...frame.locals.map(
      ({ variable: name, domain, initial }): StatementIr => ({
        kind: 'assign',
        place: variable(name),
        e: { kind: 'literal', domain, value: initial },
        source,
      }),
    ),
  ]
}

/** The last suspended frame goes on. */
export function popFrame(frame: Frame, source: Source): readonly StatementIr[] {
  const last: ExprIr = { kind: 'last', of: variable(frame.frames) }
  const restore = (name: string, place: string): StatementIr => ({
    kind: 'assign',
    place: variable(place),
    e: { kind: 'field', of: last, name },
    source,
  })
  return [
    restore('pc', frame.counter),
    restore('via', frame.via),
    ...frame.locals.map((one) => restore(one.name, one.variable)),
    { kind: 'assign', place: variable(frame.frames), e: { kind: 'front', of: variable(frame.frames) }, source },
  ]
}

/** How many frames of this arrival there are, the running one included. */
export function nestedOf(frame: Frame, capacity: number, one: Arrival): ExprIr {
  const name: ExprIr = { kind: 'literal', domain: frame.viaDomain, value: one.name }
  const frames = variable(frame.frames)
  const suspended = Array.from(
    { length: capacity },
    (_, i): ExprIr => ({
      kind: 'and',
      es: [
        { kind: 'compare', operator: 'gt', left: { kind: 'size', of: frames }, right: coerce(i) },
        {
          kind: 'equal',
          left: { kind: 'field', of: { kind: 'index', of: frames, index: coerce(i) }, name: 'via' },
          right: name,
        },
      ],
    }),
  )
  return { kind: 'count', es: [{ kind: 'equal', left: variable(frame.via), right: name }, ...suspended] }
}
