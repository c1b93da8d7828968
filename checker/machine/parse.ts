/**
 * From text to a program: names are resolved, ranges known, calls of formulas put in place.
 */

import { createExpressions, type Expressions } from './parse-expression.ts'
import { isWide } from './ranges.ts'
import { aligned } from './reserve.ts'
import { createScope, type Scope } from './scope.ts'
import type { ArrayPlace, Case, Expression, Func, Given, Program, Range, Statement } from './syntax.ts'
import { type Token, Tokens, token } from './tokens.ts'

interface Parser {
  readonly tokens: Tokens
  readonly scope: Scope
  readonly expressions: Expressions
}

const noneGiven: Given = { arrays: [], functions: [], size: 0 }

/** Bytes that an instance of a program with these arrays needs. */
export function sizeOfArrays(declarations: string, given: Given): number {
  const parser = createParser(() => {}, given)
  parser.read(`${declarations}\nreturn {}`)
  return parser.end().size
}

/** Reads a program: all of it, or piece by piece. Throws where the text is not of the language: a mistake of whoever generates it. */
export interface ProgramParser {
  /** Declarations, each of them whole, and what is offered after the last of them. */
  read(text: string): void
  end(): Program
}

/** Tells each function when its text has been read: what is made of it need not be kept. */
export function createParser(
  onFunction: (func: Func, body: readonly Statement[]) => void,
  given: Given = noneGiven,
): ProgramParser {
  const tokens = new Tokens()
  const scope = createScope()
  const parser = { tokens, scope, expressions: createExpressions(tokens, scope) }
  for (const array of given.arrays) scope.declareArray(array)
  for (const one of given.functions) scope.declareFunction(one.name, one.inputs, one)
  const arrays: ArrayPlace[] = []
  const end = (): number => endOf(arrays.at(-1)) ?? given.size
  return {
    read: (text) => {
      tokens.read(text)
      while (tokens.kind !== token.return && tokens.kind !== token.end) {
        if (tokens.accept(token.function)) parseFunction(parser, onFunction)
        else if (tokens.accept(token.const)) parseArrays(parser, arrays, end)
        else parseGlobals(parser)
      }
    },
    end: () => ({
      functions: scope.functions(),
      arrays,
      globals: scope.globals(),
      size: end(),
      offered: parseOffered(tokens),
    }),
  }
}

function endOf(array: ArrayPlace | undefined): number | undefined {
  return array === undefined ? undefined : array.address + array.length * array.width
}

function parseOffered(tokens: Tokens): readonly string[] {
  tokens.expect(token.return)
  tokens.expect(token['{'])
  const names: string[] = []
  while (!tokens.accept(token['}'])) {
    names.push(tokens.takeName())
    tokens.accept(token[','])
  }
  return names
}

const widthOf: Readonly<Record<string, ArrayPlace['width'] | undefined>> = {
  Uint8Array: 1,
  Uint16Array: 2,
  Int32Array: 4,
}

function parseArrays({ tokens, scope }: Parser, arrays: ArrayPlace[], end: () => number): void {
  do {
    const name = tokens.takeName()
    tokens.expect(token['='])
    const values: number[] | null = tokens.accept(token.new) ? null : []
    const made = tokens.takeName()
    const width = values === null ? widthOf[made] : made === 'Int32Array.of' ? 4 : undefined
    if (width === undefined) throw new Error(`a program has ${made} for an array`)
    tokens.expect(token['('])
    let length = 0
    if (values === null) length = tokens.takeNumber()
    for (; values !== null && tokens.kind !== token[')']; tokens.accept(token[','])) values.push(signed(tokens))
    tokens.expect(token[')'])
    const address = aligned(end())
    const array = { name, length: values?.length ?? length, values, width, address, isShared: false }
    arrays.push(array)
    scope.declareArray(array)
  } while (tokens.accept(token[',']))
}

