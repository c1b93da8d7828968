/**
 * What the code of a kernel is made from, and how its functions read a state.
 */

import type { Expr, Model } from '../../src/model/ir.ts'
import type { Members } from '../../src/model/members.ts'
import { indent, type Lines, textOf } from './block.ts'
import type { CounterLayout } from './compiled-model.ts'
import type { Dispatch } from './dispatch.ts'
import type { Reader } from './emit-expr.ts'
import type { Layout } from './layout.ts'

export interface KernelInput {
  readonly model: Model
  readonly scope: Reader['scope']
  readonly layout: Layout
  readonly dispatch: Dispatch
  readonly counters: CounterLayout
  /** Indices of the properties to judge. */
  readonly judged: readonly number[]
  readonly maxSuccessors: number
  /** What the liveness properties judged speak of: by index into `propositionsOf(model)`. */
  readonly atoms: ReadonlyMap<number, Expr>
  /** As the compiled model has them. */
  readonly propositions: readonly number[]
  readonly following: Following
}

/** What is followed of a model. */
export interface Following {
  /** Null: every state is expanded completely. */
  readonly interference: Interference | null
  /** Members that are interchangeable in the model, of whose orders one is followed; null: all are. */
  readonly members: Members | null
  /** Whether steps that change nothing are counted, and no successors: no property speaks of steps. */
  readonly omitsStuttering: boolean
}

/** Everything. */
export const wholly: Following = { interference: null, members: null, omitsStuttering: false }

/** What stubborn sets are computed from. A row is a set of instances, [maskWords]. */
export interface Interference {
  readonly maskWords: number
  readonly rows: readonly Int32Array[]
  /** By instance: the row of those it interferes with. */
  readonly interfering: readonly number[]
  /** The row of those that can be seen. */
  readonly visible: number
  /** By instance: its conjuncts in the order in which they are tested. */
  readonly guards: readonly (readonly Enabling[])[]
  readonly threads: readonly Placed[]
  /** By instance the row of those at its location, if they can be seen by nobody and ask for nothing else; else -1. */
  readonly apart: readonly number[]
  /** The row of the instances of no thread in `threads`. */
  readonly unplaced: number
}

/** A conjunct, and the row of the instances that may make it true. */
export interface Enabling {
  readonly e: Expr
  readonly row: number
}

/** A thread of which nothing can run but what runs at its location. */
export interface Placed {
  readonly counter: string
  /** Its instances, ascending. */
  readonly instances: readonly number[]
  /** The row of all of them. */
  readonly all: number
  /** The row of those at its first location; the rows of the others follow. */
  readonly located: number
}

export function readerOf({ scope, layout }: KernelInput): Reader {
  return { scope, layout, read: (word) => `s${word}`, next: null, shared: null }
}

/** Reads of exactly the words that a text mentions. */
export function wordReads(text: string, prefix: 's' | 'u' = 's', base = 'base'): readonly string[] {
  const mentions = new Set(text.match(prefix === 's' ? /\bs\d+\b/g : /\bu\d+\b/g))
  const sorted = [...mentions].map((name) => Number(name.slice(1))).sort((a, b) => a - b)
  return sorted.map((w) => `const ${prefix}${w} = states[${base}${w === 0 ? '' : ` + ${w}`}]`)
}

/** `reads`: what is read first, by what the rest mentions. */
export function functionText(
  name: string,
  parameters: string,
  lines: Lines,
  reads: (body: string) => Lines = (body) => wordReads(body),
): string {
  const body = textOf(indent(lines))
  const parts = [`function ${name}(${parameters}) {`, textOf(indent(reads(body))), body, '}']
  return parts.filter((part) => part !== '').join('\n')
}

export function scalarBits(variable: string, reader: Reader): string {
  const slot = reader.layout.slots.get(variable)
  if (slot?.kind !== 'scalar') throw new Error('emit: dispatch on no scalar')
  const { word, shift, width } = slot.leaf
  return width === 0 ? '0' : `${reader.read(word)} >>> ${shift} & ${width === 32 ? -1 : 2 ** width - 1}`
}
