/**
 * Code that reads and copies elements of arrays.
 */

import { constant32, type Frame, ownLocal, write } from './frame.ts'
import {
  atomicLoadOp,
  atomicPrefix,
  binaryOp,
  exchangeOp,
  loadOp,
  loadPairOp,
  op,
  storeOp,
  storePairOp,
} from './instructions.ts'
import type { Element, Expression } from './syntax.ts'

/** Writes the low 32 bits of a value. */
type Encode = (frame: Frame, e: Expression) => void

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>

/** Two words at a time. */
export function encodeCopy(frame: Frame, { to, from, count }: Of<'copy'>, encode: Encode): void {
  const { code, locals } = frame
  const mark = locals.mark()
  const [target, source] = [keepAddress(frame, to, encode), keepAddress(frame, from, encode)]
  for (let done = 0; done < count; done += 2) {
    const isPair = done + 2 <= count
    write(frame, op.localGet, target.local)
    write(frame, op.localGet, source.local)
    code.push(isPair ? loadPairOp : loadOp[4])
    writePlace(frame, from, source.offset + done * 4)
    code.push(isPair ? storePairOp : storeOp[4])
    writePlace(frame, to, target.offset + done * 4)
  }
  locals.release(mark)
}

/** In a local, but for the part that is known. */
function keepAddress(
  frame: Frame,
  element: Element,
  encode: Encode,
): { readonly local: number; readonly offset: number } {
  const offset = encodeAddress(frame, element, encode)
  const local = frame.locals.take(false)
  write(frame, op.localSet, local)
  return { local, offset }
}

export function encodeLoad(frame: Frame, element: Element, encode: Encode): void {
  const offset = encodeAddress(frame, element, encode)
  frame.code.push(loadOp[element.array.width])
  writePlace(frame, element, offset)
}

export function encodeAtomic(frame: Frame, { element, exchange }: Of<'atomic'>, encode: Encode): void {
  const { width } = element.array
  const offset = encodeAddress(frame, element, encode)
  if (exchange !== null) {
    encode(frame, exchange.expected)
    encode(frame, exchange.value)
  }
  frame.code.push(atomicPrefix)
  frame.code.push(exchange === null ? atomicLoadOp[width] : exchangeOp[width])
  writePlace(frame, element, offset)
}

/** Elements lie at multiples of their width. */
export function writePlace(frame: Frame, { array: { width } }: Element, offset: number): void {
  frame.code.push(Math.log2(width))
  frame.code.unsigned(offset)
}

/** The address of an element, but for the part that is known, which is returned. */
export function encodeAddress(frame: Frame, { array, index }: Element, encode: Encode): number {
  const { width, isShared } = array
  let moving = index
  let fixed = 0
  while (moving.kind === 'binary' && moving.operator === '+' && isNatural(moving.right)) {
    fixed += moving.right.value
    moving = moving.left
  }
  if (moving.kind === 'binary' && moving.operator === '+' && isNatural(moving.left)) {
    fixed += moving.left.value
    moving = moving.right
  }
  if (moving.kind === 'number') {
    fixed += moving.value
    if (isShared) constant32(frame, 0)
  } else encodeBytes(frame, moving, width, encode)
  if (!isShared) {
    write(frame, op.localGet, ownLocal(frame))
    if (moving.kind !== 'number') frame.code.push(binaryOp['+'][0])
  }
  return array.address + fixed * width
}

/** An index times the width. */
function encodeBytes(frame: Frame, index: Expression, width: number, encode: Encode): void {
  if (index.kind === 'binary' && index.operator === '*' && index.right.kind === 'number') {
    encode(frame, index.left)
    constant32(frame, index.right.value * width)
    frame.code.push(binaryOp['*'][0])
    return
  }
  encode(frame, index)
  if (width === 1) return
  constant32(frame, Math.log2(width))
  frame.code.push(binaryOp['<<'][0])
}

const isNatural = (e: Expression): e is Of<'number'> => e.kind === 'number' && e.value >= 0