function signed(tokens: Tokens): number {
  return tokens.accept(token['-']) ? -tokens.takeNumber() : tokens.takeNumber()
}

function parseGlobals({ tokens, scope }: Parser): void {
  tokens.expect(token.let)
  do {
    const name = tokens.takeName()
    tokens.expect(token['='])
    const initial = tokens.accept(token.true) ? 1 : tokens.accept(token.false) ? 0 : signed(tokens)
    scope.declareGlobal(name, initial)
  } while (tokens.accept(token[',']))
}

function parseFunction(parser: Parser, onFunction: (func: Func, body: readonly Statement[]) => void): void {
  const { tokens, scope } = parser
  const name = tokens.takeName()
  const parameters: string[] = []
  tokens.expect(token['('])
  while (!tokens.accept(token[')'])) {
    parameters.push(tokens.takeName())
    tokens.accept(token[','])
  }
  const func = scope.declareFunction(name, parameters)
  scope.enter()
  for (const parameter of func.parameters) scope.declare(parameter)
  const body = parseBlock(parser, func)
  scope.leave()
  const [only] = body
  if (body.length === 1 && only?.kind === 'return') func.formula = only.e
  onFunction(func, body)
  // Not before it is encoded itself: each call gives the variables other numbers.
  if (isFew(body)) func.steps = body
}

/** A call in place of so many assignments would take longer than they do. */
const mostInPlace = 32

const isAssignment = ({ kind }: Expression): boolean => kind === 'assign' || kind === 'copy'

function isFew(body: readonly Statement[]): boolean {
  return (
    body.length <= mostInPlace &&
    body.every((one) => one.kind === 'declare' || (one.kind === 'evaluate' && isAssignment(one.e)))
  )
}

/** With its braces. */
function parseBlock(parser: Parser, func: Func): readonly Statement[] {
  const { scope, tokens } = parser
  const statements: Statement[] = []
  tokens.expect(token['{'])
  scope.enter()
  while (!tokens.accept(token['}'])) parseStatement(parser, func, statements)
  scope.leave()
  return statements
}

/** One statement, or several that stand for one; none after a `;`. */
function parseStatement(parser: Parser, func: Func, statements: Statement[]): void {
  const { tokens, expressions } = parser
  switch (tokens.kind) {
    case token[';']:
      tokens.skip()
      return
    case token['{']:
      statements.push({ kind: 'block', body: parseBlock(parser, func) })
      return
    case token.const:
    case token.let:
      parseDeclarations(parser, statements)
      return
    case token.if:
      statements.push(parseIf(parser, func))
      return
    case token.for:
    case token.while:
      statements.push(parseLoop(parser, func))
      return
    case token.switch:
      statements.push(parseSwitch(parser, func))
      return
    case token.try:
      statements.push(parseTry(parser, func))
      return
    case token.break:
    case token.continue:
      statements.push({ kind: tokens.kind === token.break ? 'break' : 'continue' })
      tokens.skip()
      return
    case token.return:
      statements.push(parseReturn(parser, func))
      return
    default:
      statements.push({ kind: 'evaluate', e: expressions.parse() })
  }
}

/** One statement, or those of a block, in a scope of their own. */
function parseBranch(parser: Parser, func: Func): readonly Statement[] {
  if (parser.tokens.kind === token['{']) return parseBlock(parser, func)
  const statements: Statement[] = []
  parser.scope.enter()
  parseStatement(parser, func, statements)
  parser.scope.leave()
  return statements
}

function parseDeclarations({ tokens, scope, expressions }: Parser, statements: Statement[]): void {
  const isConstant = tokens.kind === token.const
  tokens.skip()
  do {
    const name = tokens.takeName()
    tokens.expect(token['='])
    const value = expressions.parse()
    if (value.kind === 'array') {
      scope.declareArray(value.array, name)
      continue
    }
    if (isConstant && value.kind === 'number') {
      scope.declareNumber(name, value.value)
      continue
    }
    const variable = { name, range: isConstant ? value.range : looselyAs(value.range), local: -1 }
    scope.declare(variable)
    statements.push({ kind: 'declare', variable, value })
  } while (tokens.accept(token[',']))
}

