/**
 * Code of expressions. Each has three: as it is, of 32 or 64 bits; its low 32 bits; and all 64.
 */

import { encodeAddress, encodeAtomic, encodeCopy, encodeLoad, writePlace } from './encode-element.ts'
import { close, constant32, type Frame, leave, open, write } from './frame.ts'
import { binaryOp, i32, i64, op, storeOp } from './instructions.ts'
import { boundsOf, isWide, not, truth } from './ranges.ts'
import type { Expression, Range } from './syntax.ts'

/** They precede the program's own. */
const importedGlobals = 1

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>

/** The value in 64 bits or in 32: as its range asks for, where nobody says. */
export function encode(frame: Frame, e: Expression, wide = isWide(e.range)): void {
  if (wide) encode64(frame, e)
  else encode32(frame, e)
}

/** The low 32 bits of the value. */
export function encode32(frame: Frame, e: Expression): void {
  if (e.kind === 'number') {
    constant32(frame, e.value)
    return
  }
  // Of these the low bits depend on low bits alone.
  if (e.kind === 'binary') {
    if (e.left.kind === 'binary') encodeChain(frame, e)
    else {
      encode32(frame, e.left)
      encode32(frame, e.right)
      frame.code.push(binaryOp[e.operator][0])
    }
    return
  }
  encodeOther(frame, e)
  if (isWide(e.range)) frame.code.push(op.wrap)
}

/** A sum may be long: it is taken apart without recursion. */
function encodeChain(frame: Frame, e: Of<'binary'>): void {
  const chain: Of<'binary'>[] = []
  let first: Expression = e
  for (; first.kind === 'binary'; first = first.left) chain.push(first)
  encode32(frame, first)
  for (const { operator, right } of chain.reverse()) {
    encode32(frame, right)
    frame.code.push(binaryOp[operator][0])
  }
}

function encode64(frame: Frame, e: Expression): void {
  if (e.kind === 'number') {
    frame.code.push(op.const64)
    frame.code.signed(e.value)
    return
  }
  if (e.kind === 'binary' && isWide(e.range) && (e.operator === '+' || e.operator === '-' || e.operator === '*')) {
    encode64(frame, e.left)
    encode64(frame, e.right)
    frame.code.push(binaryOp[e.operator][1])
    return
  }
  if (e.kind === 'binary') {
    encode32(frame, e)
    frame.code.push(e.operator === '>>>' ? op.extendUnsigned : op.extendSigned)
    return
  }
  encodeOther(frame, e)
  if (!isWide(e.range)) frame.code.push(op.extendSigned)
}

/** As its range asks for. */
function encodeOther(frame: Frame, e: Exclude<Expression, Of<'number' | 'binary'>>): void {
  const { code } = frame
  switch (e.kind) {
    case 'variable':
      code.push(op.localGet)
      code.unsigned(e.variable.local)
      return
    case 'global':
      code.push(op.globalGet)
      code.unsigned(e.global.number + importedGlobals)
      return
    case 'element':
      encodeLoad(frame, e, encode32)
      return
    case 'array':
      throw new Error(`a program takes ${e.array.name} for a number`)
    case 'atomic':
      encodeAtomic(frame, e, encode32)
      return
    case 'compare':
      encodeCompare(frame, e)
      return
    case 'not':
      encode32(frame, e.e)
      code.push(op.eqz)
      return
    case 'conditional':
      encodeConditional(frame, e)
      return
    case 'connective':
      encodeConnective(frame, e)
      return
    case 'call':
      for (const input of e.inputs) encode32(frame, input)
      code.push(op.call)
      code.unsigned(e.callee.number)
      return
    case 'divide':
      encodeDivide(frame, e)
      return
    case 'extreme':
      encodeExtreme(frame, e)
      return
    case 'leadingZeros':
      encode32(frame, e.e)
      code.push(op.clz)
      return
    case 'fail':
      if (frame.fails < 0) code.push(op.unreachable)
      else leave(frame, frame.fails)
      return
    case 'bind':
      encodeBind(frame, e)
      return
    case 'sequence':
      encodeDropped(frame, e.first)
      encode(frame, e.then)
      return
    case 'copy':
      throw new Error('a program uses the value of a copy')
    case 'assign':
      encodeAssign(frame, e, true)
  }
}

