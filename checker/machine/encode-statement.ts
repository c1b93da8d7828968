/**
 * Code of statements.
 */

import { encode, encode32, encodeDropped } from './encode-expression.ts'
import { close, constant32, type Frame, leave, open, write } from './frame.ts'
import { binaryOp, op } from './instructions.ts'
import { not } from './ranges.ts'
import type { Case, Expression, Statement } from './syntax.ts'

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>

/** Variables that they declare end with them. */
export function encodeAll(frame: Frame, statements: readonly Statement[]): void {
  const mark = frame.locals.mark()
  for (const statement of statements) encodeStatement(frame, statement)
  frame.locals.release(mark)
}

function encodeStatement(frame: Frame, statement: Statement): void {
  const { code } = frame
  switch (statement.kind) {
    case 'declare':
      encode(frame, statement.value)
      code.push(op.localSet)
      code.unsigned(frame.locals.declare(statement.variable))
      return
    case 'evaluate':
      if (statement.e.kind === 'call' && statement.e.callee.steps !== null) encodeInPlace(frame, statement.e)
      else encodeDropped(frame, statement.e)
      return
    case 'if':
      encodeIf(frame, statement)
      return
    case 'loop':
      encodeLoop(frame, statement)
      return
    case 'switch':
      encodeSwitch(frame, statement)
      return
    case 'break':
      leave(frame, frame.breaks)
      return
    case 'continue':
      leave(frame, frame.continues)
      return
    case 'return':
      if (statement.e !== null) encode32(frame, statement.e)
      code.push(op.return)
      return
    case 'try':
      encodeTry(frame, statement)
      return
    case 'block':
      encodeAll(frame, statement.body)
  }
}

/** What a function does, with its parameters as variables. */
function encodeInPlace(frame: Frame, { callee, inputs }: Extract<Expression, { kind: 'call' }>): void {
  const mark = frame.locals.mark()
  for (const input of inputs) encode32(frame, input)
  for (const parameter of [...callee.parameters].reverse()) {
    frame.code.push(op.localSet)
    frame.code.unsigned(frame.locals.declare(parameter))
  }
  encodeAll(frame, callee.steps ?? [])
  frame.locals.release(mark)
}

/** With all that follow an `else`, however many, without recursion. */
function encodeIf(frame: Frame, first: Of<'if'>): void {
  let links = 0
  for (let one: Statement | undefined = first; one?.kind === 'if'; links++) {
    encode32(frame, one.test)
    open(frame, 'if')
    encodeAll(frame, one.then)
    const [next, ...others]: readonly Statement[] = one.otherwise
    if (next !== undefined) frame.code.push(op.else)
    if (next !== undefined && (next.kind !== 'if' || others.length > 0)) {
      encodeAll(frame, one.otherwise)
      one = undefined
    } else one = next
  }
  for (; links > 0; links--) close(frame)
}

function encodeLoop(frame: Frame, { test, update, body }: Of<'loop'>): void {
  const outer = { breaks: frame.breaks, continues: frame.continues }
  frame.breaks = open(frame, 'block')
  const top = open(frame, 'loop')
  if (test !== null) {
    encode32(frame, not(test))
    leave(frame, frame.breaks, true)
  }
  frame.continues = open(frame, 'block')
  encodeAll(frame, body)
  close(frame)
  for (const e of update) encodeDropped(frame, e)
  leave(frame, top)
  close(frame)
  close(frame)
  Object.assign(frame, outer)
}

/** A block for each case, the first innermost: to leave it leads to what is done there. */
function encodeSwitch(frame: Frame, { value, cases }: Of<'switch'>): void {
  const outer = frame.breaks
  frame.breaks = open(frame, 'block')
  for (const _ of cases) open(frame, 'block')
  encodeChoice(frame, value, cases)
  for (const { body } of cases) {
    close(frame)
    encodeAll(frame, body)
  }
  close(frame)
  frame.breaks = outer
}

/** Beyond so many entries, a table has to have a case for every few of them. */
const shortTable = 1024
const entriesPerCase = 8
/** An engine takes no longer one. */
const longestTable = 65_000

/** Leaves as many blocks as the value tells: numbers that lie far apart are compared, others looked up. */
function encodeChoice(frame: Frame, value: Expression, cases: readonly Case[]): void {
  const labels = cases.map(({ label }) => label)
  const numbers = labels.filter((label) => label !== null)
  const least = numbers.length === 0 ? 0 : Math.min(...numbers)
  const size = numbers.length === 0 ? 0 : Math.max(...numbers) - least + 1
  const elsewhere = labels.includes(null) ? labels.indexOf(null) : cases.length
  if (size > Math.min(longestTable, Math.max(shortTable, entriesPerCase * numbers.length))) {
    encodeComparisons(frame, value, labels, elsewhere)
    return
  }
  const { code } = frame
  encode32(frame, value)
  if (least !== 0) {
    constant32(frame, least)
    code.push(binaryOp['-'][0])
  }
  code.push(op.brTable)
  code.unsigned(size)
  for (let i = 0; i < size; i++) {
    const own = labels.indexOf(least + i)
    code.unsigned(own < 0 ? elsewhere : own)
  }
  code.unsigned(elsewhere)
}

function encodeComparisons(
  frame: Frame,
  value: Expression,
  labels: readonly (number | null)[],
  elsewhere: number,
): void {
  const mark = frame.locals.mark()
  const own = frame.locals.take(false)
  encode32(frame, value)
  write(frame, op.localSet, own)
  for (const [i, label] of labels.entries()) {
    if (label === null) continue
    write(frame, op.localGet, own)
    constant32(frame, label)
    frame.code.push(binaryOp['==='][0])
    leave(frame, frame.depth - i, true)
  }
  leave(frame, frame.depth - elsewhere)
  frame.locals.release(mark)
}

function encodeTry(frame: Frame, { body, handler }: Of<'try'>): void {
  const outer = frame.fails
  const end = open(frame, 'block')
  frame.fails = open(frame, 'block')
  encodeAll(frame, body)
  leave(frame, end)
  close(frame)
  frame.fails = outer
  encodeAll(frame, handler)
  close(frame)
}