/** A variable that changes may leave the range it starts in, but not its width. */
function looselyAs(range: Range): Range {
  return isWide(range) ? { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER } : null
}

function parseTest({ tokens, expressions }: Parser): Expression {
  tokens.expect(token['('])
  const test = expressions.parse()
  tokens.expect(token[')'])
  return test
}

/** With all that follow an `else`, however many, without recursion. */
function parseIf(parser: Parser, func: Func): Statement {
  const { tokens } = parser
  const chain: { readonly test: Expression; readonly then: readonly Statement[] }[] = []
  let otherwise: readonly Statement[] = []
  do {
    if (!tokens.accept(token.if)) {
      otherwise = parseBranch(parser, func)
      break
    }
    const test = parseTest(parser)
    chain.push({ test, then: parseBranch(parser, func) })
    tokens.accept(token[';'])
  } while (tokens.accept(token.else))
  return chain.reduceRight<readonly Statement[]>(
    (rest, { test, then }) => [{ kind: 'if', test, then, otherwise: rest }],
    otherwise,
  )[0] as Statement
}

function parseLoop(parser: Parser, func: Func): Statement {
  const { tokens, scope, expressions } = parser
  if (tokens.accept(token.while))
    return { kind: 'loop', test: parseTest(parser), update: [], body: parseBody(parser, func) }
  tokens.expect(token.for)
  tokens.expect(token['('])
  scope.enter()
  const statements: Statement[] = []
  if (tokens.kind !== token[';']) parseStatement(parser, func, statements)
  tokens.expect(token[';'])
  const test = tokens.kind === token[';'] ? null : expressions.parse()
  tokens.expect(token[';'])
  const update: Expression[] = []
  while (!tokens.accept(token[')'])) {
    update.push(expressions.parse())
    tokens.accept(token[','])
  }
  statements.push({ kind: 'loop', test, update, body: parseBody(parser, func) })
  scope.leave()
  return { kind: 'block', body: statements }
}

/** Of a loop; it may be empty. */
function parseBody(parser: Parser, func: Func): readonly Statement[] {
  return parser.tokens.accept(token[';']) ? [] : parseBranch(parser, func)
}

const endsCase: ReadonlySet<Token> = new Set([token.case, token.default, token['}'], token.end])

function parseSwitch(parser: Parser, func: Func): Statement {
  const { tokens, scope } = parser
  tokens.expect(token.switch)
  const value = parseTest(parser)
  tokens.expect(token['{'])
  const cases: Case[] = []
  while (!tokens.accept(token['}'])) {
    const isDefault = tokens.accept(token.default)
    if (!isDefault) tokens.expect(token.case)
    const label = isDefault ? null : signed(tokens)
    tokens.expect(token[':'])
    const body: Statement[] = []
    scope.enter()
    while (!endsCase.has(tokens.kind)) parseStatement(parser, func, body)
    scope.leave()
    cases.push({ label, body })
  }
  return { kind: 'switch', value, cases }
}

function parseTry(parser: Parser, func: Func): Statement {
  const { tokens } = parser
  tokens.expect(token.try)
  const body = parseBlock(parser, func)
  tokens.expect(token.catch)
  return { kind: 'try', body, handler: parseBlock(parser, func) }
}

const endsReturn: ReadonlySet<Token> = new Set([...endsCase, token[';'], token.else])

function parseReturn({ tokens, expressions }: Parser, func: Func): Statement {
  tokens.expect(token.return)
  if (endsReturn.has(tokens.kind)) return { kind: 'return', e: null }
  func.hasResult = true
  return { kind: 'return', e: expressions.parse() }
}