/** For what it does alone. */
export function encodeDropped(frame: Frame, e: Expression): void {
  if (e.kind === 'assign') {
    encodeAssign(frame, e, false)
    return
  }
  if (e.kind === 'copy') {
    encodeCopy(frame, e, encode32)
    return
  }
  encode(frame, e)
  if (e.kind !== 'call' || e.callee.hasResult) frame.code.push(op.drop)
}

const isUnsigned = (range: Range): boolean => range !== null && range.min >= 0 && range.max < 2 ** 32

function encodeCompare(frame: Frame, { operator, left, right }: Of<'compare'>): void {
  // Two numbers from 0 on, of 32 bits, are equal if those are.
  const isOfBits = (operator === '===' || operator === '!==') && isUnsigned(left.range) && isUnsigned(right.range)
  const wide = !isOfBits && (isWide(left.range) || isWide(right.range))
  if (!wide && operator === '===' && right.kind === 'number' && right.value === 0) {
    encode32(frame, left)
    frame.code.push(op.eqz)
    return
  }
  for (const side of [left, right]) encode(frame, side, wide)
  frame.code.push(binaryOp[operator][wide ? 1 : 0])
}

/** A chain of them, however long, without recursion. */
function encodeConditional(frame: Frame, e: Of<'conditional'>): void {
  const wide = isWide(e.range)
  let last: Expression = e
  let links = 0
  for (; last.kind === 'conditional' && isWide(last.range) === wide; links++) {
    encode32(frame, last.test)
    open(frame, 'if', wide ? i64 : i32)
    encode(frame, last.then, wide)
    frame.code.push(op.else)
    last = last.otherwise
  }
  encode(frame, last, wide)
  for (; links > 0; links--) close(frame)
}

/** Leaves a block with the answer as soon as it is known. */
function encodeConnective(frame: Frame, { isAll, tests: all }: Of<'connective'>): void {
  const tests = withoutBranches(all, isAll)
  const block = tests.length === 1 ? -1 : open(frame, 'block', i32)
  for (const [i, test] of tests.entries()) {
    if (i > 0) frame.code.push(op.drop)
    if (i === tests.length - 1) {
      encode32(frame, test)
      break
    }
    constant32(frame, isAll ? 0 : 1)
    encode32(frame, isAll ? not(test) : test)
    leave(frame, block, true)
  }
  if (block >= 0) close(frame)
}

/** Operations that together cost less than a branch, which is foretold wrongly now and then. */
const mostTogether = 12

/** Neighbours that cost little are evaluated together. */
function withoutBranches(tests: readonly Expression[], isAll: boolean): readonly Expression[] {
  const merged: Expression[] = []
  let room = 0
  for (const test of tests) {
    const cost = costOf(test)
    const last = merged.at(-1)
    if (last !== undefined && cost <= room) {
      merged[merged.length - 1] = { kind: 'binary', operator: isAll ? '&' : '|', left: last, right: test, range: truth }
      room -= cost
    } else {
      merged.push(test)
      room = mostTogether - cost
    }
  }
  return merged
}

/** Operations that it takes; infinite where it may read, fail, call or choose. */
function costOf(e: Expression): number {
  switch (e.kind) {
    case 'number':
    case 'variable':
      return isWide(e.range) ? Number.POSITIVE_INFINITY : 0
    case 'not':
      return 1 + costOf(e.e)
    case 'binary':
    case 'compare':
      return 1 + costOf(e.left) + costOf(e.right)
    default:
      return Number.POSITIVE_INFINITY
  }
}

