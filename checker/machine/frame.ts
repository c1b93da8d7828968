/**
 * What is known while the code of a function is written: its local variables, and the blocks around.
 */

import type { Bytes } from './bytes.ts'
import { i32, i64, noValue, op } from './instructions.ts'
import { isWide } from './ranges.ts'
import type { Func, Variable } from './syntax.ts'

export interface Frame {
  readonly code: Bytes
  readonly locals: Locals
  /** Blocks around. */
  depth: number
  /** Depths of the blocks that `break`, `continue` and `fail()` leave; -1: there is none. */
  breaks: number
  continues: number
  fails: number
  /** The local that holds where the memory of this instance begins; -1: nobody asked. */
  own: number
}

export interface Locals {
  /** A variable lives until `release` of what `mark` told before. */
  declare(variable: Variable): number
  /** One without a name. */
  take(isWide: boolean): number
  /** One that is never released. */
  keep(): number
  mark(): number
  release(mark: number): void
  /** Types of all but the parameters. */
  types(): readonly number[]
}

/** `code`: what is written so far. */
export function createFrame(func: Func, code: Bytes): Frame {
  return { code, locals: createLocals(func), depth: 0, breaks: -1, continues: -1, fails: -1, own: -1 }
}

function createLocals({ parameters }: Func): Locals {
  const types: number[] = []
  const live: number[] = []
  /** Numbers that are free, by width. */
  const free: { readonly narrow: number[]; readonly wide: number[] } = { narrow: [], wide: [] }
  const take = (wide: boolean): number => {
    const old = (wide ? free.wide : free.narrow).pop()
    const own = old ?? parameters.length + types.push(wide ? i64 : i32) - 1
    live.push(own)
    return own
  }
  return {
    declare: (variable) => {
      variable.local = take(isWide(variable.range))
      return variable.local
    },
    take,
    keep: () => parameters.length + types.push(i32) - 1,
    mark: () => live.length,
    release: (mark) => {
      while (live.length > mark) {
        const own = live.pop() ?? 0
        ;(types[own - parameters.length] === i64 ? free.wide : free.narrow).push(own)
      }
    },
    types: () => types,
  }
}

/** Begins a block; returns its depth. */
export function open(frame: Frame, kind: 'block' | 'loop' | 'if', type: number = noValue): number {
  frame.code.push(op[kind])
  frame.code.push(type)
  return ++frame.depth
}

export function close(frame: Frame): void {
  frame.code.push(op.end)
  frame.depth--
}

/** Leaves the block of that depth, or goes on with the loop; if the number before is not 0, or always. */
export function leave(frame: Frame, depth: number, isConditional = false): void {
  if (depth < 0) throw new Error('a program leaves a block that is not there')
  frame.code.push(isConditional ? op.brIf : op.br)
  frame.code.unsigned(frame.depth - depth)
}

/** The local that holds where the memory of this instance begins. */
export function ownLocal(frame: Frame): number {
  if (frame.own < 0) frame.own = frame.locals.keep()
  return frame.own
}

export function write(frame: Frame, instruction: number, local: number): void {
  frame.code.push(instruction)
  frame.code.unsigned(local)
}

export function constant32(frame: Frame, value: number): void {
  frame.code.push(op.const32)
  frame.code.signed(value | 0)
}
