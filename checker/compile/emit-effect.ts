/**
 * Statements to code: assignments change words held in local variables; a finished outcome is written as a successor.
 *
 * After a nondeterministic choice the rest of the effect is emitted once for each alternative, on its own copy of the words.
 */

import type { Expr, Statement } from '../../src/model/ir.ts'
import { guarded, indent, type Lines } from './block.ts'
import { mayFail } from './code.ts'
import { comment } from './comment.ts'
import { emitAssign, wordsOf } from './emit-assign.ts'
import { scalar } from './emit-expr.ts'
import {
  claimCheck,
  claimWord,
  copyOf,
  type EffectContext,
  finalText,
  flush,
  newOutcome,
  type Outcome,
  readerOf,
} from './outcome.ts'

/** Lines of an effect with everything that follows it. */
export function emitEffect(statements: readonly Statement[], context: EffectContext): Lines {
  const outcome = newOutcome(context)
  emitSequence(outcome, statements)
  return guarded(outcome.lines, context.countError)
}

/** The rest of the effect on a copy of the words, guarded against errors if anything on this way can raise one. */
function emitCopy(outcome: Outcome, statements: readonly Statement[]): Lines {
  const copy = copyOf(outcome)
  const declarations = copy.lines.splice(0)
  emitSequence(copy, statements)
  return [...declarations, ...guarded(copy.lines, outcome.context.countError)]
}

function emitSequence(outcome: Outcome, statements: readonly Statement[]): void {
  for (const [i, statement] of statements.entries()) {
    const rest = statements.slice(i + 1)
    if (statement.kind === 'choose') {
      emitChoose(outcome, statement, rest)
      return
    }
    if (statement.kind === 'when' && hasChoice(statement)) {
      const condition = readingText(outcome, statement.condition)
      flush(outcome)
      outcome.lines.push(
        `if (${condition}) {`,
        ...indent(emitCopy(outcome, [...statement.then, ...rest])),
        '} else {',
        ...indent(emitCopy(outcome, [...statement.otherwise, ...rest])),
        '}',
      )
      return
    }
    emitStatement(outcome, statement)
  }
  emitSuccessor(outcome)
}

function emitSuccessor(outcome: Outcome): void {
  const { layout, writeSuccessor, repeatsWords } = outcome.context
  if (repeatsWords) flush(outcome)
  for (const [counter, name] of outcome.failed) outcome.lines.push(`if (${name}) ${counter}++`)
  outcome.lines.push(...writeSuccessor(Array.from({ length: layout.stateWords }, (_, w) => finalText(outcome, w))))
}

function hasChoice(statement: Statement): boolean {
  if (statement.kind === 'choose') return true
  return statement.kind === 'when' && [...statement.then, ...statement.otherwise].some(hasChoice)
}

function emitChoose(
  outcome: Outcome,
  statement: Extract<Statement, { kind: 'choose' }>,
  rest: readonly Statement[],
): void {
  flush(outcome)
  const reader = readerOf(
    outcome,
    statement.alternatives.flatMap(({ given }) => given ?? []),
  )
  const ways = statement.alternatives.flatMap(({ value, given, then }) => {
    const body = emitCopy(outcome, [...then, ...rest])
    const title = comment(`${statement.name} = ${JSON.stringify(value)}`)
    if (given === null) return [`{ ${title}`, ...indent(body), '}']
    const condition = scalar(given, reader)
    const lines = [`if (${condition}) { ${title}`, ...indent(body), '}']
    return mayFail(condition) ? guarded(lines, outcome.context.countError) : lines
  })
  outcome.lines.push(...ways)
}

function readingText(outcome: Outcome, e: Expr): string {
  return scalar(e, readerOf(outcome, [e]))
}

function emitStatement(outcome: Outcome, statement: Statement): void {
  switch (statement.kind) {
    case 'assign':
      emitAssign(outcome, statement.place, statement.e)
      return
    case 'check': {
      const condition = readingText(outcome, statement.condition)
      const failed = claimCheck(outcome, statement.message)
      outcome.lines.push(`if (!${condition}) ${failed} = true`)
      return
    }
    case 'when': {
      const condition = readingText(outcome, statement.condition)
      flush(outcome)
      claim(outcome, [...statement.then, ...statement.otherwise])
      outcome.lines.push(`if (${condition}) {`, ...indent(emitBlock(outcome, statement.then)))
      if (statement.otherwise.length > 0)
        outcome.lines.push('} else {', ...indent(emitBlock(outcome, statement.otherwise)))
      outcome.lines.push('}')
      return
    }
    case 'choose':
      throw new Error('emit: a choice is emitted with what follows it')
  }
}

/** Lines of a block; the words that it changes were declared before it. */
function emitBlock(outcome: Outcome, statements: readonly Statement[]): Lines {
  const block = { ...outcome, lines: [] }
  for (const statement of statements) emitStatement(block, statement)
  flush(block)
  return block.lines
}

/** Declares the variables of all words that a block may change and of its checks, before the block. */
function claim(outcome: Outcome, statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (statement.kind === 'when') claim(outcome, [...statement.then, ...statement.otherwise])
    if (statement.kind === 'check') claimCheck(outcome, statement.message)
    if (statement.kind === 'assign')
      for (const word of wordsOf(statement.place, outcome.context.layout)) claimWord(outcome, word)
  }
}