/** Of what is added to a remainder. */
function twice(range: Range): Range {
  const { min, max } = boundsOf(range)
  return { min: 2 * min, max: 2 * max }
}

/** Of what is divided once the remainder is taken away, which has the sign of the divisor. */
function withoutRest(range: Range, divisor: Range): Range {
  const [of, by] = [boundsOf(range), boundsOf(divisor)]
  return { min: of.min - Math.max(0, by.max), max: of.max - Math.min(0, by.min) }
}

/** Rounded down: the machine rounds towards zero. */
function encodeDivide(frame: Frame, { isModulo, left, right, range }: Of<'divide'>): void {
  const { code, locals } = frame
  const isPlain = [left, right].every(({ range }) => range !== null && range.min >= 0)
  const between = isPlain ? [] : [twice(right.range), ...(isModulo ? [] : [withoutRest(left.range, right.range)])]
  const wide = [left.range, right.range, range, ...between].some(isWide)
  const own = wide ? 1 : 0
  if (isPlain) {
    encode(frame, left, wide)
    encode(frame, right, wide)
    code.push(binaryOp[isModulo ? 'remainder' : 'quotient'][own])
  } else {
    const mark = locals.mark()
    const [a, b, rest] = [locals.take(wide), locals.take(wide), locals.take(wide)]
    const get = (local: number): void => write(frame, op.localGet, local)
    encode(frame, left, wide)
    write(frame, op.localSet, a)
    encode(frame, right, wide)
    write(frame, op.localSet, b)
    // ((a % b) + b) % b, which has the sign of b.
    get(a)
    get(b)
    code.push(binaryOp.remainder[own])
    get(b)
    code.push(binaryOp['+'][own])
    get(b)
    code.push(binaryOp.remainder[own])
    write(frame, op.localSet, rest)
    if (!isModulo) get(a)
    get(rest)
    if (!isModulo) {
      code.push(binaryOp['-'][own])
      get(b)
      code.push(binaryOp.quotient[own])
    }
    locals.release(mark)
  }
  if (wide && !isWide(range)) code.push(op.wrap)
}

function encodeExtreme(frame: Frame, { isLeast, left, right, range }: Of<'extreme'>): void {
  const { code, locals } = frame
  const wide = isWide(left.range) || isWide(right.range)
  const mark = locals.mark()
  const both = [locals.take(wide), locals.take(wide)] as const
  for (const [i, side] of [left, right].entries()) {
    encode(frame, side, wide)
    write(frame, op.localSet, both[i] ?? 0)
  }
  for (const local of [...both, ...both]) write(frame, op.localGet, local)
  code.push(binaryOp[isLeast ? '<' : '>'][wide ? 1 : 0])
  code.push(op.select)
  locals.release(mark)
  if (wide && !isWide(range)) code.push(op.wrap)
}

function encodeBind(frame: Frame, { bindings, e }: Of<'bind'>): void {
  const mark = frame.locals.mark()
  for (const { variable, value } of bindings) {
    encode(frame, value)
    write(frame, op.localSet, frame.locals.declare(variable))
  }
  encode(frame, e)
  frame.locals.release(mark)
}

function encodeAssign(frame: Frame, { target, value, isOld }: Of<'assign'>, isUsed: boolean): void {
  const { code } = frame
  if (isUsed && isOld) encode(frame, target)
  if (target.kind === 'element') {
    if (isUsed) throw new Error('a program uses the value of an assignment to an element')
    const offset = encodeAddress(frame, target, encode32)
    encode32(frame, value)
    code.push(storeOp[target.array.width])
    writePlace(frame, target, offset)
    return
  }
  encode(frame, value, isWide(target.range))
  const isVariable = target.kind === 'variable'
  code.push(isVariable ? op.localSet : op.globalSet)
  code.unsigned(isVariable ? target.variable.local : target.global.number + importedGlobals)
  if (isUsed && !isOld) encode(frame, target)
}
